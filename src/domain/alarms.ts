import { type Calendar, isWorkday, lastWorkdayUpTo } from './calendar.ts';
import { RULEBOOK } from './default-rulebook.ts';
import { kept } from './kept.ts';
import { addUnpausedDays, afterRunning, isPausedAt, isPausedOn, type Pause, ranBetween } from './pause.ts';
import { type AlarmRules, alarmRulesOf, type Period, type Rulebook } from './rulebook.ts';
import {
  atLocal,
  compareDays,
  compareInstants,
  dayNumber,
  type Instant,
  isAfter,
  isBefore,
  type LocalDay,
  latest,
  localDay,
} from './time.ts';

export type AlarmStage = 'quarter' | 'half' | 'last-day' | 'early' | 'last-workday' | 'last-open-day' | 'end';
/** What a notice about a clock tells: an alarm, that its end has passed, that its pause is over. */
export type NoticeStage = AlarmStage | 'after' | 'pause-ended';
export type Alarm = { readonly stage: AlarmStage; readonly at: Instant };

/** `kind` as in `DeadlineKind`; `period` decides which alarms the clock has. */
export type AlarmClock = {
  readonly kind: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly period: Period;
  /** Parts of its time are counted without them, and nothing alarms while they last. */
  readonly pauses?: readonly Pause[];
};

/** `hours` for clocks of elapsed hours, `workdays` for clocks of n workdays, `days` for every other day clock. */
export const countingOf = ({ unit }: Period): 'hours' | 'workdays' | 'days' => {
  if (unit === 'elapsed hours') return 'hours';
  return unit === 'workdays' ? 'workdays' : 'days';
};

const hourAlarms = ({ startedAt, dueAt, pauses = [] }: AlarmClock, { hourParts }: AlarmRules): Alarm[] => {
  const whole = ranBetween(startedAt, dueAt, pauses);
  const part = (of: number): Instant => afterRunning(startedAt, Math.floor(whole / of), pauses);
  return [
    { stage: 'quarter', at: part(hourParts.quarter) },
    { stage: 'half', at: part(hourParts.half) },
  ];
};

/** The last day is taken from the due instant, so that it stays right when a pause has moved it. */
const workdayAlarms = (clock: AlarmClock, calendar: Calendar, rules: AlarmRules): Alarm[] => {
  const last = lastWorkdayUpTo(calendar, localDay(clock.dueAt));
  const { startedAt, period, pauses = [] } = clock;
  const n = Math.ceil(period.n / rules.halfPart);
  const half = addUnpausedDays(calendar, localDay(startedAt), n, 'workdays', pauses).due;
  const alarms: Alarm[] = [{ stage: 'last-day', at: atLocal(last, rules.opensAt) }];
  if (compareDays(half, last) < 0) alarms.unshift({ stage: 'half', at: atLocal(half, rules.opensAt) });
  return alarms;
};

/** Calendar days of the clock after its first, paused ones left out. */
const lengthInDays = (start: LocalDay, due: LocalDay, pauses: readonly Pause[]): number => {
  const { days } = start.until(due, { largestUnit: 'days' });
  if (pauses.length === 0) return days;
  return Array.from({ length: days }, (_, n) => start.add({ days: n + 1 })).filter((day) => !isPausedOn(day, pauses))
    .length;
};

const dayAlarms = ({ startedAt, dueAt, pauses = [] }: AlarmClock, calendar: Calendar, rules: AlarmRules): Alarm[] => {
  const due = localDay(dueAt);
  const days = lengthInDays(localDay(startedAt), due, pauses);
  const early = due.subtract({ days: Math.ceil(days / rules.earlyPart) });
  const byUrgency = [
    { stage: 'last-open-day', day: lastWorkdayUpTo(calendar, due) },
    { stage: 'last-workday', day: lastWorkdayUpTo(calendar, due.subtract({ days: 1 })) },
    { stage: 'early', day: early },
  ] as const satisfies readonly { stage: AlarmStage; day: LocalDay }[];
  return byUrgency
    .filter(({ day }, index) => !byUrgency.slice(0, index).some((other) => compareDays(other.day, day) === 0))
    .map(({ stage, day }) => ({ stage, at: atLocal(day, rules.opensAt) }));
};

const inTime = (alarms: Alarm[]): Alarm[] => alarms.sort((a, b) => compareInstants(a.at, b.at));

/** Every clock that begins and ends on the same days alarms at the same instants; a burst need not count them anew. */
const ofDays = kept<readonly Alarm[]>(500);

/** In time order, with those that the clock leaves out. */
const beforeEnd = (clock: AlarmClock, calendar: Calendar, rules: AlarmRules): readonly Alarm[] => {
  const counting = countingOf(clock.period);
  if (counting === 'hours') return inTime(hourAlarms(clock, rules));
  const { startedAt, dueAt, period, pauses = [] } = clock;
  const [first, last] = [localDay(startedAt), localDay(dueAt)].map(dayNumber);
  const key = `${first} ${last} ${counting} ${period.n} ${pauses.length > 0 ? JSON.stringify(pauses) : ''}`;
  return ofDays([calendar, rules], key, () =>
    inTime(counting === 'workdays' ? workdayAlarms(clock, calendar, rules) : dayAlarms(clock, calendar, rules)),
  );
};

const rings =
  ({ startedAt, dueAt, pauses = [] }: AlarmClock) =>
  ({ at }: Alarm): boolean =>
    isAfter(at, startedAt) && isBefore(at, dueAt) && !isPausedAt(at, pauses);

const endOf = ({ dueAt }: AlarmClock): Alarm => ({ stage: 'end', at: dueAt });

/**
 * The alarms of a clock in time order, `end` last. Ones that fall together are one alarm with the most urgent
 * stage; ones not after the start or not before the end (a moved clock), or within a pause, are left out.
 * Receipt from Mon 2026-11-02, due Mon 2026-11-09: Fri 6th (last workday before), Sat 7th (early), Mon 9th, end.
 */
export const alarmsOf = (clock: AlarmClock, calendar: Calendar, rules: AlarmRules = RULEBOOK.alarms): Alarm[] => [
  ...beforeEnd(clock, calendar, rules).filter(rings(clock)),
  endOf(clock),
];

const nextWorkdayOpening = (calendar: Calendar, after: Instant, opensAt: string): Instant => {
  let day = localDay(after);
  while (!isWorkday(calendar, day) || !isAfter(atLocal(day, opensAt), after)) day = day.add({ days: 1 });
  return atLocal(day, opensAt);
};

/**
 * The first reminder strictly after both `dueAt` and `after`, one every `every`: hours count from the due
 * instant, workdays fall at opening time. Throws RangeError for other units.
 */
export const chaserAfter = (
  dueAt: Instant,
  every: Period,
  calendar: Calendar,
  after: Instant,
  opensAt: string = RULEBOOK.alarms.opensAt,
): Instant => {
  const from = latest(dueAt, after);
  if (every.unit === 'elapsed hours') {
    const rounds = Math.floor(dueAt.until(from).total('hours') / every.n) + 1;
    return dueAt.add({ hours: rounds * every.n });
  }
  if (every.unit !== 'workdays') throw new RangeError(`no reminders every ${every.n} ${every.unit}`);
  if (every.n === 1) return nextWorkdayOpening(calendar, from, opensAt);
  let at = dueAt;
  do for (let n = 0; n < every.n; n++) at = nextWorkdayOpening(calendar, at, opensAt);
  while (!isAfter(at, from));
  return at;
};

/** The first alarm strictly after `after`; once the end has passed, reminders without end (stage `after`). */
export const nextAlarm = (
  clock: AlarmClock,
  calendar: Calendar,
  after: Instant,
  rules: AlarmRules = RULEBOOK.alarms,
): { readonly stage: AlarmStage | 'after'; readonly at: Instant } => {
  if (isBefore(after, clock.dueAt)) {
    const own = rings(clock);
    return beforeEnd(clock, calendar, rules).find((one) => isAfter(one.at, after) && own(one)) ?? endOf(clock);
  }
  const every = countingOf(clock.period) === 'hours' ? rules.chaseHours : rules.chaseDays;
  return { stage: 'after', at: chaserAfter(clock.dueAt, every, calendar, after, rules.opensAt) };
};

/** The first alarm after `after`; of a clock whose time is over already, its end, told at once. */
export const alarmFrom = (
  clock: AlarmClock,
  { calendar, rulebook }: { readonly calendar: Calendar; readonly rulebook: Rulebook },
  after: Instant,
): { readonly stage: AlarmStage | 'after'; readonly at: Instant } =>
  isAfter(clock.dueAt, after)
    ? nextAlarm(clock, calendar, after, alarmRulesOf(rulebook, clock.kind, clock.startedAt))
    : { at: after, stage: 'end' };
