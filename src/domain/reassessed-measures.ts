import { type Rulebook, reassessedAt } from './rulebook.ts';
import { type Instant, isAfter, isBefore } from './time.ts';

/** `measure`: a paragraph, a word of the case system's list, or a type of ours. Half-open in time. */
export type KnownMeasure = {
  readonly measure: string;
  readonly since: Instant | null;
  readonly until: Instant | null;
};

const paragraphOf = (measure: string, { codes }: Rulebook): string | null => {
  const written = /^§ ?(\d{1,3})(?: ?([a-z]))?$/.exec(measure);
  if (written) return `§ ${written[1]}${written[2] ? ` ${written[2]}` : ''}`;
  const known = codes.measures.find(({ code, da }) => code === measure || da.toLowerCase() === measure);
  return known?.paragraph ?? null;
};

/**
 * A word that no list knows counts, as measures under the youth crime act do: a re-assessment too many costs an hour,
 * one too few breaks the law.
 */
const isListed = (measure: string, listed: readonly string[], rulebook: Rulebook): boolean => {
  const paragraph = paragraphOf(measure, rulebook);
  return paragraph === null || listed.includes(paragraph);
};

const ranAt = ({ since, until }: KnownMeasure, at: Instant): boolean =>
  (since === null || !isAfter(since, at)) && (until === null || isBefore(at, until));

/** The measure of the list that ran when a notification came, or null. */
export const reassessedMeasure = (
  measures: readonly KnownMeasure[],
  receivedAt: Instant,
  rulebook: Rulebook,
): KnownMeasure | null => {
  const { paragraphs } = reassessedAt(rulebook, receivedAt);
  return measures.find((one) => ranAt(one, receivedAt) && isListed(one.measure, paragraphs, rulebook)) ?? null;
};

/** What a re-assessment may end with. */
export const REASSESSMENTS = [
  { code: 'measure-enough', da: 'Indsatsen er tilstrækkelig', en: 'The measure is enough' },
  { code: 'measure-to-change', da: 'Indsatsen skal ændres', en: 'The measure must be changed' },
  {
    code: 'examine-again',
    da: 'Der er brug for en ny afdækning eller undersøgelse',
    en: 'A new examination is needed',
  },
] as const;
export type Reassessment = (typeof REASSESSMENTS)[number]['code'];
export const REASSESSMENT_CODES = REASSESSMENTS.map((one) => one.code) as [Reassessment, ...Reassessment[]];
