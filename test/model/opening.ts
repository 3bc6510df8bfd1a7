/** Opening hours and quiet hours, minute by minute: the second model. Instants are milliseconds, whole minutes. */
import { dateText, dayAt, dayOf, MINUTE, shown } from './days.ts';

/** Minutes after 00:00: open from the first, closed from the second. */
export type Span = readonly [from: number, to: number];
export type Hours =
  | 'always'
  | {
      /** Monday first; an ordinary week has nothing on the last two. */
      readonly week: readonly (readonly Span[])[];
      /** By local day: what holds instead of the week, even on a helligdag. */
      readonly except?: Readonly<Record<string, readonly Span[]>>;
    };

const spansOn = (hours: Exclude<Hours, 'always'>, day: number): readonly Span[] => {
  const exception = hours.except?.[dateText(day)];
  if (exception) return exception;
  if (dayAt(day).helligdag || dayAt(day).closingDay) return [];
  return hours.week[dayAt(day).weekday] ?? [];
};

export const isOpen = (hours: Hours, at: number): boolean => {
  if (hours === 'always') return true;
  const minutes = shown(at);
  return spansOn(hours, dayOf(at)).some(([from, to]) => from <= minutes && minutes < to);
};

const nextMinute = (at: number): number => at - (at % MINUTE) + MINUTE;

/** Open time between two instants, in milliseconds. */
export const openTime = (hours: Hours, from: number, to: number): number => {
  let open = 0;
  for (let at = from; at < to; at = nextMinute(at)) {
    if (isOpen(hours, at)) open += Math.min(nextMinute(at), to) - at;
  }
  return open;
};

/** The instant at which so much open time has passed since `from`. */
export const afterOpenTime = (hours: Hours, from: number, milliseconds: number): number => {
  let left = milliseconds;
  let at = from;
  for (;;) {
    const step = nextMinute(at) - at;
    if (isOpen(hours, at)) {
      if (left <= step) return at + left;
      left -= step;
    }
    at += step;
  }
};

/** `at` itself while open, else the next opening. */
export const openFrom = (hours: Hours, at: number): number => {
  let now = at;
  while (!isOpen(hours, now)) now = nextMinute(now);
  return now;
};

/** The first instant after `at` at which an open unit closes, or a closed one has opened and closes again. */
export const nextClosing = (hours: Exclude<Hours, 'always'>, at: number): number => {
  let now = openFrom(hours, at);
  while (isOpen(hours, now)) now = nextMinute(now);
  return now;
};

/** Mail of ordinary clocks waits for its receiver's next opening; that of the 24 hours and of acute matters never does. */
export const mailedAt = (hours: Hours, at: number, waits: boolean): number => (waits ? openFrom(hours, at) : at);
