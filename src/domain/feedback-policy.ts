import type { LegalBasis } from './codes.ts';
import type { Reason } from './errors.ts';
import type { Sentence } from './feedback-sentences.ts';
import type { FeedbackPolicy } from './rulebook.ts';

/** Is this notifier owed more than the receipt? Citizens are not; anonymous ones are told nothing. */
export const feedbackOwed = (basis: LegalBasis | null, policy: FeedbackPolicy): boolean =>
  basis === 'professional' || (basis === 'municipality' && policy.municipalities);

/** What the writer may add, and nothing else; each is a sentence of the template. */
export const FEEDBACK_CHOICES = [
  { code: 'call-me', label: { da: 'Ring til mig', en: 'Call me' } },
  { code: 'meeting', label: { da: 'Forslag om møde', en: 'Propose a meeting' } },
] as const satisfies readonly { readonly code: Sentence; readonly label: Reason }[];
export type FeedbackChoice = (typeof FEEDBACK_CHOICES)[number]['code'];
export const FEEDBACK_CHOICE_CODES = FEEDBACK_CHOICES.map((row) => row.code) as [FeedbackChoice, ...FeedbackChoice[]];
