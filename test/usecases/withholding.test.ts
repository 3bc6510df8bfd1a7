import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { raced } from '#test/support/races.ts';
import { referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { CASEWORKER, LEADER, tellersOf } from '#test/support/telling.ts';
import { approveWithheld } from '#usecases/answer-withholding.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { liftWithholding } from '#usecases/lift-withholding.ts';
import { reportMessage } from '#usecases/report-message.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';

const NO_MORE = /Kommunen har behandlet din underretning\. Vi kan ikke fortælle mere\./;
const RACES = times(8, 60);

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = tellersOf(town);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

const lift = async (id: string, feedbackId: string) =>
  liftWithholding(await people.by(CASEWORKER), { id, feedbackId, reason: 'Faren er ovre' });

test('withheld is told as "we cannot tell more"; lifted, it stands until more is told', async () => {
  const id = await people.decided();
  const feedbackId = await people.withheld(id);
  await town.settle();
  expect(await people.toldOf(id)).toEqual([expect.stringMatching(NO_MORE)]);
  expect((await referralState(town.deps.db, id)).running).not.toHaveProperty('feedback');

  await lift(id, feedbackId);
  expect((await referralState(town.deps.db, id)).running).toMatchObject({ feedback: '2026-11-10T23:59:59+01:00' });
  expect(await people.toldOf(id)).toEqual([expect.stringMatching(NO_MORE)]);

  await people.give(id);
  await town.settle();
  const [only, ...more] = await people.toldOf(id);
  expect(more).toEqual([]);
  expect(only).toMatch(/^Der er på nuværende tidspunkt ikke sat/);
  expect(await people.statesOf(id)).toEqual(['delivered', 'lifted']);
  expect((await referralState(town.deps.db, id)).running).not.toHaveProperty('feedback');
});

test('whoever proposed it may give it up, without a second person, and the notifier never hears of it', async () => {
  const id = await people.decided();
  const { feedbackId } = await withholdFeedback(await people.by(CASEWORKER), { id, reason: 'Måske' });
  await lift(id, feedbackId);
  expect(await people.statesOf(id)).toEqual(['lifted']);
  expect(await people.toldOf(id)).toEqual([]);
  expect(Object.keys((await referralState(town.deps.db, id)).running)).toContain('feedback');
});

test('a letter that was to say that nothing more is told is not sent once it is lifted', async () => {
  const id = await people.decided();
  const feedbackId = await people.withheld(id);
  await town.settle();
  const { id: messageId } = await town.deps.db.outboundMessage.findFirstOrThrow({ where: { feedbackId } });
  await reportMessage(await people.by('administrator-sof-stab'), messageId);
  await town.settle();
  const letter = await town.deps.db.letter.findFirstOrThrow({ where: { feedbackId } });
  expect(letter.state).toBe('open');
  await lift(id, feedbackId);
  expect(await town.deps.db.letter.findUniqueOrThrow({ where: { id: letter.id } })).toMatchObject({
    state: 'withdrawn',
  });
  const task = await town.deps.db.task.findFirstOrThrow({ where: { letterId: letter.id } });
  expect(task).toMatchObject({ outcome: 'not-needed', doneBy: CASEWORKER });
});

test(`lifted against approved, ${RACES} times: one stands, the duty has a clock or is lawfully withheld`, async () => {
  for (let n = 0; n < RACES; n += 1) {
    const id = await people.decided();
    const { feedbackId, stateVersion } = await withholdFeedback(await people.by(CASEWORKER), { id, reason: 'Fare' });
    const refused = await raced(
      n,
      async () => approveWithheld(await people.by(LEADER), { id, feedbackId, stateVersion }),
      async () =>
        liftWithholding(await people.by(CASEWORKER), { id, feedbackId, stateVersion, reason: 'Alligevel ikke' }),
    );
    expect(refused).toHaveLength(1);
    const [state] = await people.statesOf(id);
    expect('feedback' in (await referralState(town.deps.db, id)).running).toBe(state === 'lifted');
  }
});

test(`given against lifted, ${RACES} times: given once, by whoever saw it lifted`, async () => {
  for (let n = 0; n < RACES; n += 1) {
    const id = await people.decided();
    const feedbackId = await people.withheld(id);
    const giving = await people.giving(await people.by(CASEWORKER), id);
    await raced(
      n,
      () => lift(id, feedbackId),
      async () => giveFeedback(await people.by(CASEWORKER), giving),
    );
    const states = await people.statesOf(id);
    expect([['lifted'], ['given', 'lifted']]).toContainEqual(states);
    expect(Object.keys((await referralState(town.deps.db, id)).running)).toContain('feedback');
  }
});

test(`confirmed twice at once, ${RACES} times: told once`, async () => {
  for (let n = 0; n < RACES; n += 1) {
    const id = await people.decided();
    const giving = await people.giving(await people.by(CASEWORKER), id);
    const once = async () => giveFeedback(await people.by(CASEWORKER), giving);
    expect(await raced(n, once, once)).toHaveLength(1);
    expect(await people.statesOf(id)).toEqual(['given']);
  }
});

test('the same click sent twice, with the same key, answers the same and tells once', async () => {
  const id = await people.decided();
  const giving = await people.giving(await people.by(CASEWORKER), id);
  const ctx = await people.by(CASEWORKER);
  const answers = await Promise.all([giveFeedback(ctx, giving), giveFeedback(ctx, giving)]);
  expect(answers[0]).toEqual(answers[1]);
  expect(await people.statesOf(id)).toEqual(['given']);
});
