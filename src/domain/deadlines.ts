import { type Calendar, calendarOfClock, type SkippedDay } from './calendar.ts';
import type { Reason } from './errors.ts';
import { kept } from './kept.ts';
import { addUnpausedDays, afterRunning, type Floor, floorEnd, type Pause } from './pause.ts';
import {
  type DayUnit,
  isPolicyKind,
  type LawVersion,
  lawAt,
  type Period,
  policyRuleAt,
  type Rulebook,
  type RuledKind,
  type RuleStatus,
} from './rulebook.ts';
import { endOfDay, type Instant, instant, type LocalDay, latest, localDay, secondOf, T, withOffset } from './time.ts';

export type DeadlineKind = RuledKind | `ladder.${number}` | 'access-request';

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
  /** Its name, and the version of the municipality's own rules where they set the period; both may be missing in old ones. */
  readonly lawName?: string;
  readonly policy?: string;
  readonly paragraph: string | null;
  readonly status: RuleStatus;
  readonly source: string;
  readonly start: string;
  readonly period: Period;
  /** The matter was acute, whether or not the rule has an acute period. */
  readonly acute: boolean;
  readonly secondary?: DayCount & { readonly period: Period };
  readonly note?: Reason;
  /** Kept for as long as the clock runs, whatever else moves it. */
  readonly pauses?: readonly Pause[];
  /** It was shortened while it ran, and does not end before this. */
  readonly floor?: Floor;
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
  readonly lawName?: string;
  readonly policy?: string;
  readonly paragraph: string | null;
  readonly status: RuleStatus;
  readonly source: string;
  readonly acute: boolean;
};

const NO_DAYS = { counted: [], skipped: [] };

const written = ({ day, reason }: SkippedDay): DayCount['skipped'][number] => ({ day: day.toString(), reason });

type Counted = DayCount & { readonly dueAt: Instant };

const HOUR_MS = 60 * 60 * 1000;

// Every notification of a day counts the same days; a burst need not count them each time.
const counts = kept<Counted>(500);

type Counting = { readonly calendar: Calendar; readonly pauses: readonly Pause[] };

const countDays = (start: LocalDay, n: number, unit: DayUnit, { calendar, pauses }: Counting): Counted =>
  counts([calendar], `${start} ${n} ${unit} ${JSON.stringify(pauses)}`, () => {
    const { due, counted, skipped } = addUnpausedDays(calendar, start, n, unit, pauses);
    const dueAt = endOfDay(due);
    return { counted: counted.map(String), skipped: skipped.map(written), due: withOffset(dueAt), dueAt };
  });

const count = (start: Instant, { n, unit }: Period, counting: Counting): Counted => {
  switch (unit) {
    case 'elapsed hours': {
      const dueAt = afterRunning(start, n * HOUR_MS, counting.pauses);
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
      return countDays(localDay(start), n, unit, counting);
  }
};

/**
 * A clock of any period. Months and days end 23:59:59 local; hours are elapsed time. `begun`: by when it goes which days
 * count, where it is counted from a later instant.
 */
export const runClock = (
  { kind, ...by }: Basis,
  startedAt: Instant,
  period: Period,
  calendar: Calendar,
  {
    secondary,
    pauses = [],
    begun = startedAt,
  }: { readonly secondary?: DayUnit | undefined; readonly pauses?: readonly Pause[]; readonly begun?: Instant } = {},
): Clock => {
  const counting = { calendar: calendarOfClock(calendar, begun), pauses };
  const { dueAt, ...days } = count(startedAt, period, counting);
  const start = withOffset(startedAt);
  const { law, lawName, policy, paragraph, status, source, acute } = by;
  const names = { ...(lawName ? { lawName } : {}), ...(policy ? { policy } : {}) };
  const basis = { rule: kind, law, ...names, paragraph, status, source, start, period, acute };
  const derivation: Derivation = { ...basis, ...days, ...(pauses.length > 0 ? { pauses } : {}) };
  const clock = { kind, startedAt, dueAt, period, lawVersion: law };
  if (!secondary) return { ...clock, secondaryAt: null, derivation };
  const secondPeriod = { n: period.n, unit: secondary };
  const { dueAt: secondaryAt, ...secondDays } = count(startedAt, secondPeriod, counting);
  return { ...clock, secondaryAt, derivation: { ...derivation, secondary: { period: secondPeriod, ...secondDays } } };
};

/** Policy sets the period of feedback and of the re-assessment; that there must be one is law. */
const paragraphOfDuty = (kind: RuledKind, { references }: LawVersion): string | null => {
  if (kind === 'feedback') return references.feedback?.paragraph ?? null;
  return kind === 'reassess' ? (references['re-assessment']?.paragraph ?? null) : null;
};

// What is explained of a clock has whole seconds, and a burst starts many clocks within one. What was decided about rules and
// days within that second is told apart by the law, the rule and the calendar that they go by.
const ofSecond = kept<Clock>(500);

/** The clock as one that began at another instant of the same second. */
const begunAt = (clock: Clock, startedAt: Instant): Clock => {
  const beyond = startedAt.epochNanoseconds - clock.startedAt.epochNanoseconds;
  const { dueAt, period } = clock;
  const moved = period.unit === 'elapsed hours' ? new T.Instant(dueAt.epochNanoseconds + beyond) : dueAt;
  return { ...clock, startedAt, dueAt: moved };
};

/**
 * Starts a clock by the law in force when the notification was received and the policy in force at `start`.
 * Clocks of the law that run from receipt ignore `start`. `again`: a later round (follow-up after the first). `begun`:
 * when a clock began that is counted anew from a later `start`; it keeps the days of then.
 */
export const startClock = (
  kind: RuledKind,
  from: {
    readonly start: Instant;
    readonly receivedAt: Instant;
    readonly acute: boolean;
    readonly again?: boolean;
    readonly pauses?: readonly Pause[];
    readonly begun?: Instant;
  },
  rulebook: Rulebook,
  calendar: Calendar,
): Clock => {
  const law = lawAt(rulebook, from.receivedAt);
  const { rule, version } = isPolicyKind(kind)
    ? policyRuleAt(rulebook, kind, from.start, from.begun)
    : { rule: law.duties[kind], version: null };
  const period = (from.again && rule.again) || (from.acute && rule.acute) || rule.period;
  const { status, source } = rule;
  const { acute, begun, pauses = [] } = from;
  const startedAt = rule.runsFrom === 'received' ? from.receivedAt : from.start;
  const run = (): Clock => {
    const paragraph = rule.paragraph ?? paragraphOfDuty(kind, law);
    const policy = version === null ? {} : { policy: version };
    const basis = { kind, law: law.id, lawName: law.name, ...policy, paragraph, status, source, acute };
    return runClock(basis, startedAt, period, calendar, {
      secondary: rule.secondary,
      pauses,
      ...(begun ? { begun } : {}),
    });
  };
  if (begun || pauses.length > 0) return run();
  const key = `${kind} ${version} ${acute} ${secondOf(startedAt)}`;
  return begunAt(ofSecond([law, rule, period, calendarOfClock(calendar, startedAt)], key, run), startedAt);
};

type Moved = Pick<Clock, 'dueAt' | 'derivation'>;

/** A counted clock that does not end before its floor. */
export const withFloor = (clock: Moved, floor: Floor, calendar: Calendar): Moved => {
  const { period, start, pauses = [] } = clock.derivation;
  const end = floorEnd(calendar, period.unit, localDay(instant(start)), floor, pauses);
  const dueAt = latest(clock.dueAt, end);
  return { dueAt, derivation: { ...clock.derivation, due: withOffset(dueAt), floor } };
};

const SECOND_MS = 1000;

/**
 * The clock counted anew from where it was counted, with these pauses and by the rules by which it was started; a floor
 * keeps it. A derivation's start has whole seconds: what the due instant has beyond them stays.
 */
export const recount = (clock: Moved & Pick<Clock, 'startedAt'>, pauses: readonly Pause[], today: Calendar): Moved => {
  const calendar = calendarOfClock(today, clock.startedAt);
  const { rule, period, note, floor, pauses: old = [], ...basis } = clock.derivation;
  const start = instant(basis.start);
  const from = { ...basis, kind: rule };
  const beyond =
    clock.dueAt.epochMilliseconds - runClock(from, start, period, calendar, { pauses: old }).dueAt.epochMilliseconds;
  // More than a second is the floor's doing.
  const milliseconds = beyond > 0 && beyond < SECOND_MS ? beyond : 0;
  const { dueAt, derivation } = runClock(from, start.add({ milliseconds }), period, calendar, { pauses });
  const counted = { dueAt, derivation: { ...derivation, ...(note ? { note } : {}) } };
  return floor ? withFloor(counted, floor, calendar) : counted;
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
