import { LEGAL_BASES } from './codes.ts';
import { dayInWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import { T } from './time.ts';

type Named = Reason & { readonly code: string | number };

/** What a notification names by id: institutions, needs, and the lists of codes. */
export type FormNames = {
  readonly institution: (id: string) => string | undefined;
  readonly need: (id: string) => Reason | undefined;
  readonly codes: { readonly notifiers: readonly Named[]; readonly reasons: readonly Named[] };
};

const YES: Reason = { da: 'Ja', en: 'Yes' };
const NO: Reason = { da: 'Nej', en: 'No' };
const UNKNOWN: Reason = { da: 'Ved ikke', en: 'Do not know' };

type Words = Readonly<Record<string, Reason | null>>;

/** Choices by what they say on screen; null says nothing. */
const CHOICES: Readonly<Record<string, Words>> = {
  'children.identity': {
    known: null,
    unborn: { da: 'Ikke født endnu', en: 'Not born yet' },
    unknown: { da: 'Ukendt', en: 'Unknown' },
  },
  'family.parents.custody': { yes: YES, no: NO, unknown: UNKNOWN },
  'violence.kind': {
    physical: { da: 'Fysisk vold', en: 'Physical violence' },
    psychological: { da: 'Psykisk vold', en: 'Psychological violence' },
    sexual: { da: 'Seksuelle overgreb', en: 'Sexual abuse' },
    witness: { da: 'Barnet er vidne til vold', en: 'The child witnesses violence' },
    other: { da: 'Andet', en: 'Other' },
  },
  'violence.certainty': {
    concrete: {
      da: 'Konkret: barnet har fortalt det, eller nogen har set det',
      en: 'Concrete: the child has told it, or somebody has seen it',
    },
    diffuse: {
      da: 'Diffus: en uro, der bygger på flere små tegn',
      en: 'Diffuse: an unease that rests on several small signs',
    },
  },
  language: { da: null, en: null },
};

/** Answers of which a no says something; elsewhere only a yes is told. */
const SAID_EITHER_WAY: ReadonlySet<string> = new Set([
  'acute.marked',
  'parentsInformed.informed',
  'violence.suspected',
  'honour.suspected',
]);
const DAYS: ReadonlySet<string> = new Set(['concern.observations.on', 'parentsInformed.on']);

const asIs = (text: string): Reason => ({ da: text, en: text });
const named = (rows: readonly Named[], value: unknown): Reason => {
  const row = rows.find(({ code }) => code === value);
  return row ? { da: row.da, en: row.en } : asIs(String(value));
};
const dayOf = (text: string): Reason =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayInWords(T.PlainDate.from(text)) : asIs(text);

const said = (field: string, value: string, names: FormNames): Reason | null => {
  const choice = CHOICES[field]?.[value];
  if (choice !== undefined) return choice;
  if (DAYS.has(field)) return dayOf(value);
  switch (field) {
    case 'children.cpr':
      return asIs(value.replace(/^(\d{6})(\d{4})$/, '$1-$2'));
    case 'children.institution':
      return asIs(names.institution(value) ?? value);
    case 'notifier.basis':
      return named(LEGAL_BASES, value);
    case 'need':
      return names.need(value) ?? asIs(value);
    default:
      return asIs(value);
  }
};

/** How an answer reads, in both languages: choices by their names, days in words, texts as they are. Null says nothing. */
export const sayAnswer = (field: string, value: unknown, names: FormNames): Reason | null => {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? YES : SAID_EITHER_WAY.has(field) ? NO : null;
  if (field === 'notifier.notifierCode') return named(names.codes.notifiers, value);
  if (Array.isArray(value)) {
    const all = value.map((item) => named(names.codes.reasons, item));
    return all.length > 0 ? { da: all.map(({ da }) => da).join(', '), en: all.map(({ en }) => en).join(', ') } : null;
  }
  return typeof value === 'string' ? said(field, value, names) : asIs(String(value));
};
