import { type Instant, localDay } from './time.ts';

export type DayUnit = 'hverdage' | 'workdays' | 'days';
export type PeriodUnit = 'elapsed hours' | 'months' | DayUnit;
export type Period = { readonly n: number; readonly unit: PeriodUnit };

/** law: text or official page read. recalled: believed, text not seen. policy: the municipality's own choice. */
export type RuleStatus = 'law' | 'recalled' | 'policy';

type LawKind = 'assess-24h' | 'receipt' | 'investigation' | 'follow-up';
type PolicyKind = 'acknowledge' | 'handover' | 'feedback' | 'request-for-more' | 'partshoring';
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
  readonly status: RuleStatus;
  readonly source: string;
};

type Topic =
  | 'move'
  | 'professionals'
  | 'citizens'
  | 'handling'
  | 're-assessment'
  | 'feedback'
  | 'screening'
  | 'preventive-offer'
  | 'limited-examination'
  | 'investigation'
  | 'investigation-mandatory'
  | 'honour-risk'
  | 'follow-up'
  | 'misdirected';
type Reference = { readonly law: string; readonly paragraph: string; readonly status: RuleStatus };

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

export type Rulebook = {
  readonly laws: readonly LawVersion[];
  readonly policies: readonly PolicyVersion[];
  readonly alarms: AlarmRules;
};

const hours = (n: number): Period => ({ n, unit: 'elapsed hours' });
const workdays = (n: number): Period => ({ n, unit: 'workdays' });
const months = (n: number): Period => ({ n, unit: 'months' });
const law = (paragraph: string, status: RuleStatus = 'law'): Reference => ({ law: 'barnets lov', paragraph, status });
const old = (paragraph: string, status: RuleStatus = 'law'): Reference => ({ law: 'serviceloven', paragraph, status });
const misdirected: Reference = { law: 'forvaltningsloven', paragraph: '§ 7, stk. 2', status: 'recalled' };
const POLICY_SOURCE = 'kommunens standardfrister (policy-default)';
const policy = (period: Period, acute?: Period): Rule => ({
  paragraph: null,
  period,
  ...(acute ? { acute } : {}),
  runsFrom: 'act',
  status: 'policy',
  source: POLICY_SOURCE,
});

/**
 * Law and policy as dated data, newest version last. A jurist checks paragraphs and periods before go-live;
 * `status` says which of them have been read in the text itself.
 */
export const RULEBOOK: Rulebook = {
  laws: [
    {
      id: 'serviceloven',
      name: 'serviceloven',
      from: null,
      duties: {
        'assess-24h': {
          paragraph: '§ 155',
          period: hours(24),
          runsFrom: 'received',
          status: 'law',
          source:
            'serviceloven § 155: alle underretninger vurderes inden for 24 timer; stykket er gengivet efter hukommelsen',
        },
        receipt: {
          paragraph: '§ 155 b',
          period: { n: 6, unit: 'hverdage' },
          secondary: 'workdays',
          runsFrom: 'received',
          status: 'recalled',
          source:
            'serviceloven § 155 b: kvittering inden 6 hverdage; paragraffens nummer er gengivet efter hukommelsen',
        },
        investigation: {
          paragraph: '§ 50',
          period: months(4),
          runsFrom: 'received',
          status: 'law',
          source: 'serviceloven § 50: undersøgelsen er færdig inden 4 måneder; regnes fra modtagelsen',
        },
        'follow-up': {
          paragraph: '§ 70',
          period: months(3),
          again: months(6),
          runsFrom: 'act',
          status: 'law',
          source: 'serviceloven § 70: første opfølgning efter 3 måneder, derefter hver 6. måned',
        },
      },
      references: {
        move: old('§ 152'),
        professionals: old('§ 153'),
        citizens: old('§ 154'),
        handling: old('§ 155'),
        're-assessment': old('§ 155 a'),
        feedback: old('§ 155 b', 'recalled'),
        investigation: old('§ 50'),
        'investigation-mandatory': old('§ 50, § 50 b'),
        'follow-up': old('§ 70'),
        misdirected,
      },
    },
    {
      id: 'barnets-lov-2024',
      name: 'barnets lov',
      from: '2024-01-01',
      duties: {
        'assess-24h': {
          paragraph: '§ 136',
          period: hours(24),
          runsFrom: 'received',
          status: 'law',
          source:
            'barnets lov § 136: alle underretninger vurderes inden for 24 timer; stykket er gengivet efter hukommelsen',
        },
        receipt: {
          paragraph: '§ 138',
          period: { n: 6, unit: 'hverdage' },
          secondary: 'workdays',
          runsFrom: 'received',
          status: 'recalled',
          source: 'barnets lov § 138: kvittering inden 6 hverdage; paragraffens nummer er gengivet efter hukommelsen',
        },
        investigation: {
          paragraph: '§ 20, stk. 3',
          period: months(4),
          runsFrom: 'received',
          status: 'law',
          source: 'barnets lov § 20, stk. 3: undersøgelsen er færdig inden 4 måneder; regnes fra modtagelsen',
        },
        'follow-up': {
          paragraph: '§ 95',
          period: months(3),
          again: months(6),
          runsFrom: 'act',
          status: 'law',
          source:
            'barnets lov § 95: første opfølgning efter 3 måneder; derefter kommunens valg, som standard hver 6. måned',
        },
      },
      references: {
        move: law('§ 132'),
        professionals: law('§ 133'),
        citizens: law('§ 135'),
        handling: law('§ 136'),
        're-assessment': law('§ 137'),
        feedback: law('§ 138', 'recalled'),
        screening: law('§ 18'),
        'preventive-offer': law('§ 30', 'recalled'),
        'limited-examination': law('§ 19'),
        investigation: law('§ 20'),
        'investigation-mandatory': law('§ 20, stk. 1, § 124'),
        'honour-risk': law('§ 18, stk. 3'),
        'follow-up': law('§ 95'),
        misdirected,
      },
    },
  ],
  policies: [
    {
      id: 'policy-default',
      from: null,
      clocks: {
        acknowledge: policy(workdays(1), hours(1)),
        handover: policy(workdays(2), hours(4)),
        feedback: policy(workdays(5)),
        'request-for-more': policy(workdays(5), hours(4)),
        partshoring: policy({ n: 14, unit: 'days' }),
      },
      returnCheckOpeningHours: 4,
    },
  ],
  alarms: {
    opensAt: '08:00',
    hourParts: { quarter: 4, half: 2 },
    halfPart: 2,
    earlyPart: 5,
    chaseDays: workdays(1),
    chaseHours: hours(4),
  },
};

const inForce = <V extends { readonly from: string | null }>(versions: readonly V[], at: Instant): V => {
  const day = localDay(at).toString();
  const found = versions.findLast((version) => version.from === null || version.from <= day);
  if (!found) throw new RangeError('no version is in force on that day');
  return found;
};

/** The law by which a notification received at `at` is handled: 2023-12-31T23:00Z is 1 January 2024 here. */
export const lawAt = (rulebook: Rulebook, at: Instant): LawVersion => inForce(rulebook.laws, at);

/** The municipality's own periods for a clock that starts at `at`. */
export const policyAt = (rulebook: Rulebook, at: Instant): PolicyVersion => inForce(rulebook.policies, at);
