import { codeNamed, type LegalBasis, type MeasureType } from './codes.ts';
import { inWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import { FEEDBACK_CHOICES, type FeedbackChoice, feedbackOwed } from './feedback-policy.ts';
import type { Outcome } from './outcomes.ts';
import { type FeedbackPolicy, STARTED, type Started } from './rulebook.ts';
import type { Instant } from './time.ts';

/** What has been decided and started so far, dates included: the rule sees them, the notifier does not. */
export type Stage = {
  readonly decisions: readonly { readonly outcome: Outcome; readonly at: Instant }[];
  readonly measures: readonly {
    readonly type: string;
    readonly plannedMonths: number | null;
    readonly startedAt: Instant;
  }[];
};

/** `contact`: the department and its one phone number. `material`: it matters for the notifier's own work. */
export type FeedbackAsked = {
  readonly basis: LegalBasis | null;
  readonly receivedAt: Instant;
  readonly contact: { readonly department: Reason; readonly phone: string };
  readonly stage: Stage;
  readonly policy: FeedbackPolicy;
  readonly measureTypes: readonly MeasureType[];
  readonly material: boolean;
  readonly withheld: boolean;
  readonly choices: readonly FeedbackChoice[];
};

export type Tier = 0 | 1 | 2 | 'withheld';

/** `told` is the whole message, sentence by sentence: what is previewed is what is delivered. */
export type FeedbackPlan = {
  readonly tier: Tier | null;
  readonly told: readonly Reason[];
  /** An internal written reason must stand behind it. */
  readonly needsReason: boolean;
  /** A second person must approve it. */
  readonly needsApproval: boolean;
};

/** Raised whenever a sentence below changes; stands beside each feedback. */
export const FEEDBACK_TEMPLATE = 'feedback-1';

const STARTED_TOLD: Readonly<Record<Started, Reason>> = {
  investigation: { da: 'Der er sat en børnefaglig undersøgelse i gang.', en: 'An investigation has been started.' },
  'limited-examination': { da: 'Der er sat en afdækning i gang.', en: 'A limited examination has been started.' },
  supportive: { da: 'Der er sat en støttende indsats i gang.', en: 'A supportive measure has been started.' },
  placement: { da: 'Der er sat en anbringelse i gang.', en: 'A placement has been started.' },
};

// True of a limited examination too, which is neither, so that silence about it tells nothing.
const NONE: Reason = {
  da: 'Der er på nuværende tidspunkt ikke sat en børnefaglig undersøgelse eller en indsats i gang.',
  en: 'No investigation and no measure has been started at present.',
};

/** Something was started that the vocabulary does not name: to say "none" would be untrue. */
const UNNAMED: Reason = {
  da: 'Kommunen har behandlet din underretning.',
  en: 'The municipality has dealt with your notification.',
};

const WITHHELD: Reason = {
  da: 'Kommunen har behandlet din underretning. Vi kan ikke fortælle mere.',
  en: 'The municipality has dealt with your notification. We cannot tell you more.',
};

const received = (at: Instant): Reason => {
  const words = inWords(at);
  return { da: `Vi modtog din underretning ${words.da}.`, en: `We received your notification on ${words.en}.` };
};

const call = ({ department, phone }: FeedbackAsked['contact']): Reason => ({
  da: `Har du spørgsmål, kan du ringe til ${department.da} på ${phone}.`,
  en: `If you have questions, call ${department.en} on ${phone}.`,
});

type Rules = Pick<FeedbackAsked, 'policy' | 'measureTypes'>;

const startedIn = ({ decisions, measures }: Stage, { measureTypes }: Rules): ReadonlySet<Started> => {
  const started = new Set<Started>(measures.map(({ type }) => codeNamed(measureTypes, type).group));
  for (const { outcome } of decisions) {
    if (outcome === 'investigation' || outcome === 'limited-examination') started.add(outcome);
  }
  return started;
};

const tierOne = (stage: Stage, rules: Rules): readonly Reason[] => {
  const started = startedIn(stage, rules);
  const { vocabulary } = rules.policy;
  const named = STARTED.filter((kind) => started.has(kind) && vocabulary[kind]);
  if (named.length > 0) return named.map((kind) => STARTED_TOLD[kind]);
  const unnamed = STARTED.some((kind) => kind !== 'limited-examination' && started.has(kind));
  return [unnamed ? UNNAMED : NONE];
};

const duration = (months: number | null): Reason => {
  if (months === null) return { da: 'varigheden er ikke fastlagt', en: 'its duration is not set' };
  return months === 1
    ? { da: 'planlagt til 1 måned', en: 'planned for 1 month' }
    : { da: `planlagt til ${months} måneder`, en: `planned for ${months} months` };
};

/** Type and planned duration, in the code list's order and each once, so that the order of events tells nothing. */
const tierTwo = ({ measures }: Stage, { measureTypes }: Rules): readonly Reason[] => {
  const sentences = measureTypes.flatMap((type) =>
    [...new Set(measures.filter((one) => one.type === type.code).map((one) => one.plannedMonths))]
      .sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY))
      .map((months) => ({ type, planned: duration(months) })),
  );
  return sentences.map(({ type, planned }) => ({
    da: `Indsatsen er: ${type.da}, ${planned.da}.`,
    en: `The measure is: ${type.en}, ${planned.en}.`,
  }));
};

const chosen = (choices: readonly FeedbackChoice[]): readonly Reason[] =>
  FEEDBACK_CHOICES.filter(({ code }) => choices.includes(code)).map(({ told }) => told);

/**
 * What this notifier may be told now, and in which words (`domain/rules.md`, Disclosure). Templates and choices only;
 * nothing of the stage but what the tier names reaches `told`: no unit, no date of the case, no dispute, no sibling.
 * A professional after a decision of § 20 → tier 1, "Der er sat en børnefaglig undersøgelse i gang."
 */
export const feedbackFor = (asked: FeedbackAsked): FeedbackPlan => {
  const { basis, contact, stage, policy, material, withheld, choices } = asked;
  if (basis === null || basis === 'anonymous')
    return { tier: null, told: [], needsReason: false, needsApproval: false };
  const contactTold = call(contact);
  if (!feedbackOwed(basis, policy) || (stage.decisions.length === 0 && stage.measures.length === 0)) {
    const told = [received(asked.receivedAt), contactTold];
    return { tier: 0, told, needsReason: false, needsApproval: false };
  }
  if (withheld) {
    return { tier: 'withheld', told: [WITHHELD, contactTold], needsReason: true, needsApproval: true };
  }
  const details = material ? tierTwo(stage, asked) : [];
  return {
    tier: details.length > 0 ? 2 : 1,
    told: [...tierOne(stage, asked), ...details, ...chosen(choices), contactTold],
    needsReason: details.length > 0,
    needsApproval: false,
  };
};
