/** The ladder of disputes and escalations: the second model of rules.md, *Policy clocks* and *Acute*. */
import { type Alarm, alarmsOf } from './alarms.ts';
import { type Count, dueOf } from './clocks.ts';

const workdays = (n: number): Count => ({ n, unit: 'workdays' });
const hours = (n: number): Count => ({ n, unit: 'elapsed hours' });
const ORDINARY: Readonly<Record<number, Count>> = { 1: workdays(2), 2: workdays(3), 3: workdays(5), 4: workdays(5) };
const ACUTE: Readonly<Record<number, Count>> = { 2: hours(4), 3: hours(8), 4: hours(24) };

export type Rung = {
  readonly step: number;
  readonly startsAt: number;
  readonly endsAt: number;
  /** How, and from when, its present time is counted: a change of priority counts anew, the step began when it began. */
  readonly count: Count;
  readonly countedFrom: number;
};

const rung = (step: number, startsAt: number, acute: boolean): Rung => {
  const count = (acute ? ACUTE : ORDINARY)[step];
  if (!count) throw new RangeError('no such step');
  return { step, startsAt, endsAt: dueOf(startsAt, count), count, countedFrom: startsAt };
};

/** Every step that a dispute raised at `raised` goes through when nobody does anything, from `first` on. */
export const climb = (raised: number, acute: boolean, first: number = acute ? 2 : 1): Rung[] => {
  const rungs = [rung(first, raised, acute)];
  for (let last = rungs[0] as Rung; last.step < 4; last = rungs.at(-1) as Rung) {
    rungs.push(rung(last.step + 1, last.endsAt, acute));
  }
  return rungs;
};

/**
 * To acute: step 1 becomes step 2; a later step keeps its number, with the acute time from the change if that is earlier.
 * Either way it now alarms as a clock in hours.
 */
export const toAcute = (now: Rung, changed: number): Rung => {
  if (now.step === 1) return rung(2, changed, true);
  const acute = rung(now.step, changed, true);
  return { ...acute, startsAt: now.startsAt, endsAt: Math.min(acute.endsAt, now.endsAt) };
};

/** To ordinary: the ordinary time from the step's start, never before the change. */
export const toOrdinary = (now: Rung, changed: number): Rung => {
  const ordinary = rung(now.step, now.startsAt, false);
  return { ...ordinary, endsAt: Math.max(ordinary.endsAt, changed) };
};

export const alarmsOfRung = ({ countedFrom, count, endsAt }: Rung): Alarm[] => alarmsOf(countedFrom, count, endsAt);
