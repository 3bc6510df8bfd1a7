import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moveTo } from '#domain/acknowledge.ts';
import { alarmClockOf } from '#domain/alarm-mails.ts';
import { nextAlarm } from '#domain/alarms.ts';
import { returnAtOpening, reviewAtClosing } from '#domain/closing.ts';
import { startClock } from '#domain/deadlines.ts';
import { DomainError } from '#domain/errors.ts';
import { proposeHandover, withdrawHandover } from '#domain/handover.ts';
import { acceptHandover, declineHandover } from '#domain/handover-answer.ts';
import { endPause, PAUSE_REASONS, pauseClock, resumeClock } from '#domain/pausing.ts';
import { changePriority } from '#domain/priority.ts';
import type { Decision, RunningClock } from '#domain/referral.ts';
import type { Instant } from '#domain/time.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { makeReferral, world } from '#test/support/referral.ts';
import { times } from '#test/support/size.ts';
import { atWall, dayOf, MINUTE } from './days.ts';
import { anyMinute, asText, inMs, toInstant } from './instants.ts';
import {
  alarmsOfClock,
  begin,
  type Clock,
  clockToAcute,
  clockToOrdinary,
  KINDS,
  pausedUntil,
  resumed,
} from './policy-clock.ts';

const UNITS = ['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen', 'bbu-amager-ost'];
const ACTS = [
  'priority',
  'priority',
  'priority',
  'correct',
  'propose',
  'propose',
  'accept',
  'pass-on',
  'withdraw',
  'pause',
  'pause',
  'resume',
  'wait',
] as const;
type Act = {
  readonly act: (typeof ACTS)[number];
  readonly unit: number;
  readonly minutes: number;
  readonly rest: number;
};

const TIMERS: ReadonlySet<string> = new Set(['opening', 'closing', 'pause-end']);

let serial = 0;
const newId = (): string => `h${++serial}`;

const isPolicy = ({ kind }: RunningClock): boolean =>
  kind === 'acknowledge' || kind === 'handover' || kind === 'feedback';

const midnightAfter = (now: Instant, days: number): Instant => toInstant(atWall(dayOf(inMs(now)) + days, 0));

const chosen = ({ referral }: Matter, pick: number): RunningClock => {
  const clocks = referral.clocks.filter(isPolicy);
  const clock = clocks[pick % clocks.length];
  if (!clock) throw new DomainError('NOT_FOUND');
  return clock;
};

const acting = (matter: Matter, { act, unit, rest }: Act, now: Instant): Decision => {
  const open = openOf(matter);
  const { referral } = matter;
  const name = UNITS[unit] ?? '';
  switch (act) {
    case 'priority':
      return changePriority(referral, { acute: !referral.acute, reason: 'x' }, world, now);
    case 'correct':
      return moveTo(referral, name, 'corrected', { kind: 'routed-again', data: {} }, world, now);
    case 'propose':
      return proposeHandover(referral, open, { id: newId(), to: name, reason: 'x' }, world, now);
    case 'accept':
      return acceptHandover(referral, open, { personId: 'p' }, world, now);
    case 'pass-on':
      return declineHandover(referral, open, { nextId: newId(), instead: name, basis: 'b', reason: 'x' }, world, now);
    case 'withdraw':
      return withdrawHandover(referral, open, { reason: 'x' }, world, now);
    case 'pause': {
      const what = { clockId: chosen(matter, unit).id, id: newId(), reason: PAUSE_REASONS[0].code };
      const until = rest < 0 ? midnightAfter(now, -rest) : now.add({ minutes: rest });
      return pauseClock(referral, { ...what, until }, 'p', world, now);
    }
    case 'resume':
      return resumeClock(referral, { clockId: chosen(matter, unit).id }, world, now);
    case 'wait':
      return { patch: {}, facts: [] };
  }
};

/** The clocks that policy sets, by kind and subject, as the model has them. */
type Model = { readonly acute: boolean; readonly clocks: ReadonlyMap<string, Clock> };
const keyOf = ({ kind, subjectId }: Pick<RunningClock, 'kind' | 'subjectId'>): string => `${kind} ${subjectId ?? ''}`;

/** What rules.md makes of an act, told by what happened: a pause, a change of priority, a move, a hand-over. */
const told = (model: Model, before: Matter, after: Matter, decision: Decision, at: number): Model => {
  const clocks = new Map(model.clocks);
  for (const { kind, data } of decision.facts) {
    const about = data as { deadline?: string; until?: string };
    const row = before.referral.clocks.find(({ id }) => id === about.deadline);
    const clock = row && clocks.get(keyOf(row));
    if (!row || !clock) continue;
    if (kind === 'clock-paused') clocks.set(keyOf(row), pausedUntil(clock, at, Date.parse(about.until ?? '')));
    if (kind === 'clock-resumed') clocks.set(keyOf(row), resumed(clock, at));
  }
  const { acute } = after.referral;
  if (acute !== model.acute) {
    for (const [key, clock] of clocks) clocks.set(key, acute ? clockToAcute(clock, at) : clockToOrdinary(clock, at));
  }
  const move = after.owners.length > before.owners.length ? after.owners.at(-1) : undefined;
  // A dispute that ends by night leaves the work where it is: the duty unit goes on, and has had its hour.
  const stays = move?.reason === 'dispute-ended' && move.unit === before.owners.at(-1)?.unit;
  if (move && !stays) {
    // Accepting is acknowledging; every other move of ownership starts the acknowledgement anew.
    clocks.delete('acknowledge ');
    if (move.reason !== 'accepted') clocks.set('acknowledge ', begin(KINDS.acknowledge, at, acute));
  }
  for (const { id, state } of after.handovers) {
    const known = before.handovers.find((one) => one.id === id);
    if (state !== 'proposed') clocks.delete(`handover ${id}`);
    else if (!known) clocks.set(`handover ${id}`, begin(KINDS.handover, at, acute));
  }
  return { acute, clocks };
};

type Counted = Pick<RunningClock, 'kind' | 'startedAt' | 'dueAt'> & { readonly derivation: unknown };
const nextAfter = (clock: Counted, at: number): string => {
  const next = nextAlarm(alarmClockOf(clock), world.calendar, toInstant(at));
  return `${next.stage} ${asText(inMs(next.at))}`;
};

/** Kinds, due instants and the next alarm of what policy sets. */
const shownInProduct = ({ referral }: Matter, at: number) =>
  Object.fromEntries(
    referral.clocks.filter(isPolicy).map((clock) => {
      const alarm = at < inMs(clock.dueAt) ? nextAfter({ ...clock, derivation: clock.derivation }, at) : 'past';
      return [keyOf(clock), `${asText(inMs(clock.dueAt))}, then ${alarm}`];
    }),
  );

const shownInModel = ({ clocks }: Model, at: number) =>
  Object.fromEntries(
    [...clocks].map(([key, clock]) => {
      const next = alarmsOfClock(clock).find((alarm) => alarm.at > at);
      const alarm = at < clock.due ? `${next?.name} ${next && asText(next.at)}` : 'past';
      return [key, `${asText(clock.due)}, then ${alarm}`];
    }),
  );

const began = (kind: 'acknowledge' | 'feedback', start: number, acute: boolean) => {
  const [from, receivedAt] = [toInstant(start), toInstant(start)];
  const clock = startClock(kind, { start: from, receivedAt, acute }, world.rulebook, world.calendar);
  return { ...clock, id: kind, subjectId: null, acute };
};

const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom(...ACTS),
  unit: fc.nat(3),
  // In minutes; less than none: until so many midnights on.
  rest: fc.oneof(fc.integer({ min: -4, max: -1 }), fc.nat(90), fc.nat(30 * 60), fc.nat(6 * 24 * 60)),
  minutes: fc.oneof(fc.nat(70), fc.nat(6 * 60), fc.nat(4 * 24 * 60)),
});

it('policy clocks are due and alarm as the slow model says through pauses, hand-overs, moves, nights and changes of priority', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyMinute, fc.boolean(), fc.array(act, { minLength: 2, maxLength: 12 }), (start, acute, acts) => {
      const first = [began('acknowledge', start, acute), began('feedback', start, acute)];
      const at0 = toInstant(start);
      let matter = matterOf(makeReferral({ acute, receivedAt: at0, registeredAt: at0, changedAt: at0, clocks: first }));
      let model: Model = {
        acute,
        clocks: new Map([
          ['acknowledge ', begin(KINDS.acknowledge, start, acute)],
          ['feedback ', begin(KINDS.feedback, start, acute)],
        ]),
      };
      let at = start;
      const step = (decision: Decision): void => {
        const before = matter;
        matter = applied(matter, decision, toInstant(at));
        model = told(model, before, matter, decision, at);
        expect(shownInProduct(matter, at)).toEqual(shownInModel(model, at));
      };
      /** What the system does by itself at the openings, closings and ends of pauses on the way. */
      const liveUntil = (until: number): void => {
        for (;;) {
          const timers = matter.referral.clocks.filter(({ kind }) => TIMERS.has(kind));
          const due = timers
            .filter(({ dueAt }) => inMs(dueAt) <= until)
            .toSorted((a, b) => inMs(a.dueAt) - inMs(b.dueAt))[0];
          if (!due) break;
          at = Math.max(at, inMs(due.dueAt));
          const review = due.kind === 'opening' ? returnAtOpening : reviewAtClosing;
          const now = toInstant(at);
          if (due.kind === 'pause-end') step(endPause(matter.referral, { handover: null }, due, world, now));
          else step(review(matter.referral, world, now, openOf(matter)));
        }
        at = until;
      };
      for (const one of acts) {
        liveUntil(at + one.minutes * MINUTE);
        try {
          step(acting(matter, one, toInstant(at)));
          seen.set(one.act, (seen.get(one.act) ?? 0) + 1);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }
    }),
    { numRuns: times(200, 4_000) },
  );
  expect([...seen.keys()].toSorted()).toEqual([...new Set(ACTS)].toSorted());
});
