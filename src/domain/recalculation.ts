import { calendarOfClock } from './calendar.ts';
import { inWords } from './deadline-explanation.ts';
import { type Clock, type Derivation, runClock, startClock, withFloor } from './deadlines.ts';
import type { Reason } from './errors.ts';
import { returnCheckAt } from './handover.ts';
import { isOpen, nextClosing, nextOpening } from './opening-hours.ts';
import { isPausedAt } from './pause.ts';
import { isTimer, type Retiming } from './referral.ts';
import { isPolicyKind, type PolicyKind } from './rulebook.ts';
import {
  earliest,
  endOfDay,
  type Instant,
  instant,
  isAfter,
  isBefore,
  iso,
  type LocalDay,
  latest,
  withOffset,
} from './time.ts';
import type { World } from './world.ts';

/** A clock or timer that runs, as far as a change of the rules concerns it. */
export type OpenClock = {
  readonly id: string;
  readonly referralId: string;
  readonly caseNumber: string;
  readonly kind: string;
  /** The unit that holds the clock. */
  readonly unit: string;
  readonly ownerUnit: string;
  readonly responsibleUnit: string;
  readonly receivedAt: Instant;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly acute: boolean;
  /** When the matter last became acute after it had begun as an ordinary one. */
  readonly acuteSince: Instant | null;
  readonly derivation: unknown;
};

/**
 * What a change would do to a clock that runs. `moves`: it is moved when the change is confirmed; else it would come out
 * otherwise if it began now, and stays as it is.
 */
export type ClockMove = {
  readonly clock: OpenClock;
  readonly to: Instant;
  readonly moves: boolean;
  readonly retiming: Retiming;
};

type Counted = Pick<Clock, 'dueAt' | 'derivation'>;

const sooner = (a: Counted, b: Counted): Counted => (isBefore(b.dueAt, a.dueAt) ? b : a);

/**
 * A clock of the municipality's own, counted again from all that has happened to it: an ordinary period from its start; of
 * an acute matter the acute period from when it became so, if that ends earlier; pauses as they were.
 */
const countPolicy = (clock: OpenClock, kind: PolicyKind, { rulebook, calendar }: World): Counted => {
  const { pauses = [], acute: startedAcute, start: from } = clock.derivation as Derivation;
  const count = (start: Instant, acute: boolean): Counted =>
    startClock(
      kind,
      { start, receivedAt: clock.receivedAt, acute, pauses, begun: clock.startedAt },
      rulebook,
      calendar,
    );
  if (!clock.acute) return count(clock.startedAt, false);
  const fromStart = startedAcute && withOffset(clock.startedAt) === from;
  if (fromStart) return count(clock.startedAt, true);
  const since = clock.acuteSince ?? (startedAcute ? instant(from) : null);
  const ordinary = count(clock.startedAt, false);
  return since === null ? ordinary : sooner(ordinary, count(since, true));
};

const DAYS: ReadonlySet<string> = new Set(['hverdage', 'workdays', 'days']);

/** Clocks of the law and steps of the ladder: their own period, over the days as they are. Hours and months have none. */
const countAgain = (clock: OpenClock, { calendar }: World): Counted => {
  const derivation = clock.derivation as Derivation;
  const { rule, period, start, pauses = [] } = derivation;
  if (!DAYS.has(period.unit)) return { dueAt: clock.dueAt, derivation };
  return runClock({ ...derivation, kind: rule }, instant(start), period, calendar, { pauses, begun: clock.startedAt });
};

const countUnder = (clock: OpenClock, world: World): Counted =>
  isPolicyKind(clock.kind) ? countPolicy(clock, clock.kind, world) : countAgain(clock, world);

const sameSecond = (a: Instant, b: Instant): boolean => withOffset(a) === withOffset(b);

const noteOf = (was: Instant): Reason => {
  const { da, en } = inWords(was);
  return {
    da: `Fristen er flyttet ved en ændring af kommunens regler. Før: ${da}.`,
    en: `The deadline was moved by a change of the municipality's rules. Before: ${en}.`,
  };
};

type Change = {
  readonly before: World;
  readonly after: World;
  readonly applyToOpen: boolean;
  /** The first local day on which the change holds; no clock ends by it before that day begins. */
  readonly from: LocalDay;
};

/** What is paused has stood still since then. */
const stillSince = ({ derivation }: OpenClock, now: Instant): Instant => {
  const lasting = ((derivation as Derivation).pauses ?? []).find((pause) => isPausedAt(now, [pause]));
  return lasting ? instant(lasting.from) : now;
};

/** Shortened, it ends at the earliest with the day before the change, or when it would have ended anyway. */
const shortened = (clock: OpenClock, is: Counted, { after, from }: Change, now: Instant): Counted => {
  const floor = { since: iso(stillSince(clock, now)), until: iso(endOfDay(from.subtract({ days: 1 }))) };
  const kept = withFloor(is, floor, calendarOfClock(after.calendar, clock.startedAt));
  return { ...kept, dueAt: earliest(kept.dueAt, clock.dueAt) };
};

const moveOf = (clock: OpenClock, change: Change, now: Instant): ClockMove[] => {
  const [was, counted] = [countUnder(clock, change.before), countUnder(clock, change.after)];
  if (sameSecond(was.dueAt, counted.dueAt)) return [];
  const shorter = isBefore(counted.dueAt, clock.dueAt);
  // What gives more time never brings forward an end that an earlier change has kept.
  if (shorter && isAfter(counted.dueAt, was.dueAt)) return [];
  const is = shorter ? shortened(clock, counted, change, now) : counted;
  if (sameSecond(is.dueAt, clock.dueAt)) return [];
  const { id, kind, acute, dueAt: before } = clock;
  const derivation = { ...is.derivation, note: noteOf(before) };
  const moves = change.applyToOpen && isPolicyKind(kind);
  return [{ clock, to: is.dueAt, moves, retiming: { id, kind, acute, dueAt: is.dueAt, derivation } }];
};

const NEXT = { opening: nextOpening, closing: nextClosing } as const;

type Hours = Parameters<typeof nextOpening>[0];

/**
 * When the system looks at who acts. A closed unit that does not open when it was to has been looked at, when it closed,
 * by hours that are no longer so: it is looked at anew at once.
 */
const lookAt = (kind: keyof typeof NEXT, unit: Hours, { before, after }: Change, now: Instant): Instant | null => {
  const misled =
    kind === 'closing' &&
    !isOpen(unit, after.calendar, now) &&
    !nextOpening(unit, after.calendar, now).equals(nextOpening(unit, before.calendar, now));
  return misled ? now : NEXT[kind](unit, after.calendar, now);
};

/** The system's own look at opening and closing follows the hours at once: it is no deadline that anybody was promised. */
const timerMove = (clock: OpenClock, change: Change, now: Instant): ClockMove[] => {
  const { before } = change;
  const timer = clock.kind as keyof typeof NEXT;
  for (const id of new Set([clock.responsibleUnit, clock.ownerUnit])) {
    const unit = before.organisation.units.get(id);
    if (!unit || !NEXT[timer](unit, before.calendar, now)?.equals(clock.dueAt)) continue;
    const to = lookAt(timer, unit, change, now);
    if (to === null || to.equals(clock.dueAt)) return [];
    const derivation = { ...(clock.derivation as Derivation), due: withOffset(to) };
    const { kind, acute } = clock;
    return [{ clock, to, moves: true, retiming: { id: clock.id, kind, acute, dueAt: to, derivation } }];
  }
  return [];
};

/** Opening hours of the receiver that come or go move the end of what it has of them; what has been stays counted. */
const returnMove = (clock: OpenClock, { before, after }: Change, now: Instant): ClockMove[] => {
  const { id, kind, acute, unit, startedAt } = clock;
  if (!before.organisation.units.has(unit)) return [];
  const counted = returnCheckAt(unit, after, startedAt);
  if (counted.equals(returnCheckAt(unit, before, startedAt))) return [];
  const to = latest(counted, now);
  const derivation = { ...(clock.derivation as Derivation), due: withOffset(to) };
  return [{ clock, to, moves: true, retiming: { id, kind, acute, dueAt: to, derivation } }];
};

/**
 * Every open clock that a change of the rules would give another due instant, and which of them move when it is
 * confirmed. What is due already stays due: the past is not changed. The same facts always give the same list, in the
 * order of the clocks' ids.
 */
export const movedBy = (clocks: readonly OpenClock[], change: Change, now: Instant): readonly ClockMove[] =>
  clocks
    .filter(({ dueAt }) => isAfter(dueAt, now))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((clock) => {
      if (clock.kind in NEXT) return timerMove(clock, change, now);
      if (clock.kind === 'return-check') return returnMove(clock, change, now);
      return isTimer(clock.kind) ? [] : moveOf(clock, change, now);
    });
