import { codeNamed, type LegalBasis, type MeasureType } from './codes.ts';
import { inWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import { FEEDBACK_CHOICE_CODES, type FeedbackChoice, feedbackOwed } from './feedback-policy.ts';
import { filled } from './feedback-sentences.ts';
import type { Outcome } from './outcomes.ts';
import { type FeedbackPolicy, type FeedbackTemplate, STARTED, type Started } from './rulebook.ts';
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
  readonly template: FeedbackTemplate;
  readonly measureTypes: readonly MeasureType[];
  readonly material: boolean;
  readonly withheld: boolean;
  /** The notifier is named as the suspect. */
  readonly suspected?: boolean;
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

const call = ({ contact, template }: Pick<FeedbackAsked, 'contact' | 'template'>): Reason =>
  filled(template.sentences, 'contact', {
    department: contact.department,
    phone: { da: contact.phone, en: contact.phone },
  });

type Rules = Pick<FeedbackAsked, 'policy' | 'measureTypes' | 'template'>;

const startedIn = ({ decisions, measures }: Stage, { measureTypes }: Rules): ReadonlySet<Started> => {
  const started = new Set<Started>(measures.map(({ type }) => codeNamed(measureTypes, type).group));
  for (const { outcome } of decisions) {
    if (outcome === 'investigation' || outcome === 'limited-examination') started.add(outcome);
  }
  return started;
};

const tierOne = (stage: Stage, rules: Rules): readonly Reason[] => {
  const started = startedIn(stage, rules);
  const { policy, template } = rules;
  const named = STARTED.filter((kind) => started.has(kind) && policy.vocabulary[kind]);
  if (named.length > 0) return named.map((kind) => filled(template.sentences, kind));
  const unnamed = STARTED.some((kind) => kind !== 'limited-examination' && started.has(kind));
  return [filled(template.sentences, unnamed ? 'unnamed' : 'none')];
};

const monthsInWords = (months: number): Reason =>
  months === 1 ? { da: '1 måned', en: '1 month' } : { da: `${months} måneder`, en: `${months} months` };

/** Type and planned duration, in the code list's order and each once, so that the order of events tells nothing. */
const tierTwo = ({ measures }: Stage, { measureTypes, template }: Rules): readonly Reason[] =>
  measureTypes.flatMap(({ code, da, en }) =>
    [...new Set(measures.filter((one) => one.type === code).map((one) => one.plannedMonths))]
      .sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY))
      .map((months) =>
        months === null
          ? filled(template.sentences, 'measure', { type: { da, en } })
          : filled(template.sentences, 'measure-months', { type: { da, en }, months: monthsInWords(months) }),
      ),
  );

const chosen = ({ choices, template }: FeedbackAsked): readonly Reason[] =>
  FEEDBACK_CHOICE_CODES.filter((code) => choices.includes(code)).map((code) => filled(template.sentences, code));

/**
 * What this notifier may be told now, and in which words (`domain/rules.md`, Disclosure). Templates and choices only;
 * nothing of the stage but what the tier names reaches `told`: no unit, no date of the case, no dispute, no sibling.
 * A professional after a decision of § 20 → tier 1, "Der er sat en børnefaglig undersøgelse i gang."
 */
export const feedbackFor = (asked: FeedbackAsked): FeedbackPlan => {
  const { basis, stage, policy, template, material, withheld } = asked;
  if (basis === null || basis === 'anonymous')
    return { tier: null, told: [], needsReason: false, needsApproval: false };
  const contactTold = call(asked);
  const tierZero = [filled(template.sentences, 'received', { when: inWords(asked.receivedAt) }), contactTold];
  const nothingYet = stage.decisions.length === 0 && stage.measures.length === 0;
  if (!feedbackOwed(basis, policy) || nothingYet || (asked.suspected && !withheld)) {
    return { tier: 0, told: tierZero, needsReason: false, needsApproval: false };
  }
  if (withheld) {
    return {
      tier: 'withheld',
      // To a suspect even "we cannot tell more" would tell that there is more.
      told: asked.suspected ? tierZero : [filled(template.sentences, 'withheld'), contactTold],
      needsReason: true,
      needsApproval: true,
    };
  }
  const details = material ? tierTwo(stage, asked) : [];
  return {
    tier: details.length > 0 ? 2 : 1,
    told: [...tierOne(stage, asked), ...details, ...chosen(asked), contactTold],
    needsReason: details.length > 0,
    needsApproval: false,
  };
};
