import type { Reason } from './errors.ts';

/** What the screening leads to. `topic` names the paragraph in the rulebook's references. */
export const OUTCOMES = [
  { code: 'nothing', da: 'Ingen indsats', en: 'Nothing', topic: 'screening' },
  { code: 'preventive', da: 'Forebyggende tilbud', en: 'Preventive offer', topic: 'preventive-offer' },
  { code: 'limited-examination', da: 'Afdækning', en: 'Limited examination', topic: 'limited-examination' },
  { code: 'investigation', da: 'Børnefaglig undersøgelse', en: 'Investigation', topic: 'investigation' },
  { code: 'immediate-measure', da: 'Indsats straks', en: 'Immediate measure', topic: 'screening' },
] as const satisfies readonly (Reason & { readonly code: string; readonly topic: string })[];

export type Outcome = (typeof OUTCOMES)[number]['code'];
export const OUTCOME_CODES = OUTCOMES.map((row) => row.code) as [Outcome, ...Outcome[]];

/** The examination that runs: limited is § 19 (afdækning), investigation § 20. */
export type Examination = 'limited' | 'investigation';
