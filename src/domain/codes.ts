import type { Reason } from './errors.ts';
import type { LocalDay } from './time.ts';

/** A value of a dated code list: used from `from`, no longer on `until`. */
export type Code<Id extends string | number = string> = Reason & {
  readonly code: Id;
  readonly from: string | null;
  readonly until: string | null;
};

type Sourced = { readonly source: string };
/** Statistics Denmark's number for who notified. */
export type NotifierKind = Code<number> & Sourced;
/** Why the notifier is worried. */
export type ReasonCode = Code & Sourced & { readonly group: 'child' | 'parents' | 'other' };
/** Help that can be put in place; `group` is what tier 1 of the feedback may call it. */
export type MeasureType = Code & Sourced & { readonly group: 'supportive' | 'placement'; readonly paragraph: string };

/**
 * The vocabularies of law and statistics, which administrators change. What has been used never leaves its list: it ends,
 * and old records keep its words.
 */
export type CodeLists = {
  readonly notifiers: readonly NotifierKind[];
  readonly reasons: readonly ReasonCode[];
  readonly measures: readonly MeasureType[];
};

/** The rules of the form know this one; it can be renamed, not ended. */
export const ANONYMOUS_NOTIFIER = 8;

/** Why somebody notifies. `topic` names the paragraph in the rulebook's references. */
export const LEGAL_BASES = [
  { code: 'professional', da: 'Fagperson', en: 'Professional', topic: 'professionals' },
  { code: 'municipality', da: 'Anden kommune', en: 'Other municipality', topic: 'move' },
  { code: 'citizen', da: 'Borger', en: 'Citizen', topic: 'citizens' },
  { code: 'anonymous', da: 'Anonym borger', en: 'Anonymous citizen', topic: 'citizens' },
] as const satisfies readonly (Reason & { readonly code: string; readonly topic: string })[];
export type LegalBasis = (typeof LEGAL_BASES)[number]['code'];

/** How it reached the municipality. Everything but the form is registered by intake. */
export const CHANNELS = [
  { code: 'form', da: 'Formularen', en: 'The form' },
  { code: 'phone', da: 'Telefon', en: 'Phone' },
  { code: 'letter', da: 'Brev', en: 'Letter' },
  { code: 'secure-mail', da: 'Sikker mail', en: 'Secure mail' },
  { code: 'municipality', da: 'Anden kommune', en: 'Another municipality' },
] as const satisfies readonly (Reason & { readonly code: string })[];

export const isInUse = ({ from, until }: Pick<Code, 'from' | 'until'>, on: LocalDay): boolean => {
  const date = on.toString();
  return (from === null || from <= date) && (until === null || date < until);
};

/** Why a code may not be chosen on a local day, or null when it may. Without a day, every code that ever was may. */
export const refusalOf = (
  list: readonly Code<string | number>[],
  code: string | number,
  on: LocalDay | undefined,
): 'unknown-choice' | 'not-in-use' | null => {
  const found = list.find((row) => row.code === code);
  if (!found) return 'unknown-choice';
  return on && !isInUse(found, on) ? 'not-in-use' : null;
};

/** What is offered on a local day, and what has been chosen already: who looks must see it to choose another. */
export const offeredOn = <Row extends Code<string | number>>(
  list: readonly Row[],
  on: LocalDay,
  chosen: readonly string[],
): readonly Row[] => list.filter((row) => isInUse(row, on) || chosen.includes(String(row.code)));

/** Also of codes no longer in use. Throws RangeError for what never was one. */
export const codeNamed = <Row extends Code<string | number>>(list: readonly Row[], code: string | number): Row => {
  const found = list.find((row) => row.code === code);
  if (!found) throw new RangeError('no such code');
  return found;
};
