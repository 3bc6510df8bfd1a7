import { isOpen, nextOpening } from '#domain/opening-hours.ts';
import type { Organisation, Person } from '#domain/organisation.ts';
import { atLocal, type Instant, localDay, T } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { times } from '#test/support/size.ts';
import type { Chance } from './chance.ts';
import { isThere } from './staff.ts';
import type { Afterwards } from './work.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Acts fall on these, so that many fall together; of a big city's, as many as come in a quarter of an hour. */
export const GRID_MS = times(5, 15) * MINUTE;
const FORGETS = 0.1;
const IS_LATE = 0.08;
const MOST_DAYS_AWAY = 40;

/** What one person makes of one mail, or of their own work: when they will act, and whether they were careless. */
export type Intention = { readonly at: Instant | null; readonly careless: boolean };

const onGrid = (milliseconds: number): number => Math.ceil(milliseconds / GRID_MS) * GRID_MS;

/** The first instant from `from` on at which the person is at work; null for who has left or is away too long. */
const atWork = (person: Person, from: Instant, { organisation, calendar }: World): Instant | null => {
  const unit = organisation.units.get(person.unit);
  if (!unit) return null;
  let at = from;
  for (let n = 0; n < MOST_DAYS_AWAY; n++) {
    at = nextOpening(unit, calendar, at);
    if (isThere(person, localDay(at))) return at;
    at = atLocal(localDay(at).add({ days: 1 }), '00:00');
  }
  return null;
};

const later = (person: Person, from: Instant, delay: number, world: World): Instant | null => {
  const due = T.Instant.fromEpochMilliseconds(onGrid(from.epochMilliseconds + delay));
  const at = atWork(person, due, world);
  if (!at) return null;
  const unit = world.organisation.units.get(person.unit);
  const rounded = T.Instant.fromEpochMilliseconds(onGrid(at.epochMilliseconds));
  return unit && isOpen(unit, world.calendar, rounded) ? rounded : at;
};

/** Most act within the hour; some only later, some not at all. */
export const onMail = (person: Person, urgent: boolean, world: World, now: Instant, chance: Chance): Intention => {
  const forgets = chance('forgets') < FORGETS;
  const late = chance('late') < IS_LATE;
  if (forgets) return { at: null, careless: true };
  const soon = (2 + chance('soon') * 50) * MINUTE;
  const wait = late ? (urgent ? 3 + chance('wait') * 6 : 24 + chance('wait') * 72) * HOUR : soon;
  return { at: later(person, now, wait, world), careless: late };
};

const SPAN: Readonly<Record<Exclude<Afterwards, null>, readonly [from: number, to: number]>> = {
  now: [2 * MINUTE, 30 * MINUTE],
  days: [2 * HOUR, 4 * DAY],
  weeks: [2 * DAY, 18 * DAY],
  months: [35 * DAY, 125 * DAY],
};

/** When they come back to it of their own accord. */
export const onOwnAccord = (
  person: Person,
  when: Exclude<Afterwards, null>,
  world: World,
  now: Instant,
  chance: Chance,
): Intention => {
  if (chance('forgets') < FORGETS) return { at: null, careless: true };
  const [from, to] = SPAN[when];
  return { at: later(person, now, from + chance('span') * (to - from), world), careless: false };
};

const READS_THE_MAILBOX = ['intake', 'duty-officer'] as const;
const ELSE = ['caseworker', 'professional-coordinator', 'team-leader'] as const;

/** Who reads the unit's mailbox that day: its intake, else whoever else works there on cases. */
export const readersOf = (unitId: string, { people }: Organisation, now: Instant): Person[] => {
  const day = localDay(now);
  const there = [...people.values()].filter((person) => person.unit === unitId && isThere(person, day));
  const holding = (roles: readonly string[]): Person[] =>
    there.filter((person) => person.roles.some(({ role }) => roles.includes(role)));
  const first = holding(READS_THE_MAILBOX);
  return first.length > 0 ? first : holding(ELSE).slice(0, 1);
};
