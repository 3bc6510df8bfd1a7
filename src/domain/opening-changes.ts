import type { OpeningException } from './calendar.ts';
import { refuseField } from './field-errors.ts';
import { hoursOn } from './opening-hours.ts';
import type { Organisation, Unit } from './organisation.ts';
import type { Change } from './regulation-change.ts';
import { calendarFrom, type Regulations } from './regulations.ts';
import { type Instant, type LocalDay, localDay, T, withOffset } from './time.ts';

type Periods = OpeningException['periods'];

/** Until `minute` (`HH:MM`) as it was, from then on as decided: what has been today is not changed. */
const fromMinute = (was: Periods, is: Periods, minute: string): Periods => [
  ...was.filter(({ from }) => from < minute).map(({ from, to }) => ({ from, to: to < minute ? to : minute })),
  ...is.filter(({ to }) => to > minute).map(({ from, to }) => ({ from: from > minute ? from : minute, to })),
];

const timeOf = (at: Instant): string => withOffset(at).slice(11, 16);

/** The first whole minute that has not begun; the last of the day is `24:00`. */
const nextMinute = (now: Instant): string => (timeOf(now) === '23:59' ? '24:00' : timeOf(now.add({ minutes: 1 })));

/** A unit that is closed for longer has closed for good: that is a change of the organisation. Local days. */
const MOST_CLOSED_DAYS = 180;

/** Days in a row, a chain of decisions counted as one, on which the unit is closed around `day`; stops past the most. */
const closedAround = (unit: Unit, regulations: Regulations, day: LocalDay): number => {
  const calendar = calendarFrom(regulations);
  const closed = (at: LocalDay): boolean => hoursOn(unit, calendar, at).length === 0;
  if (!closed(day)) return 0;
  let [first, last, n] = [day, day, 1];
  for (; n <= MOST_CLOSED_DAYS && closed(first.subtract({ days: 1 })); n += 1) first = first.subtract({ days: 1 });
  for (; n <= MOST_CLOSED_DAYS && closed(last.add({ days: 1 })); n += 1) last = last.add({ days: 1 });
  return n;
};

const demandOpenings = (is: Regulations, ids: readonly string[], on: string, { units }: Organisation): Regulations => {
  const tooLong = (id: string): boolean => {
    const unit = units.get(id);
    return unit !== undefined && closedAround(unit, is, T.PlainDate.from(on)) > MOST_CLOSED_DAYS;
  };
  return ids.some(tooLong) ? refuseField('change.to', 'closed-too-long') : is;
};

/** Units open otherwise, or not at all. From today on: from the next minute on, whatever the unit was until then. */
export const openOtherwise = (
  regulations: Regulations,
  change: Change<'opening-exception'>,
  id: string,
  organisation: Organisation,
  now: Instant,
): Regulations => {
  const { units } = organisation;
  const checked = (exceptions: Regulations['exceptions']): Regulations =>
    // Today has been open until now; the last day lies in what is decided.
    demandOpenings({ ...regulations, exceptions }, change.units, change.to, organisation);
  const { what: _what, ...row } = change;
  const today = localDay(now);
  if (row.from < today.toString()) refuseField('change.from', 'past-date');
  // A unit that is always open stands in for all others: it has no exceptions.
  const closes = (unitId: string): boolean => typeof units.get(unitId)?.hours === 'object';
  if (!row.units.every(closes)) refuseField('change.units', 'unknown-choice');
  if (row.from > today.toString()) return checked([...regulations.exceptions, { id, ...row }]);
  const calendar = calendarFrom(regulations);
  // Units that share the decision need not share the morning that has been.
  const ofToday = row.units.map((unitId) => {
    const was = hoursOn(units.get(unitId) as Unit, calendar, today);
    const periods = fromMinute(was, row.periods, nextMinute(now));
    return { ...row, id: `${id}-${unitId}`, units: [unitId], to: row.from, periods };
  });
  const later = row.to === row.from ? [] : [{ id, ...row, from: today.add({ days: 1 }).toString() }];
  return checked([...regulations.exceptions, ...ofToday, ...later]);
};

/** `to` is its last day; one that has not begun is taken away by a last day before its first. */
export const endException = (
  regulations: Regulations,
  { id, to, source }: Change<'end-exception'>,
  organisation: Organisation,
  today: LocalDay,
): Regulations => {
  const found = regulations.exceptions.find((one) => one.id === id);
  if (!found || found.to <= today.toString()) return refuseField('change.id', 'unknown-choice');
  if (to < today.toString() || to >= found.to) refuseField('change.to', 'out-of-range');
  const rest = regulations.exceptions.filter((one) => one.id !== id);
  const exceptions = to < found.from ? rest : [...rest, { ...found, to, source }];
  // What opened units may have been all that parted two long closings.
  return demandOpenings({ ...regulations, exceptions }, found.units, found.to, organisation);
};
