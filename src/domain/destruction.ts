import { z } from 'zod';
import type { Reason } from './errors.ts';
import { refuseField } from './field-errors.ts';
import { compareDays, type LocalDay, T } from './time.ts';

/** Whose leave it takes to discard municipal records: archive law (recalled); the approval itself says what it is of. */
export const AUTHORITIES = ['national-archives', 'city-archives', 'council'] as const;
export type Authority = (typeof AUTHORITIES)[number];

const day = z.iso.date('date');

/** What one administrator proposes and another confirms: records to be destroyed, on whose leave, and that they are exported. */
export const destructionChange = z.strictObject({
  what: z.literal('destruction'),
  /** Records of which every case was closed before this local day. */
  closedBefore: day,
  authority: z.enum(AUTHORITIES, 'required'),
  reference: z.string().trim().min(1, 'required').max(120),
  approvedOn: day,
  /** What the export printed: it covers just these records, as they stand. */
  covers: z.string().regex(/^[0-9a-f]{64}$/, 'export-digest'),
});
export type DestructionChange = z.output<typeof destructionChange>;

export const isDestruction = (change: { readonly what: string }): change is DestructionChange =>
  change.what === 'destruction';

/** How long a closed record is kept at least, whatever is approved. Policy, so that no slip of the pen empties the year. */
const LEAST_YEARS = 5;
/** As many cases at once as can be destroyed while somebody waits; more are another change. */
export const MOST_CASES = 1_000;

export type Destroyable = {
  readonly id: string;
  readonly caseNumber: string;
  readonly childId: string;
  readonly notificationId: string | null;
  readonly eventCount: number;
  readonly headHash: Uint8Array;
};

/**
 * The text whose digest says which records an export covers, and as they stand: another line in one of their journals
 * gives another.
 */
export const coveredText = (records: readonly Destroyable[]): string =>
  records
    .map(({ id, eventCount, headHash }) => `${id}:${eventCount}:${Buffer.from(headHash).toString('hex')}`)
    .toSorted()
    .join('\n');

/**
 * Throws INVALID, naming the field. On 26 November 2026 records closed before 26 November 2021 may be proposed, by an
 * approval of that day or earlier.
 */
export const demandDestruction = (change: DestructionChange, today: LocalDay): void => {
  const before = T.PlainDate.from(change.closedBefore);
  if (compareDays(before, today.subtract({ years: LEAST_YEARS })) > 0)
    refuseField('change.closedBefore', 'kept-longer');
  if (compareDays(T.PlainDate.from(change.approvedOn), today) > 0) refuseField('change.approvedOn', 'future');
};

/** Throws INVALID when there is nothing to destroy, too much at once, or not just what was exported. */
export const demandCovered = (records: readonly Destroyable[], digest: string, covers: string): void => {
  if (records.length === 0) refuseField('change.closedBefore', 'no-records');
  if (records.length > MOST_CASES) refuseField('change.closedBefore', 'too-many-records');
  if (digest !== covers) refuseField('change.covers', 'not-exported');
};

const AUTHORITY_NAMES = {
  'national-archives': { da: 'Rigsarkivet', en: 'the National Archives' },
  'city-archives': { da: 'kommunens arkiv', en: "the municipality's archives" },
  council: { da: 'kommunalbestyrelsen', en: 'the municipal council' },
} as const satisfies Record<Authority, Reason>;

/** The change as one line; `day` says a local day in words. */
export const destructionInWords = (
  { closedBefore, authority, reference }: DestructionChange,
  day: (iso: string) => Reason,
): Reason => {
  const [before, by] = [day(closedBefore), AUTHORITY_NAMES[authority]];
  return {
    da: `Kassation af journaler, der er afsluttet før ${before.da} (${by.da}, ${reference})`,
    en: `Destruction of records closed before ${before.en} (${by.en}, ${reference})`,
  };
};
