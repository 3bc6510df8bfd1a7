/** A policy clock through changes of priority and pauses: the second model of rules.md, *Acute*. Instants are milliseconds. */
import { type Alarm, alarmsOf } from './alarms.ts';
import { type Count, dueOf } from './clocks.ts';
import type { Pause } from './pauses.ts';

export type Kind = { readonly ordinary: Count; readonly acute: Count };

const workdays = (n: number): Count => ({ n, unit: 'workdays' });
const hours = (n: number): Count => ({ n, unit: 'elapsed hours' });

export const KINDS = {
  acknowledge: { ordinary: workdays(1), acute: hours(1) },
  handover: { ordinary: workdays(2), acute: hours(4) },
  feedback: { ordinary: workdays(5), acute: workdays(5) },
  'request-for-more': { ordinary: workdays(5), acute: hours(4) },
} as const satisfies Record<string, Kind>;

export type Clock = {
  readonly kind: Kind;
  /** When the clock's own act happened; no change of priority moves it. */
  readonly start: number;
  /** From when, and how, the present due instant was counted. */
  readonly countedFrom: number;
  readonly count: Count;
  readonly due: number;
  /** Kept through hand-over and change of priority. */
  readonly pauses: readonly Pause[];
};

export const begin = (kind: Kind, start: number, acute: boolean): Clock => {
  const count = acute ? kind.acute : kind.ordinary;
  return { kind, start, countedFrom: start, count, due: dueOf(start, count), pauses: [] };
};

/** Due at the earlier of its old instant and the acute period from the change. */
export const clockToAcute = (clock: Clock, changed: number): Clock => {
  const { acute, ordinary } = clock.kind;
  if (acute.unit === ordinary.unit) return clock;
  const due = dueOf(changed, acute, clock.pauses);
  return due < clock.due ? { ...clock, countedFrom: changed, count: acute, due } : clock;
};

/** The ordinary period from the clock's start, never before the change. */
export const clockToOrdinary = (clock: Clock, changed: number): Clock => {
  const count = clock.kind.ordinary;
  const due = Math.max(dueOf(clock.start, count, clock.pauses), changed);
  return { ...clock, count, countedFrom: clock.start, due };
};

const withPauses = (clock: Clock, pauses: readonly Pause[]): Clock => ({
  ...clock,
  pauses,
  due: dueOf(clock.countedFrom, clock.count, pauses),
});

export const pausedUntil = (clock: Clock, from: number, until: number): Clock =>
  withPauses(clock, [...clock.pauses, { from, until }]);

/** It runs again before the pause was to end. */
export const resumed = (clock: Clock, at: number): Clock =>
  withPauses(
    clock,
    clock.pauses.map((pause) => (pause.from <= at && at < pause.until ? { ...pause, until: at } : pause)),
  );

export const alarmsOfClock = ({ countedFrom, count, due, pauses }: Clock): Alarm[] =>
  alarmsOf(countedFrom, count, due, pauses);
