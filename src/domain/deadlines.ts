import { addDays, type Calendar, type SkippedDay } from './calendar.ts';
import type { Reason } from './errors.ts';
import { kept } from './kept.ts';
import {
  type DayUnit,
  lawAt,
  type Period,
  policyAt,
  type Rule,
  type Rulebook,
  type RuledKind,
  type RuleStatus,
} from './rulebook.ts';
import { endOfDay, type Instant, type LocalDay, localDay, withOffset } from './time.ts';

export type DeadlineKind = RuledKind | `ladder.${number}`;

/** Days as `YYYY-MM-DD`, local to Copenhagen. */
export type DayCount = {
  readonly counted: readonly string[];
  readonly skipped: readonly { readonly day: string; readonly reason: Reason }[];
  readonly due: string;
};

/** All that is needed to explain a deadline day by day, long after rules and calendar have changed. JSON-able. */
export type Derivation = DayCount & {
  readonly rule: DeadlineKind;
  /** Id of the law version of the notification, also where the period itself is policy. */
  readonly law: string;
  readonly paragraph: string | null;
  readonly status: RuleStatus;
  readonly source: string;
  readonly start: string;
  readonly period: Period;
  /** The matter was acute, whether or not the rule has an acute period. */
  readonly acute: boolean;
  readonly secondary?: DayCount & { readonly period: Period };
  readonly note?: Reason;
};

export type Clock = {
  readonly kind: DeadlineKind;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly secondaryAt: Instant | null;
  readonly period: Period;
  readonly lawVersion: string;
  readonly derivation: Derivation;
};

/** Where a clock's period comes from. */
type Basis = {
  readonly kind: DeadlineKind;
  readonly law: string;
  readonly paragraph: string | null;
  readonly status: RuleStatus;
  readonly source: string;
  readonly acute: boolean;
};

const NO_DAYS = { counted: [], skipped: [] };

const written = ({ day, reason }: SkippedDay): DayCount['skipped'][number] => ({ day: day.toString(), reason });

type Counted = DayCount & { readonly dueAt: Instant };

// Every notification of a day counts the same days; a burst need not count them each time.
const counts = kept<Counted>(500);

const countDays = (start: LocalDay, n: number, unit: DayUnit, calendar: Calendar): Counted =>
  counts([calendar], `${start} ${n} ${unit}`, () => {
    const { due, counted, skipped } = addDays(calendar, start, n, unit);
    const dueAt = endOfDay(due);
    return { counted: counted.map(String), skipped: skipped.map(written), due: withOffset(dueAt), dueAt };
  });

const count = (start: Instant, { n, unit }: Period, calendar: Calendar): Counted => {
  switch (unit) {
    case 'elapsed hours': {
      const dueAt = start.add({ hours: n });
      return { ...NO_DAYS, due: withOffset(dueAt), dueAt };
    }
    case 'months': {
      // Temporal constrains to the month's last day: 31 October 2026 + 4 months = 28 February 2027.
      const dueAt = endOfDay(localDay(start).add({ months: n }));
      return { ...NO_DAYS, due: withOffset(dueAt), dueAt };
    }
    case 'hverdage':
    case 'workdays':
    case 'days':
      return countDays(localDay(start), n, unit, calendar);
  }
};

/** A clock of any period. Months and days end 23:59:59 local; hours are elapsed time. */
export const runClock = (
  { kind, law, paragraph, status, source, acute }: Basis,
  startedAt: Instant,
  period: Period,
  calendar: Calendar,
  secondary?: DayUnit,
): Clock => {
  const { dueAt, ...days } = count(startedAt, period, calendar);
  const start = withOffset(startedAt);
  const derivation: Derivation = { rule: kind, law, paragraph, status, source, start, period, acute, ...days };
  const clock = { kind, startedAt, dueAt, period, lawVersion: law };
  if (!secondary) return { ...clock, secondaryAt: null, derivation };
  const secondPeriod = { n: period.n, unit: secondary };
  const { dueAt: secondaryAt, ...secondDays } = count(startedAt, secondPeriod, calendar);
  return { ...clock, secondaryAt, derivation: { ...derivation, secondary: { period: secondPeriod, ...secondDays } } };
};

/**
 * Starts a clock by the law in force when the notification was received and the policy in force at `start`.
 * Clocks of the law that run from receipt ignore `start`. `again`: a later round (follow-up after the first).
 */
export const startClock = (
  kind: RuledKind,
  from: { readonly start: Instant; readonly receivedAt: Instant; readonly acute: boolean; readonly again?: boolean },
  rulebook: Rulebook,
  calendar: Calendar,
): Clock => {
  const law = lawAt(rulebook, from.receivedAt);
  const rule: Rule = { ...law.duties, ...policyAt(rulebook, from.start).clocks }[kind];
  const period = (from.again && rule.again) || (from.acute && rule.acute) || rule.period;
  const { status, source } = rule;
  // Policy sets the period of the feedback; that there must be one is law.
  const paragraph = rule.paragraph ?? (kind === 'feedback' ? (law.references.feedback?.paragraph ?? null) : null);
  return runClock(
    { kind, law: law.id, paragraph, status, source, acute: from.acute },
    rule.runsFrom === 'received' ? from.receivedAt : from.start,
    period,
    calendar,
    rule.secondary,
  );
};

/**
 * The due instants that follow from what happened, in Copenhagen's offset. Feedback counts from the decision,
 * the first follow-up from the start of the measure; each is left out until then.
 */
export const deadlinesOf = (
  happened: {
    readonly received: Instant;
    readonly decided?: Instant | undefined;
    readonly measureStarted?: Instant | undefined;
  },
  rulebook: Rulebook,
  calendar: Calendar,
): Record<string, string> => {
  const due: Record<string, string> = {};
  const add = (kind: RuledKind, start: Instant | undefined): void => {
    if (!start) return;
    const clock = startClock(kind, { start, receivedAt: happened.received, acute: false }, rulebook, calendar);
    due[kind] = withOffset(clock.dueAt);
    if (clock.secondaryAt) due[`${kind}.secondary`] = withOffset(clock.secondaryAt);
  };
  add('assess-24h', happened.received);
  add('receipt', happened.received);
  add('investigation', happened.received);
  add('feedback', happened.decided);
  add('follow-up', happened.measureStarted);
  return due;
};
