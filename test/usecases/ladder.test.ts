import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ladderOf } from '#domain/ladder.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { type Instant, instant, withOffset } from '#domain/time.ts';
import { fromDate } from '#store/db.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { referralState } from '#test/support/referral-state.ts';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [NORREBRO, VALBY] = ['bbu-norrebro', 'bbu-valby'];
const COORDINATOR = 'buf-sof-coordinator-sof-stab';
/** Those of a step whom its notice and its reminders go to: both sides, and who may decide. */
const OF_STEP: Readonly<Record<number, readonly string[]>> = {
  1: [NORREBRO, VALBY].flatMap((unit) => [`caseworker-${unit}`, `intake-${unit}`]).sort(),
  2: [COORDINATOR, `team-leader-${NORREBRO}`, `team-leader-${VALBY}`].sort(),
  3: ['area-manager-bbu', COORDINATOR, 'centre-director-bbu'].sort(),
  4: ['director-sof-stab'],
};

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T08:00:00+01:00');
  people = actorsOf(town);
});
afterEach(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

const disputeAt = async (at: string, acute: boolean): Promise<string> => {
  await town.standAt(at);
  const id = await people.disputed(acute);
  await town.settle();
  return id;
};
const factsOf = async (id: string, kind: string) =>
  (await town.deps.db.caseEvent.findMany({ where: { referralId: id, kind }, orderBy: { seq: 'asc' } })).map(
    ({ data }) => data as Record<string, unknown>,
  );
const disputeOf = (id: string) => town.deps.db.dispute.findFirstOrThrow({ where: { referralId: id } });
/** Every reminder of the ladder: instant, step, receivers. */
const reminders = async (stages: (stage: string) => boolean = () => true) => {
  const mails = (await town.mails()).filter(({ alarm }) => alarm?.startsWith('ladder.'));
  const wanted = mails.filter(({ alarm }) => stages(alarm?.split(' ')[1] ?? ''));
  const each = Map.groupBy(wanted, ({ at, alarm }) => `${at} ${alarm?.split(' ')[0]}`);
  return Object.fromEntries([...each].map(([at, told]) => [at, [...new Set(told.map(({ to }) => to))].sort()]));
};
/** The same as `bindeled ladder` says. */
const saidReminders = (ladder: ReturnType<typeof ladderOf>) => {
  const last = ladder.steps.at(-1)?.step ?? 0;
  const planned = ladder.steps.flatMap(({ step, alarmsAt }) => alarmsAt.map((at) => ({ at, step })));
  const all = [...planned, ...ladder.thenAt.map((at) => ({ at, step: last }))];
  return Object.fromEntries(all.map(({ at, step }) => [`${withOffset(at)} ladder.${step}`, OF_STEP[step]]));
};
const stepsBegun = async (id: string) =>
  (await factsOf(id, 'step-begun')).map(({ step, startsAt, endsAt, outage }) => ({ step, startsAt, endsAt, outage }));
const saidSteps = (ladder: ReturnType<typeof ladderOf>) =>
  ladder.steps.slice(1).map(({ step, startsAt, endsAt }) => ({
    step,
    startsAt: withOffset(startsAt),
    endsAt: withOffset(endsAt),
    outage: null,
  }));
const noticesOfSteps = async () => {
  const mails = (await town.mails()).filter(({ template }) => template === 'step-begun');
  return Object.fromEntries(
    [...Map.groupBy(mails, ({ at }) => at)].map(([at, told]) => [at, told.map(({ to }) => to).sort()]),
  );
};
const past = (at: Instant | undefined, minutes: number): Instant => {
  if (!at) throw new Error('no such instant');
  return at.add({ minutes });
};

describe('a dispute that nobody settles', () => {
  test('climbs over a weekend at the very instants that the ladder says, and reminds those of each step', async () => {
    const raised = '2026-11-05T10:00:00+01:00';
    const id = await disputeAt(raised, false);
    const ladder = ladderOf(instant(raised), false, deliveredWorld(trainingOrganisation()));
    await town.moveTo(past(ladder.thenAt.at(-1), 5));
    expect(await stepsBegun(id)).toEqual(saidSteps(ladder));
    expect(await reminders((stage) => stage !== 'end')).toEqual(saidReminders(ladder));
    // Ordinary: the notice goes out at the next opening.
    expect(await noticesOfSteps()).toEqual({
      '2026-11-10T08:00:00+01:00': OF_STEP[2],
      '2026-11-13T08:00:00+01:00': OF_STEP[3],
      '2026-11-20T08:00:00+01:00': [COORDINATOR, 'director-sof-stab'],
    });
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: NORREBRO, owners: [`${NORREBRO} routed`] });
  });

  test('acute, on a Friday afternoon: by the hour through the night, and always with one owner', async () => {
    const raised = '2026-11-06T14:00:00+01:00';
    const id = await disputeAt(raised, true);
    const ladder = ladderOf(instant(raised), true, deliveredWorld(trainingOrganisation()));
    expect((await disputeOf(id)).step).toBe(2);
    await town.moveTo(past(ladder.thenAt.at(-1), 5));
    expect(await stepsBegun(id)).toEqual(saidSteps(ladder));
    expect(await reminders((stage) => stage !== 'end')).toEqual(saidReminders(ladder));
    const [, chiefs, directors] = ladder.steps;
    expect(await noticesOfSteps()).toEqual({
      [withOffset(chiefs?.startsAt ?? instant(raised))]: OF_STEP[3],
      [withOffset(directors?.startsAt ?? instant(raised))]: [COORDINATOR, 'director-sof-stab'],
    });
    // Closed over the weekend: the duty unit acts, and what is due stays with it until Monday.
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: 'dognvagten', responsible: NORREBRO });
  });
});

describe('a dispute is settled', () => {
  test('by agreement of both sides to what the coordinator proposes, and the ladder ends there', async () => {
    const id = await disputeAt('2026-11-05T10:00:00+01:00', false);
    await town.moveTo('2026-11-06T09:00:00+01:00');
    const owner = VALBY;
    await proposeSettlement(await people.by(COORDINATOR), { id, owner, reason: 'Bor i Valby' });
    await agreeToSettlement(await people.by(`caseworker-${NORREBRO}`), { id, owner });
    expect(await disputeOf(id)).toMatchObject({ state: 'open' });
    await agreeToSettlement(await people.by(`caseworker-${VALBY}`), { id, owner });
    expect(await disputeOf(id)).toMatchObject({ state: 'settled', step: 1 });
    const state = await referralState(town.deps.db, id);
    expect(state).toMatchObject({ owner, responsible: owner, owners: [`${NORREBRO} routed`, `${VALBY} agreed`] });
    expect(state.ended).toContain('ladder.1 met');
    expect(Object.keys(state.running)).toContain('acknowledge');
    await people.take(`intake-${VALBY}`, id);
    await town.settle();
    const before = await reminders();
    await town.moveTo('2026-11-11T09:00:00+01:00');
    expect(await reminders()).toEqual(before);
    const told = (await town.mails()).filter(({ template }) => template === 'dispute-settled').map(({ to }) => to);
    expect(told).toEqual(expect.arrayContaining([...(OF_STEP[1] ?? []), COORDINATOR, NORREBRO, VALBY]));
  });

  test('by decision of the coordinator once it has climbed, and by nobody’s before', async () => {
    const id = await disputeAt('2026-11-05T10:00:00+01:00', false);
    const decision = { id, owner: VALBY, basis: '§ 9', reason: 'Bor i Valby' };
    await expect(decideDispute(await people.by(COORDINATOR), decision)).rejects.toThrow('OUT_OF_SCOPE');
    await town.moveTo('2026-11-10T09:00:00+01:00');
    await decideDispute(await people.by(COORDINATOR), decision);
    expect(await disputeOf(id)).toMatchObject({ state: 'settled', step: 2 });
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: VALBY, responsible: VALBY, countedMoves: 1 });
  });
});

describe('silence climbs by itself', () => {
  test('no acknowledgement by the end of its clock: an escalation about the unit, until it acts', async () => {
    await town.standAt('2026-11-05T10:00:00+01:00');
    const { referrals } = await town.submit('school-social-worker-skole-norrebro', makeForm());
    const id = referrals[0]?.id ?? '';
    await town.moveTo('2026-11-09T09:00:00+01:00');
    const escalation = await disputeOf(id);
    expect(escalation).toMatchObject({ kind: 'escalation', awaited: 'acknowledge', state: 'open', step: 1 });
    expect(withOffset(fromDate(escalation.raisedAt))).toBe('2026-11-06T23:59:59+01:00');
    expect(escalation.parties).toMatchObject([{ unit: NORREBRO }]);
    await town.moveTo('2026-11-11T09:00:00+01:00');
    expect(await disputeOf(id)).toMatchObject({ step: 2 });
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: NORREBRO });
    await people.take(`team-leader-${NORREBRO}`, id);
    expect(await disputeOf(id)).toMatchObject({ state: 'settled', step: 2 });
  });

  test('no answer to a hand-over: the receiver is the party, the sender stays owner, an answer ends it', async () => {
    await town.standAt('2026-11-05T10:00:00+01:00');
    const id = await people.taken(false);
    await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
    await town.moveTo('2026-11-10T09:00:00+01:00');
    const escalation = await disputeOf(id);
    expect(escalation).toMatchObject({ kind: 'escalation', awaited: 'handover', state: 'open' });
    expect(withOffset(fromDate(escalation.raisedAt))).toBe('2026-11-09T23:59:59+01:00');
    expect(escalation.parties).toMatchObject([{ unit: VALBY }]);
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: NORREBRO });
    await people.refuse(`caseworker-${VALBY}`, id, NORREBRO);
    const all = await town.deps.db.dispute.findMany({ where: { referralId: id }, orderBy: { raisedAt: 'asc' } });
    expect(all.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['escalation settled', 'dispute open']);
  });
});
