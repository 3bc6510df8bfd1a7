import type { LegalBasis } from './codes.ts';
import type { Reason } from './errors.ts';
import type { RuleStatus } from './rulebook.ts';
import { type Instant, localDay } from './time.ts';

/** What tier 1 may say was started, in the order in which it is said. */
export const STARTED = ['investigation', 'limited-examination', 'supportive', 'placement'] as const;
export type Started = (typeof STARTED)[number];

/** In force for feedback given on the local day `from` or later, until the next version begins. */
export type FeedbackPolicy = {
  readonly id: string;
  readonly from: string | null;
  readonly vocabulary: Readonly<Record<Started, boolean>>;
  /** Other municipalities (§ 132) are told as professionals are. */
  readonly municipalities: boolean;
  readonly status: RuleStatus;
  readonly source: string;
};

/** Limited examination (§ 19) stays off until a jurist confirms that it may be told. */
export const FEEDBACK_POLICIES: readonly FeedbackPolicy[] = [
  {
    id: 'feedback-default',
    from: null,
    vocabulary: { investigation: true, 'limited-examination': false, supportive: true, placement: true },
    municipalities: false,
    status: 'recalled',
    source: 'barnets lov § 138; ordvalget er kommunens og efterprøves af en jurist',
  },
];

/** The policy by which a feedback given at `at` is worded. */
export const feedbackPolicyAt = (at: Instant, policies = FEEDBACK_POLICIES): FeedbackPolicy => {
  const day = localDay(at).toString();
  const found = policies.findLast((version) => version.from === null || version.from <= day);
  if (!found) throw new RangeError('no feedback policy is in force on that day');
  return found;
};

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
