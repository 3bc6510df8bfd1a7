import type { Reason } from './errors.ts';
import type { PersonActor } from './scope.ts';
import { type Instant, type LocalDay, localDay, T } from './time.ts';

/** Why somebody's reading is put before their leader. None of it is forbidden: it is asked about. */
export const UNUSUAL = {
  volume: { da: 'Har åbnet usædvanligt mange sager', en: 'Has opened unusually many cases' },
  'own-name': {
    da: 'Har åbnet en sag om nogen med samme efternavn',
    en: 'Has opened a case about somebody with the same surname',
  },
  'no-relation': {
    da: 'Har åbnet en sag, som deres enheder ikke har med at gøre',
    en: 'Has opened a case that their units have nothing to do with',
  },
  emergency: { da: 'Har åbnet eller søgt en sag i nød', en: 'Has opened or sought a case in an emergency' },
} as const satisfies Readonly<Record<string, Reason>>;
export type Unusual = keyof typeof UNUSUAL;

/**
 * Policy: cases opened by one person within sixty minutes, and within a day of twenty-four hours. A caseworker has some
 * thirty cases, and whoever goes through all of a unit's has a reason that can be told.
 */
export const USUAL = { hour: 40, day: 120 } as const;

export const isMany = ({ hour, day }: { readonly hour: number; readonly day: number }): boolean =>
  hour > USUAL.hour || day > USUAL.day;

/**
 * Have the reader's roles of that day, those that they hold for somebody absent included, to do with any of the units that
 * the case has or had to do with?
 */
export const isRelated = ({ roles }: Pick<PersonActor, 'roles'>, units: readonly string[]): boolean =>
  roles.some(({ covers, serves = [] }) => units.some((unit) => covers.includes(unit) || serves.includes(unit)));

/** The last word of a name, as it is compared: `Ane Åberg-Holm` and `åberg-holm` are the same. Empty for none. */
export const surnameOf = (name: string): string => name.trim().split(/\s+/).at(-1)?.toLocaleLowerCase('da') ?? '';

export const UNUSUAL_TASK = 'unusual-reading';

/**
 * One question for each reason on each local day of the reading, however much was read; whoever reads for two units on it
 * is asked about by the leader of each.
 */
export const unusualSubject = (
  { personId, unitId }: { readonly personId: string; readonly unitId: string },
  why: Unusual,
  at: Instant,
): string => `${personId} ${unitId} ${localDay(at)} ${why}`;

/** The local day of the reading that a task asks about. */
export const unusualDay = (subject: string): LocalDay | null => {
  const day = /\d{4}-\d{2}-\d{2}(?= [a-z-]+$)/.exec(subject);
  return day ? T.PlainDate.from(day[0]) : null;
};
