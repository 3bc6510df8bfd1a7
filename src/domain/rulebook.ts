import type { CodeLists } from './codes.ts';
import type { Sentences } from './feedback-sentences.ts';
import { kept } from './kept.ts';
import { type Instant, iso, localDay } from './time.ts';

export type DayUnit = 'hverdage' | 'workdays' | 'days';
export type PeriodUnit = 'elapsed hours' | 'months' | DayUnit;
export type Period = { readonly n: number; readonly unit: PeriodUnit };

/** law: text or official page read. recalled: believed, text not seen. policy: the municipality's own choice. */
export type RuleStatus = 'law' | 'recalled' | 'policy';

export type LawKind = 'assess-24h' | 'receipt' | 'investigation' | 'follow-up';
export const POLICY_KINDS = [
  'acknowledge',
  'handover',
  'feedback',
  'reassess',
  'request-for-more',
  'partshoring',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];
export type RuledKind = LawKind | PolicyKind;

export type Rule = {
  readonly paragraph: string | null;
  readonly period: Period;
  readonly acute?: Period;
  /** The period of every later round of the same clock, when it differs from the first. */
  readonly again?: Period;
  /** A second count that stands beside the first as the latest reading of the law. */
  readonly secondary?: DayUnit;
  /** `received`: when it reached the municipality by whatever channel; `act`: the act that starts the clock. */
  readonly runsFrom: 'received' | 'act';
  /** It was decided then for clocks that ran already, too: ISO 8601, UTC. In old versions only that it was. */
  readonly appliesToOpen?: string | true;
  readonly status: RuleStatus;
  readonly source: string;
};

/** What a law says beside its clocks. */
export const TOPICS = [
  'move',
  'professionals',
  'citizens',
  'handling',
  're-assessment',
  'feedback',
  'screening',
  'preventive-offer',
  'limited-examination',
  'investigation',
  'investigation-mandatory',
  'honour-risk',
  'follow-up',
  'misdirected',
] as const;
export type Topic = (typeof TOPICS)[number];
export type Reference = {
  readonly law: string;
  readonly paragraph: string;
  readonly status: RuleStatus;
  /** Where it has been corrected. */
  readonly source?: string;
};

/** In force for notifications received on the local day `from` or later, until the next version begins. */
export type LawVersion = {
  readonly id: string;
  readonly name: string;
  readonly from: string | null;
  readonly duties: Readonly<Record<LawKind, Rule>>;
  readonly references: Readonly<Partial<Record<Topic, Reference>>>;
};

/** In force for clocks that start on the local day `from` or later, until the next version begins. */
export type PolicyVersion = {
  readonly id: string;
  readonly from: string | null;
  readonly clocks: Readonly<Record<PolicyKind, Rule>>;
  /** Work proposed back to a unit that has left it is in dispute unless accepted within so many of its opening hours. */
  readonly returnCheckOpeningHours: number;
  /** A unit with fewer opening hours than this before the 24 hours end is not trusted to assess in time. */
  readonly leastOpeningHours: number;
  /** An acute matter that nobody has taken by then: the notifier is shown the number to call. */
  readonly callAfterMinutes: number;
  /** A clock of the municipality's own may rest for at most so many of its days, or so many hours, all pauses together. */
  readonly pauseAtMost: { readonly days: number; readonly hours: number };
  /** What these limits rest on, where they have been decided. */
  readonly limitsSource?: string;
};

export type AlarmRules = {
  /** Local time at which alarms of day clocks fall. */
  readonly opensAt: string;
  /** Clocks in hours alarm when one part in so many has passed. */
  readonly hourParts: { readonly quarter: number; readonly half: number };
  /** Clocks of n workdays alarm on workday ⌈n / halfPart⌉. */
  readonly halfPart: number;
  /** Other day clocks alarm ⌈calendar days / earlyPart⌉ days before the due day. A divisor: ⌈0.2 × 35⌉ is 8 in floats. */
  readonly earlyPart: number;
  readonly chaseDays: Period;
  readonly chaseHours: Period;
};

/** Other alarms for the clocks of one kind (null: of every kind) that start on the local day `from` or later. */
export type AlarmChange = {
  readonly from: string;
  readonly kind: string | null;
  readonly rules: Partial<AlarmRules>;
  readonly status: RuleStatus;
  readonly source: string;
};

/** What tier 1 of the feedback may say was started, in the order in which it is said. */
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

/**
 * When the receipt leaves, for notifications registered on the local day `from` or later: at once by the system, or when
 * a named person takes the matter, at the latest at `at` on so many hverdage after the day of receipt.
 */
export type ReceiptPolicy = {
  readonly id: string;
  readonly from: string | null;
  readonly sent: 'at-once' | 'on-acknowledgement';
  readonly latest: { readonly hverdage: number; readonly at: string };
  readonly status: RuleStatus;
  readonly source: string;
};

/** The words of feedback given on the local day `from` or later; the id stands beside each feedback. */
export type FeedbackTemplate = {
  readonly id: string;
  readonly from: string | null;
  readonly sentences: Sentences;
  readonly status: RuleStatus;
  readonly source: string;
};

/**
 * Measures whose child must be re-assessed when a new notification comes (barnets lov § 137, before it serviceloven
 * § 155 a). In force for notifications received on the local day `from` or later, until the next version begins.
 */
export type ReassessedMeasures = {
  readonly id: string;
  readonly from: string | null;
  /** `§ 52`, `§ 32 a`. */
  readonly paragraphs: readonly string[];
  readonly status: RuleStatus;
  readonly source: string;
};

/** Versions with the newest last. */
export type Rulebook = {
  readonly laws: readonly LawVersion[];
  readonly policies: readonly PolicyVersion[];
  readonly alarms: AlarmRules;
  readonly alarmChanges: readonly AlarmChange[];
  readonly feedback: readonly FeedbackPolicy[];
  readonly templates: readonly FeedbackTemplate[];
  readonly receipts: readonly ReceiptPolicy[];
  readonly codes: CodeLists;
  readonly reassessed: readonly ReassessedMeasures[];
};

/** The version in force on the local day of `at`. */
export const inForce = <V extends { readonly from: string | null }>(versions: readonly V[], at: Instant): V => {
  const day = localDay(at).toString();
  const found = versions.findLast((version) => version.from === null || version.from <= day);
  if (!found) throw new RangeError('no version is in force on that day');
  return found;
};

/** The law by which a notification received at `at` is handled: 2023-12-31T23:00Z is 1 January 2024 here. */
export const lawAt = (rulebook: Rulebook, at: Instant): LawVersion => inForce(rulebook.laws, at);

/** The municipality's own rules on the day of `at`. */
export const policyAt = (rulebook: Rulebook, at: Instant): PolicyVersion => inForce(rulebook.policies, at);

/** Did a clock that began at `at` run already when the rule was decided for such clocks, too? */
const followed = ({ appliesToOpen }: Rule, at: Instant): boolean =>
  appliesToOpen === true || (appliesToOpen !== undefined && iso(at) <= appliesToOpen);

/**
 * The policy rule of a clock that starts at `at`, and the version that it stands in: the newest one that had begun by
 * then, or that was decided later for clocks that ran already: `begun`, when one began that is counted anew from `at`.
 */
export const policyRuleAt = (
  rulebook: Rulebook,
  kind: PolicyKind,
  at: Instant,
  begun = at,
): { rule: Rule; version: string } => {
  const day = localDay(at).toString();
  const version = rulebook.policies.findLast(
    ({ from, clocks }) => from === null || from <= day || followed(clocks[kind], begun),
  );
  if (!version) throw new RangeError('no policy is in force on that day');
  return { rule: version.clocks[kind], version: version.id };
};

const policyKinds: ReadonlySet<string> = new Set(POLICY_KINDS);

/** Does the municipality itself set the period of clocks of this kind? */
export const isPolicyKind = (kind: string): kind is PolicyKind => policyKinds.has(kind);

/** The policy by which a feedback given at `at` is worded. */
export const feedbackPolicyAt = (rulebook: Rulebook, at: Instant): FeedbackPolicy => inForce(rulebook.feedback, at);

/** The words of a feedback given at `at`. */
export const templateAt = (rulebook: Rulebook, at: Instant): FeedbackTemplate => inForce(rulebook.templates, at);

/** How the receipt of a notification registered at `at` is sent. */
export const receiptPolicyAt = (rulebook: Rulebook, at: Instant): ReceiptPolicy => inForce(rulebook.receipts, at);

/** The measures that call for a re-assessment when a notification received at `at` comes. */
export const reassessedAt = (rulebook: Rulebook, at: Instant): ReassessedMeasures => inForce(rulebook.reassessed, at);

// The same value for the same rules, because the alarms that they lead to are kept by it.
const plans = kept<AlarmRules>(200);

/** When a clock of a kind alarms: the rules for all clocks, changed by what had begun on the day it started. */
export const alarmRulesOf = (rulebook: Rulebook, kind: string, startedAt: Instant): AlarmRules => {
  const day = localDay(startedAt).toString();
  const changes = rulebook.alarmChanges.filter((c) => c.from <= day && (c.kind === null || c.kind === kind));
  if (changes.length === 0) return rulebook.alarms;
  return plans([rulebook], `${kind} ${changes.length}`, () =>
    Object.assign({}, rulebook.alarms, ...changes.map(({ rules }) => rules)),
  );
};
