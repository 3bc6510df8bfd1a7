import type { LegalBasis } from './codes.ts';

/** Who comes to the door without a login. `visitor`: not yet known; `returning`: by the link of a mail. */
export type Outsider = 'visitor' | LegalBasis | 'returning';

/**
 * The kinds of the door (rules: the law in force; The form, notifier codes). `mail`: a professional and another
 * municipality are owed more than the receipt, so their work mail is confirmed; a citizen may give an address; an anonymous
 * one has none. `codes`: Statistics Denmark's numbers of the kind alone; the others are a professional's to choose from.
 */
export const DOOR_KINDS = [
  { kind: 'professional', basis: 'professional', codes: null, mail: 'demanded' },
  { kind: 'municipality', basis: 'municipality', codes: [1], mail: 'demanded' },
  { kind: 'citizen', basis: 'citizen', codes: [13, 11], mail: 'offered' },
  { kind: 'child', basis: 'citizen', codes: [12], mail: 'offered' },
  { kind: 'anonymous', basis: 'anonymous', codes: [8], mail: 'refused' },
] as const satisfies readonly {
  readonly kind: string;
  readonly basis: LegalBasis;
  readonly codes: readonly number[] | null;
  readonly mail: 'demanded' | 'offered' | 'refused';
}[];
type DoorRow = (typeof DOOR_KINDS)[number];
export type DoorKind = (typeof DOOR_KINDS)[number]['kind'];

/** Numbers that a professional from outside never has: the municipality's own, citizens, the child, anonymous, unknown. */
const NOT_PROFESSIONAL: readonly number[] = [1, 7, 8, 12, 13, 99];

export const doorKind = (kind: DoorKind): DoorRow => {
  const found = DOOR_KINDS.find((one) => one.kind === kind);
  if (!found) throw new RangeError('no such kind');
  return found;
};

/** May a notifier of the kind have this number? */
export const fitsKind = ({ codes }: DoorRow, code: number): boolean =>
  codes === null ? !NOT_PROFESSIONAL.includes(code) : codes.some((one) => one === code);

/** The kind of whoever sent the form; null for one that nobody at the door can be. */
export const kindOf = (of: { readonly basis: LegalBasis; readonly notifierCode: number }): DoorRow | null =>
  DOOR_KINDS.find((one) => one.basis === of.basis && fitsKind(one, of.notifierCode)) ?? null;

/** A one-time code: six digits, ten minutes, five tries. */
export const DOOR_CODE = { digits: 6, minutes: 10, tries: 5 } as const;

/** The link of a mail dies after a fortnight or when it was opened; for a year it still brings a new one. */
export const NOTIFIER_LINK = { days: 14, renewDays: 365 } as const;

export type Limit = { readonly most: number; readonly hours: number };

/**
 * How often within so many hours (policy). `address` counts for one mail address, `visitor` for one network address, `pair`
 * for both together, `all` for everybody, `link` for one notification. Whoever has not asked for an address before is not
 * held up by what others asked for it, so that nobody can lock out its owner. An office or a household has one network address, so those are generous.
 */
export const DOOR_LIMITS = {
  'code-pair': { most: 5, hours: 1 },
  'code-address': { most: 20, hours: 1 },
  'code-visitor': { most: 30, hours: 1 },
  'code-all': { most: 1000, hours: 1 },
  'submit-visitor': { most: 20, hours: 1 },
  'link-visitor': { most: 30, hours: 1 },
  'link-notification': { most: 5, hours: 1 },
} as const satisfies Readonly<Record<string, Limit>>;
export type DoorLimit = keyof typeof DOOR_LIMITS;

/** Of anonymous notifications from one network address, in one process, in one hour of the clock. */
export const ANONYMOUS_LIMIT = 10;
