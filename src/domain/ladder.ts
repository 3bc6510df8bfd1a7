import { alarmsOf, chaserAfter } from './alarms.ts';
import { calendarOf } from './calendar.ts';
import { type Clock, runClock } from './deadlines.ts';
import type { LadderStep, Organisation } from './organisation.ts';
import { lawAt, type Period, RULEBOOK } from './rulebook.ts';
import { type Instant, withOffset } from './time.ts';

export type LadderData = Pick<Organisation, 'ladder' | 'acuteLadder' | 'closingDays'>;

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
export const stepClock = (step: LadderStep, startsAt: Instant, acute: boolean, organisation: LadderData): Clock =>
  runClock(
    {
      kind: `ladder.${step.step}`,
      law: lawAt(RULEBOOK, startsAt).id,
      paragraph: null,
      status: 'policy',
      source: acute ? 'kommunens stige for akutte uenigheder' : 'kommunens stige for uenigheder',
      acute,
    },
    startsAt,
    { n: step.within, unit: step.counting },
    calendarOf(organisation),
  );

/** How often people are reminded once the last step has run out. */
export const reminderPeriod = (last: LadderStep): Period => {
  if (last.thenEvery) return { n: last.thenEvery.every, unit: last.thenEvery.counting };
  return last.counting === 'elapsed hours' ? RULEBOOK.alarms.chaseHours : RULEBOOK.alarms.chaseDays;
};

/**
 * The whole ladder of a dispute or escalation raised at `raised`, as data of the organisation has it.
 * Raised Monday 2026-11-02, ordinary: step 1 ends Wednesday the 4th at 23:59:59.
 */
export const ladderOf = (raised: Instant, acute: boolean, organisation: LadderData): Ladder => {
  const calendar = calendarOf(organisation);
  const data = ladderSteps(organisation, acute);
  const steps: StepTimes[] = [];
  let startsAt = raised;
  for (const step of data) {
    const clock = stepClock(step, startsAt, acute, organisation);
    const alarmsAt = alarmsOf(clock, calendar)
      .filter(({ stage }) => stage !== 'end')
      .map(({ at }) => at);
    steps.push({ step: step.step, startsAt, alarmsAt, endsAt: clock.dueAt });
    startsAt = clock.dueAt;
  }
  const last = data.at(-1);
  const thenAt: Instant[] = [];
  while (last && thenAt.length < FIRST_REMINDERS) {
    thenAt.push(chaserAfter(startsAt, reminderPeriod(last), calendar, thenAt.at(-1) ?? startsAt));
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
