import { addDays } from './calendar.ts';
import type { Dispute } from './ownership.ts';
import { atLocal, endOfDay, type Instant, isAfter, isBefore, localDay } from './time.ts';
import type { World } from './world.ts';

/** Why a dispute matters more than another, the weightiest first. */
export const CONCERNS = ['acute', 'run-out', 'sent-around', 'ends-soon', 'long-open'] as const;
export type Concern = (typeof CONCERNS)[number];

/** Refused or sent back so often, it is no misunderstanding between two units any more. */
const SENT_AROUND = 3;
/** Workdays; the ordinary ladder has 15. */
const LONG_OPEN = 10;

type Facts = Pick<Dispute, 'acute' | 'raisedAt' | 'stepEndsAt'> & {
  /** How often a unit has refused the work or had it sent back to it. */
  readonly turns: number;
};

/** 00:00 of the day after the next workday: a step that ends before is decided today or tomorrow, or climbs. */
const soon = (now: Instant, { calendar }: Pick<World, 'calendar'>): Instant =>
  atLocal(addDays(calendar, localDay(now), 1, 'workdays').due.add({ days: 1 }), '00:00');

/**
 * What makes a dispute one that a coordinator looks at first: a child who cannot wait; a ladder that has run out, so
 * that nobody else will act; a family that is sent around; a step that ends by the next workday; a long time.
 * On Friday the 6th a step that ends on Monday the 9th ends soon.
 */
export const concernsOf = (
  { acute, raisedAt, stepEndsAt, turns }: Facts,
  world: Pick<World, 'calendar'>,
  now: Instant,
): readonly Concern[] => {
  const old = addDays(world.calendar, localDay(raisedAt), LONG_OPEN, 'workdays').due;
  const holds: Readonly<Record<Concern, boolean>> = {
    acute,
    'run-out': !isAfter(stepEndsAt, now),
    'sent-around': turns >= SENT_AROUND,
    'ends-soon': isAfter(stepEndsAt, now) && isBefore(stepEndsAt, soon(now, world)),
    'long-open': isBefore(endOfDay(old), now),
  };
  return CONCERNS.filter((concern) => holds[concern]);
};

/** So that one weightier concern outweighs all lighter ones together: 0–31. */
export const weightOf = (concerns: readonly Concern[]): number =>
  concerns.reduce((sum, concern) => sum + 2 ** (CONCERNS.length - 1 - CONCERNS.indexOf(concern)), 0);

export type Place = { readonly weight: number; readonly at: Instant; readonly id: string };

/** The order of the board: what weighs most, then whose step ends first. Negative when `a` stands above `b`. */
export const byPlace = (a: Place, b: Place): number => {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (!a.at.equals(b.at)) return isBefore(a.at, b.at) ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
};
