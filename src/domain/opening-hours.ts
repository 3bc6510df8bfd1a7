import { type Calendar, closingDayOn, holidayName, type OpeningException } from './calendar.ts';
import { kept } from './kept.ts';
import type { Unit } from './organisation.ts';
import {
  atLocal,
  compareDays,
  dayNumber,
  earliest,
  type Instant,
  isAfter,
  isBefore,
  type LocalDay,
  latest,
  localDay,
} from './time.ts';

/** Half-open: open at `opens`, closed at `closes`; one that lasts to midnight may go on on the next day. */
type OpenPeriod = { readonly opens: Instant; readonly closes: Instant; readonly toMidnight: boolean };
type Opening = Pick<Unit, 'id' | 'hours'>;

/** A unit closed for longer than this has hours that are wrong, and must not be searched for ever. */
const HORIZON_DAYS = 400;

const MIDNIGHT_AFTER = '24:00';

const closingInstant = (day: LocalDay, to: string): Instant =>
  to === MIDNIGHT_AFTER ? atLocal(day.add({ days: 1 }), '00:00') : atLocal(day, to);

type Weekly = Exclude<Unit['hours'], 'always'>;

/** What has been decided for the unit on that very day, or null on an ordinary one. */
const exceptionOn = (unitId: string, { exceptions }: Calendar, day: LocalDay): OpeningException | null => {
  if (exceptions.length === 0) return null;
  const date = day.toString();
  return exceptions.findLast(({ units, from, to }) => units.includes(unitId) && from <= date && date <= to) ?? null;
};

const weeklyOn = (weekly: Weekly, calendar: Calendar, day: LocalDay): OpeningException['periods'] => {
  const hours = weekly[day.dayOfWeek];
  return !hours || hours.length === 0 || holidayName(calendar, day) || closingDayOn(calendar, day) ? [] : hours;
};

const countPeriods = (hours: OpeningException['periods'], day: LocalDay): readonly OpenPeriod[] => {
  const merged: OpenPeriod[] = [];
  for (const { from, to } of hours.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const period = { opens: atLocal(day, from), closes: closingInstant(day, to), toMidnight: to === MIDNIGHT_AFTER };
    // The spring night swallows 02:00–03:00 whole.
    if (!isBefore(period.opens, period.closes)) continue;
    const last = merged.at(-1);
    if (last && !isAfter(period.opens, last.closes)) {
      const longer = isAfter(last.closes, period.closes) ? last : period;
      merged[merged.length - 1] = { ...longer, opens: last.opens };
    } else merged.push(period);
  }
  return merged;
};

/** When the unit is open on a local day, as decided for that day or as in the week; none where it is closed. */
export const hoursOn = ({ id, hours }: Opening, calendar: Calendar, day: LocalDay): OpeningException['periods'] => {
  if (hours === 'always') return [{ from: '00:00', to: MIDNIGHT_AFTER }];
  return exceptionOn(id, calendar, day)?.periods ?? weeklyOn(hours, calendar, day);
};

/** A submission asks some ten times for the same few days. */
const counted = kept<readonly OpenPeriod[]>(500);

/**
 * The periods of one local day, in order, overlapping or touching ones as one. An exception is kept by itself: units
 * that share a week need not share it.
 */
const periodsOn = ({ id, hours }: Opening, calendar: Calendar, day: LocalDay): readonly OpenPeriod[] => {
  if (hours === 'always')
    return [{ opens: atLocal(day, '00:00'), closes: closingInstant(day, MIDNIGHT_AFTER), toMidnight: true }];
  const exception = exceptionOn(id, calendar, day);
  if (exception) return counted([calendar, exception], dayNumber(day), () => countPeriods(exception.periods, day));
  return counted([calendar, hours], dayNumber(day), () => countPeriods(weeklyOn(hours, calendar, day), day));
};

function* periodsFrom(unit: Opening, calendar: Calendar, at: Instant): Generator<OpenPeriod> {
  let day = localDay(at);
  let held: OpenPeriod | null = null;
  for (let n = 0; n < HORIZON_DAYS; n++) {
    for (const period of periodsOn(unit, calendar, day)) {
      if (held && !isAfter(period.opens, held.closes)) held = { ...period, opens: held.opens };
      else {
        if (held) yield held;
        held = period;
      }
    }
    // Only a period to midnight can touch one of the next day, which most who ask do not need.
    if (held && !held.toMidnight) {
      yield held;
      held = null;
    }
    day = day.add({ days: 1 });
  }
  if (held) yield held;
}

const neverOpens = (unit: Opening): never => {
  throw new RangeError(`unit ${unit.id} has no opening hours`);
};

/** Closed on helligdage and municipal closing days, unless the unit is always open. */
export const isOpen = (unit: Opening, calendar: Calendar, at: Instant): boolean =>
  unit.hours === 'always' ||
  periodsOn(unit, calendar, localDay(at)).some(({ opens, closes }) => !isBefore(at, opens) && isBefore(at, closes));

/** `at` itself while open. Throws RangeError for a unit that never opens. */
export const nextOpening = (unit: Opening, calendar: Calendar, at: Instant): Instant => {
  if (unit.hours === 'always') return at;
  for (const { opens, closes } of periodsFrom(unit, calendar, at)) {
    if (isBefore(at, closes)) return latest(at, opens);
  }
  return neverOpens(unit);
};

/** The first closing strictly after `at`, open or not at `at`; null when always open. Throws as `nextOpening`. */
export const nextClosing = (unit: Opening, calendar: Calendar, at: Instant): Instant | null => {
  if (unit.hours === 'always') return null;
  for (const { closes } of periodsFrom(unit, calendar, at)) {
    if (isAfter(closes, at)) return closes;
  }
  return neverOpens(unit);
};

/**
 * The instant at which the unit has been open for `milliseconds` since `at`. Throws as `nextOpening`.
 * Four hours from Friday 14:00 with closing at 15:00 → Monday 11:00.
 */
export const afterOpenTime = (unit: Opening, calendar: Calendar, at: Instant, milliseconds: number): Instant => {
  if (unit.hours === 'always') return at.add({ milliseconds });
  let left = milliseconds;
  for (const { opens, closes } of periodsFrom(unit, calendar, at)) {
    const from = latest(opens, at);
    const open = closes.epochMilliseconds - from.epochMilliseconds;
    if (open >= left) return from.add({ milliseconds: left });
    if (open > 0) left -= open;
  }
  return neverOpens(unit);
};

/** Milliseconds open in [from, until); 0 when `until` is not after `from`. */
export const openTimeBetween = (unit: Opening, calendar: Calendar, from: Instant, until: Instant): number => {
  if (!isBefore(from, until)) return 0;
  if (unit.hours === 'always') return until.epochMilliseconds - from.epochMilliseconds;
  let open = 0;
  const last = localDay(until);
  for (let day = localDay(from); compareDays(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const period of periodsOn(unit, calendar, day)) {
      const opens = latest(period.opens, from);
      const closes = earliest(period.closes, until);
      if (isBefore(opens, closes)) open += closes.epochMilliseconds - opens.epochMilliseconds;
    }
  }
  return open;
};
