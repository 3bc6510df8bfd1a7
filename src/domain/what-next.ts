import { alarmClockOf } from './alarm-mails.ts';
import { alarmFrom } from './alarms.ts';
import type { Derivation } from './deadlines.ts';
import { dueActOf, isNothing } from './due-acts.ts';
import { dueStep } from './due-step.ts';
import type { Fact } from './journal.ts';
import { isLegal } from './lifecycle.ts';
import { type OpenMatters, openDispute } from './ownership.ts';
import { isPaused } from './pausing.ts';
import { type Decision, type Mail, personOn, type Referral, type RunningClock } from './referral.ts';
import { compareInstants, type Instant, isAfter, iso, latest } from './time.ts';
import type { World } from './world.ts';

/** One thing that will happen by itself unless somebody acts before: a reminder, or an act of the system. */
export type NextThing = {
  readonly at: Instant;
  readonly clock: string;
  readonly mails: readonly Mail[];
} & ({ readonly kind: 'alarm'; readonly stage: string } | { readonly kind: 'act'; readonly facts: readonly Fact[] });

type State = { readonly referral: Referral; readonly open: OpenMatters };

const withAlarm = (clock: RunningClock, world: World, after: Instant): RunningClock => {
  const { period } = clock.derivation as Derivation;
  if (!period) return { ...clock, alarmAt: clock.dueAt, stage: 'act' };
  if (isPaused(clock, after)) return { ...clock, alarmAt: null, stage: null };
  const { at, stage } = alarmFrom(alarmClockOf({ ...clock, derivation: clock.derivation }), world, after);
  return { ...clock, alarmAt: at, stage };
};

/** What stands once a decision is written, as far as the system looks at it again. */
const after = ({ referral, open }: State, decision: Decision, world: World, now: Instant): State => {
  const { patch, move, start = [], timers = [], end = [], retime = [], handovers = [], disputes = [] } = decision;
  const over = (clock: RunningClock): boolean =>
    end.some((e) => e.kind === clock.kind && (e.subjectId === undefined || e.subjectId === clock.subjectId));
  const kept = referral.clocks
    .filter((clock) => !over(clock))
    .map((clock) => {
      const moved = retime.find(({ id }) => id === clock.id);
      return moved ? withAlarm({ ...clock, ...moved }, world, moved.alarmsAfter ?? now) : clock;
    });
  const begun = [
    ...start.map((clock) => ({ ...clock, acute: clock.derivation.acute })),
    ...timers.map((timer) => ({ ...timer, acute: false, startedAt: now, derivation: { note: timer.why } })),
  ].map((clock, n) => ({ ...clock, id: `${iso(now)} ${n}`, subjectId: clock.subjectId ?? null }));
  const { closeReason: _, ...rest } = patch;
  const owner = move ? [{ unit: move.unit, reason: move.reason, countsAsMove: move.countsAsMove }] : [];
  const handover = handovers.at(-1)?.is ?? open.handover;
  return {
    referral: { ...referral, ...rest, clocks: [...kept, ...begun.map((clock) => withAlarm(clock, world, now))] },
    open: {
      handover: handover?.state === 'proposed' || handover?.state === 'declined' ? handover : null,
      dispute: disputes.at(-1)?.is ?? open.dispute,
      history: { ...open.history, owners: [...open.history.owners, ...owner] },
    },
  };
};

const replaced = (state: State, clock: RunningClock): State => ({
  ...state,
  referral: { ...state.referral, clocks: state.referral.clocks.map((one) => (one.id === clock.id ? clock : one)) },
});

/** The soonest instant at which something is due, no earlier than `from`. */
const nextInstant = ({ referral }: State, from: Instant): Instant | null => {
  const all = referral.clocks.flatMap(({ alarmAt }) => (alarmAt ? [alarmAt] : [])).sort(compareInstants);
  return all[0] ? latest(all[0], from) : null;
};

/** What happens at one instant: first who is reminded as it stands then, then what the system does. */
const instantOf = (state: State, at: Instant, world: World): { things: NextThing[]; state: State } => {
  const { ownerUnit, assessmentUnit, senderPersonId } = state.referral;
  const dispute = openDispute(state.open);
  const due = state.referral.clocks.filter(({ alarmAt }) => alarmAt && !isAfter(alarmAt, at));
  const things: NextThing[] = [];
  const acting: RunningClock[] = [];
  let now = state;
  for (const clock of due) {
    const receiverUnit = state.open.handover?.to ?? null;
    const handlerId = personOn(clock.kind, now.referral);
    const people = { ownerUnit, assessmentUnit, receiverUnit, handlerId, senderPersonId };
    const alarmed = { ...clock, ...people, stage: clock.stage ?? '', derivation: clock.derivation };
    const ladder = dispute?.id === clock.subjectId ? (dispute ?? undefined) : undefined;
    const { acts, reminder } = dueStep(alarmed, ladder, world, at);
    if (acts) acting.push(clock);
    if (reminder) {
      things.push({ at, clock: clock.kind, kind: 'alarm', stage: reminder.stage, mails: reminder.mails });
    }
    now = replaced(now, { ...clock, alarmAt: reminder?.next.at ?? null, stage: reminder?.next.stage ?? null });
  }
  for (const { id } of acting) {
    const clock = now.referral.clocks.find((one) => one.id === id);
    const act = clock && dueActOf(clock.kind);
    if (!clock || !act || !isLegal(act.act, now.referral.status)) continue;
    const newId = (): string => `${iso(at)} dispute`;
    const decision = act.decide({ ...now, clock, world, now: at, newId });
    if (!decision || isNothing(decision)) continue;
    const { facts, mails = [] } = decision;
    if (facts.length > 0) things.push({ at, clock: clock.kind, kind: 'act', facts, mails });
    now = after(now, decision, world, at);
  }
  return { things, state: now };
};

/**
 * Everything that happens by itself from `from` until `until` if nobody acts: the same rules that the sweep asks, asked
 * ahead, so that each act is counted with what it leads to. At most `most` things, soonest first.
 */
export const whatNext = (
  referral: Referral,
  open: OpenMatters,
  world: World,
  from: Instant,
  { until, most }: { readonly until: Instant; readonly most: number },
): NextThing[] => {
  const found: NextThing[] = [];
  let state: State = { referral, open };
  for (let rounds = 0; found.length < most && rounds < 10 * most; rounds += 1) {
    const at = nextInstant(state, from);
    if (!at || isAfter(at, until)) break;
    const step = instantOf(state, at, world);
    found.push(...step.things);
    state = step.state;
  }
  return found.slice(0, most);
};

/** For a reader: of reminders after the end, and of the looks at each closing, the first of each clock. */
export const withoutRepeats = (things: readonly NextThing[]): NextThing[] => {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const repeats = thing.kind === 'alarm' ? thing.stage === 'after' : thing.clock === 'closing';
    if (!repeats) return true;
    return !seen.has(thing.clock) && seen.add(thing.clock) !== undefined;
  });
};
