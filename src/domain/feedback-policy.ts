import type { LegalBasis } from './codes.ts';
import type { Reason } from './errors.ts';
import type { FeedbackPolicy } from './rulebook.ts';

/** Is this notifier owed more than the receipt? Citizens are not; anonymous ones are told nothing. */
export const feedbackOwed = (basis: LegalBasis | null, policy: FeedbackPolicy): boolean =>
  basis === 'professional' || (basis === 'municipality' && policy.municipalities);

/** What the writer may add, and nothing else. */
export const FEEDBACK_CHOICES = [
  {
    code: 'call-me',
    label: { da: 'Ring til mig', en: 'Call me' },
    told: { da: 'Vi vil gerne tale med dig. Ring til os.', en: 'We would like to talk to you. Please call us.' },
  },
  {
    code: 'meeting',
    label: { da: 'Forslag om møde', en: 'Propose a meeting' },
    told: {
      da: 'Vi foreslår et møde med dig. Ring til os for at aftale et tidspunkt.',
      en: 'We propose a meeting with you. Please call us to agree on a time.',
    },
  },
] as const satisfies readonly { readonly code: string; readonly label: Reason; readonly told: Reason }[];
export type FeedbackChoice = (typeof FEEDBACK_CHOICES)[number]['code'];
export const FEEDBACK_CHOICE_CODES = FEEDBACK_CHOICES.map((row) => row.code) as [FeedbackChoice, ...FeedbackChoice[]];
