import type { Reason } from './errors.ts';
import type { Sentence } from './feedback-sentences.ts';

/** What a notifier can be asked to tell more about, and nothing else; each is a sentence of the template. */
export const QUESTIONS = [
  { code: 'ask-observations', label: { da: 'Flere iagttagelser', en: 'More observations' } },
  { code: 'ask-words', label: { da: 'Barnets egne ord', en: "The child's own words" } },
  { code: 'ask-wellbeing', label: { da: 'Trivsel og udvikling', en: 'Well-being and development' } },
  { code: 'ask-tried', label: { da: 'Hvad der er forsøgt', en: 'What has been tried' } },
  { code: 'ask-parents', label: { da: 'Hvad forældrene ved', en: 'What the parents know' } },
  { code: 'ask-identity', label: { da: 'Hvem barnet er', en: 'Who the child is' } },
  { code: 'call-me', label: { da: 'Ring til os', en: 'Call us' } },
] as const satisfies readonly { readonly code: Sentence; readonly label: Reason }[];
export type Question = (typeof QUESTIONS)[number]['code'];
export const QUESTION_CODES = QUESTIONS.map((row) => row.code) as [Question, ...Question[]];
