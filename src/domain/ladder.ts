import { alarmsOf, chaserAfter } from './alarms.ts';
import { type Clock, runClock } from './deadlines.ts';
import type { LadderStep, Organisation } from './organisation.ts';
import { alarmRulesOf, lawAt } from './rulebook.ts';
import { type Instant, withOffset } from './time.ts';
import type { World } from './world.ts';

type LadderData = Pick<Organisation, 'ladder' | 'acuteLadder'>;
/** What a ladder is counted over. */
export type LadderWorld = Pick<World, 'calendar' | 'rulebook'> & { readonly organisation: LadderData };

/** One step as it will run if nobody acts: the next begins at the instant this one ends. */
type StepTimes = {
  readonly step: number;
  readonly startsAt: Instant;
  readonly alarmsAt: readonly Instant[];
  readonly endsAt: Instant;
};

/** `thenAt`: the first three reminders after the last step has run out. */
type Ladder = { readonly steps: readonly StepTimes[]; readonly thenAt: readonly Instant[] };

const FIRST_REMINDERS = 3;

export const ladderSteps = (organisation: LadderData, acute: boolean): readonly LadderStep[] =>
  acute ? organisation.acuteLadder : organisation.ladder;

/** The clock of one step, from the instant it begins; the whole time again when an outage delayed its notice. */
export const stepClock = (
  step: LadderStep,
  startsAt: Instant,
  acute: boolean,
  { rulebook, calendar }: LadderWorld,
): Clock =>
  runClock(
    {
      kind: `ladder.${step.step}`,
      law: lawAt(rulebook, startsAt).id,
      paragraph: null,
      status: 'policy',
      source: acute ? 'kommunens stige for akutte uenigheder' : 'kommunens stige for uenigheder',
      acute,
    },
    startsAt,
    { n: step.within, unit: step.counting },
    calendar,
  );

/** The first reminder after `after` once the last step, begun at `startsAt`, has run out at `endedAt`. */
export const reminderAfter = (
  last: LadderStep,
  { startsAt, endedAt }: { readonly startsAt: Instant; readonly endedAt: Instant },
  { calendar, rulebook }: LadderWorld,
  after: Instant,
): Instant => {
  const { chaseHours, chaseDays, opensAt } = alarmRulesOf(rulebook, `ladder.${last.step}`, startsAt);
  const { thenEvery } = last;
  const usual = last.counting === 'elapsed hours' ? chaseHours : chaseDays;
  const every = thenEvery ? { n: thenEvery.every, unit: thenEvery.counting } : usual;
  return chaserAfter(endedAt, every, calendar, after, opensAt);
};

/**
 * The whole ladder of a dispute or escalation raised at `raised`, as data of the organisation has it.
 * Raised Monday 2026-11-02, ordinary: step 1 ends Wednesday the 4th at 23:59:59.
 */
export const ladderOf = (raised: Instant, acute: boolean, world: LadderWorld): Ladder => {
  const { calendar, rulebook } = world;
  const data = ladderSteps(world.organisation, acute);
  const steps: StepTimes[] = [];
  let startsAt = raised;
  for (const step of data) {
    const clock = stepClock(step, startsAt, acute, world);
    const alarmsAt = alarmsOf(clock, calendar, alarmRulesOf(rulebook, clock.kind, startsAt))
      .filter(({ stage }) => stage !== 'end')
      .map(({ at }) => at);
    steps.push({ step: step.step, startsAt, alarmsAt, endsAt: clock.dueAt });
    startsAt = clock.dueAt;
  }
  const last = data.at(-1);
  const lastStart = steps.at(-1)?.startsAt ?? raised;
  const thenAt: Instant[] = [];
  while (last && thenAt.length < FIRST_REMINDERS) {
    thenAt.push(reminderAfter(last, { startsAt: lastStart, endedAt: startsAt }, world, thenAt.at(-1) ?? startsAt));
  }
  return { steps, thenAt };
};

/** A ladder as text in Copenhagen's offset, in the key order that the worked cases have. */
export const ladderCase = (ladder: Ladder) => ({
  steps: ladder.steps.map(({ step, startsAt, alarmsAt, endsAt }) => ({
    step,
    startsAt: withOffset(startsAt),
    alarmsAt: alarmsAt.map(withOffset),
    endsAt: withOffset(endsAt),
  })),
  thenAt: ladder.thenAt.map(withOffset),
});
