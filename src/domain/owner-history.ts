import type { ChainedEvent } from './journal.ts';
import type { OwnerFacts } from './owner-card.ts';
import { type Instant, instant, isAfter } from './time.ts';

/** One row of who owned it; the open row has no end. */
type Owned = { readonly unit: string; readonly provisionalRule: string | null; readonly startedAt: Instant };
type Line = Pick<ChainedEvent, 'kind' | 'registeredAt' | 'actorId' | 'data'>;
type PastClock = {
  readonly kind: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly endedAt: Instant | null;
};

export type OwnerHistory = {
  /** Oldest first. */
  readonly owners: readonly Owned[];
  /** The referral's journal, oldest first. */
  readonly lines: readonly Line[];
  readonly clocks: readonly PastClock[];
};

/** What the ownership rows do not hold. `named`: the unit that the last ownership was for. */
type Then = {
  readonly named: string;
  /** Whose it becomes, should ownership follow. */
  readonly naming: string | null;
  readonly handlerId: string | null;
  readonly assessmentUnit: string | null;
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The lines that name a unit, and where: ownership follows them at once, or nothing changes. */
const NAMING: Readonly<Record<string, 'unit' | 'to'>> = {
  routed: 'unit',
  'routed-again': 'unit',
  'responsible-named': 'unit',
  'ownership-returned': 'unit',
  'reviewed-at-closing': 'unit',
  'handover-accepted': 'to',
};

const owned = (then: Then, data: Readonly<Record<string, unknown>>): Then => {
  // Whoever owns it for nobody else is responsible itself.
  const own = data.provisionalRule === null ? text(data.unit) : null;
  return {
    named: own ?? then.naming ?? then.named,
    naming: null,
    // Only where a change of units has taken the person along.
    handlerId: text(data.handler),
    assessmentUnit: text(data.assessmentUnit),
  };
};

const after = (then: Then, { kind, actorId, data: told }: Line): Then => {
  const data = told as Readonly<Record<string, unknown>>;
  const place = NAMING[kind];
  const naming = place ? text(data[place]) : then.naming;
  switch (kind) {
    case 'owned':
      return owned(then, data);
    case 'acknowledged':
      return { ...then, naming: null, handlerId: actorId };
    case 'assigned':
      return { ...then, handlerId: text(data.to) };
    case 'unit-changed':
      return { ...then, named: text(data.responsible) ?? then.named, assessmentUnit: text(data.assessmentUnit) };
    case 'assessed':
    case 'closed':
      return { ...then, assessmentUnit: null };
    case 'reviewed-at-closing': {
      const given = data.as === 'assessment task' ? text(data.acting) : null;
      return { ...then, naming, assessmentUnit: then.assessmentUnit ?? given };
    }
    default:
      return { ...then, naming };
  }
};

/**
 * Who had it at an instant, from the history of ownership and the journal: unit, for whom, by which rule, since when, the
 * caseworker, who had the assessment, and which clocks ran, with the due instants that they have now. Null before it
 * arrived. Replayed to the present it is the present owner.
 */
export const ownerThen = ({ owners, lines, clocks }: OwnerHistory, at: Instant): OwnerFacts | null => {
  const row = owners.findLast(({ startedAt }) => !isAfter(startedAt, at));
  if (!row) return null;
  const none: Then = { named: row.unit, naming: null, handlerId: null, assessmentUnit: null };
  const { named, handlerId, assessmentUnit } = lines
    .filter(({ registeredAt }) => !isAfter(instant(registeredAt), at))
    .reduce(after, none);
  const ran = clocks.filter((one) => !isAfter(one.startedAt, at) && (one.endedAt === null || isAfter(one.endedAt, at)));
  return {
    ownerUnit: row.unit,
    responsibleUnit: row.provisionalRule === null ? row.unit : named,
    provisionalRule: row.provisionalRule,
    assessmentUnit,
    handlerId,
    since: row.startedAt,
    clocks: ran,
  };
};
