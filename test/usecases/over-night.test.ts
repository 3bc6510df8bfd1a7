import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { stayOnReferral } from '#usecases/stay-on-referral.ts';

// Nørrebro is open Monday-Wednesday 8-16, Thursday 8-17, Friday 8-15.
const UNIT = 'bbu-norrebro';
const DUTY = 'dognvagten';
const SENDER = 'school-social-worker-skole-norrebro';
const UNKNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T08:00:00+01:00');
});
afterEach(() => town.stop());

const send = async (at: string, overrides: Record<string, unknown> = {}): Promise<string> => {
  await town.standAt(at);
  const { referrals } = await town.submit(SENDER, makeForm(overrides));
  await town.settle();
  return referrals[0]?.id ?? '';
};
const state = (id: string) => referralState(town.deps.db, id);
const kinds = (id: string) => journalKinds(town.deps.db, id);
const acknowledge = async (personId: string, id: string) =>
  acknowledgeReferral(town.ctxFor(personId, await town.deps.clock.now()), { id, ...UNKNOWN });

/** Mails to the unit and to whoever works there. */
const mailsTo = async (unit: string) =>
  (await town.mails())
    .filter(({ to }) => to === unit || to.endsWith(`-${unit}`))
    .map(({ at, to, template, alarm }) => `${at} ${to} ${alarm ?? template}`);

describe('not acute', () => {
  test('Friday 18:40: the duty unit has the task and is told at once, the closed unit hears of it on Monday', async () => {
    const id = await send('2026-11-06T18:40:00+01:00');
    expect(await state(id)).toMatchObject({
      status: 'received',
      owner: UNIT,
      responsible: UNIT,
      provisional: null,
      assessment: DUTY,
      running: {
        'assess-24h': '2026-11-07T18:40:00+01:00',
        acknowledge: '2026-11-09T23:59:59+01:00',
        closing: '2026-11-09T16:00:00+01:00',
      },
    });
    expect(await mailsTo(DUTY)).toEqual([`2026-11-06T18:40:00+01:00 ${DUTY} assessment-task`]);
    await town.moveTo('2026-11-09T07:59:59+01:00');
    expect(await mailsTo(UNIT)).toEqual([]);
    expect((await mailsTo(DUTY)).length).toBeGreaterThan(1);
    await town.moveTo('2026-11-09T08:00:00+01:00');
    expect((await mailsTo(UNIT)).sort()).toEqual([
      `2026-11-09T08:00:00+01:00 ${UNIT} referral-received`,
      `2026-11-09T08:00:00+01:00 intake-${UNIT} acknowledge last-day`,
      `2026-11-09T08:00:00+01:00 team-leader-${UNIT} acknowledge last-day`,
    ]);
  });

  test('acknowledged and not assessed at closing: the task goes to the duty unit, the unit stays owner', async () => {
    const id = await send('2026-11-06T10:00:00+01:00');
    await town.moveTo('2026-11-06T11:00:00+01:00');
    await acknowledge(`intake-${UNIT}`, id);
    await town.moveTo('2026-11-06T14:59:59+01:00');
    expect(await state(id)).toMatchObject({ status: 'acknowledged', assessment: null });
    expect(await mailsTo(DUTY)).toEqual([]);
    await town.moveTo('2026-11-06T15:00:00+01:00');
    expect(await state(id)).toMatchObject({
      status: 'acknowledged',
      owner: UNIT,
      handler: `intake-${UNIT}`,
      assessment: DUTY,
      owners: [`${UNIT} routed`],
    });
    expect(await mailsTo(DUTY)).toEqual([`2026-11-06T15:00:00+01:00 ${DUTY} assessment-task`]);
    expect(await lastFact(town.deps.db, id, 'reviewed-at-closing')).toMatchObject({
      acting: DUTY,
      as: 'assessment task',
    });
  });

  test.each([
    { at: '2026-11-05T10:00:00+01:00', left: 'two opening hours', assessment: null },
    { at: '2026-11-05T09:59:00+01:00', left: 'a minute less than two', assessment: DUTY },
  ])('at closing $left are left before the 24 hours end: the task is with $assessment', async ({ at, assessment }) => {
    const id = await send(at);
    expect(await state(id)).toMatchObject({ assessment: null });
    await town.moveTo('2026-11-05T17:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: UNIT, assessment });
  });

  test('a named person who stays on it keeps it past this closing, and not past the next', async () => {
    const id = await send('2026-11-06T10:00:00+01:00');
    await stayOnReferral(town.ctxFor(`caseworker-${UNIT}`, '2026-11-06T10:05:00+01:00'), { id });
    await town.moveTo('2026-11-06T15:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: UNIT, assessment: null });
    expect((await kinds(id)).slice(-2)).toEqual(['staying-on', 'stayed-on']);
    expect(await mailsTo(DUTY)).toEqual([]);
    await town.moveTo('2026-11-09T16:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: UNIT, assessment: DUTY });
  });

  test.each([
    { at: '2026-11-06T10:00:00+01:00', open: 'open', assessment: null, acknowledge: '2026-11-09T23:59:59+01:00' },
    { at: '2026-11-06T15:00:00+01:00', open: 'closed', assessment: DUTY, acknowledge: '2026-11-09T23:59:59+01:00' },
  ])('registered after its 24 hours while the unit is $open: whoever is open assesses at once', async (expected) => {
    await town.standAt(expected.at);
    const { referrals } = await registerNotification(town.ctxFor('intake-central-intake', expected.at), {
      channel: 'phone',
      receivedAt: instant('2026-11-05T09:00:00+01:00'),
      notification: makeForm(),
    });
    const id = referrals[0]?.id ?? '';
    await town.settle();
    expect(await state(id)).toMatchObject({
      owner: UNIT,
      assessment: expected.assessment,
      running: {
        'assess-24h': '2026-11-06T09:00:00+01:00',
        receipt: '2026-11-12T23:59:59+01:00',
        acknowledge: expected.acknowledge,
      },
    });
    const told = expected.assessment === null ? `${UNIT} referral-received` : `${DUTY} assessment-task`;
    // Its time is over already, and whoever assesses now hears that at once.
    const [unit, first] = expected.assessment === null ? [UNIT, 'intake'] : [DUTY, 'duty-officer'];
    // Who phoned left no address for a mail: the receipt is a letter, somebody's task, told in opening hours.
    const letter = expected.assessment === null ? [`intake-${UNIT} task`] : [];
    expect([...(await mailsTo(UNIT)), ...(await mailsTo(DUTY))].sort()).toEqual(
      [told, `${first}-${unit} assess-24h end`, `team-leader-${unit} assess-24h end`, ...letter]
        .map((mail) => `${expected.at} ${mail}`)
        .sort(),
    );
    await town.moveTo('2026-11-06T15:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: UNIT, assessment: DUTY });
  });
});

describe('acute', () => {
  test('at 02:00: the duty unit owns it until the unit opens; it returns by itself with a new hour', async () => {
    const id = await send('2026-11-11T02:00:00+01:00', ACUTE);
    expect(await state(id)).toMatchObject({
      owner: DUTY,
      responsible: UNIT,
      provisional: 'acute-while-closed',
      assessment: null,
      running: { acknowledge: '2026-11-11T03:00:00+01:00', opening: '2026-11-11T08:00:00+01:00' },
    });
    expect(await mailsTo(DUTY)).toEqual([`2026-11-11T02:00:00+01:00 ${DUTY} referral-received`]);
    await town.moveTo('2026-11-11T07:59:59+01:00');
    expect(await mailsTo(UNIT)).toEqual([]);
    await town.moveTo('2026-11-11T08:00:00+01:00');
    expect(await state(id)).toMatchObject({
      status: 'received',
      owner: UNIT,
      responsible: UNIT,
      provisional: null,
      owners: [`${DUTY} routed`, `${UNIT} opening`],
      countedMoves: 0,
      running: { acknowledge: '2026-11-11T09:00:00+01:00', closing: '2026-11-11T16:00:00+01:00' },
    });
    expect(await mailsTo(UNIT)).toEqual([`2026-11-11T08:00:00+01:00 ${UNIT} ownership-arrived`]);
    await town.moveTo('2026-11-11T08:15:00+01:00');
    expect((await mailsTo(UNIT)).slice(1).sort()).toEqual([
      `2026-11-11T08:15:00+01:00 intake-${UNIT} acknowledge quarter`,
      `2026-11-11T08:15:00+01:00 team-leader-${UNIT} acknowledge quarter`,
    ]);
  });

  test('taken by the duty officer in the night: at opening the unit must take it anew', async () => {
    const id = await send('2026-11-11T02:00:00+01:00', ACUTE);
    await town.moveTo('2026-11-11T02:10:00+01:00');
    expect(await acknowledge('duty-officer-dognvagten', id)).toMatchObject({ moved: false, ownerUnit: DUTY });
    expect(await state(id)).toMatchObject({
      status: 'acknowledged',
      owner: DUTY,
      handler: 'duty-officer-dognvagten',
      running: { opening: '2026-11-11T08:00:00+01:00' },
      ended: ['acknowledge met', 'receipt met'],
    });
    await town.moveTo('2026-11-11T08:00:00+01:00');
    expect(await state(id)).toMatchObject({
      status: 'received',
      owner: UNIT,
      handler: null,
      running: { acknowledge: '2026-11-11T09:00:00+01:00' },
    });
    await acknowledge(`intake-${UNIT}`, id);
    expect(await state(id)).toMatchObject({ status: 'acknowledged', handler: `intake-${UNIT}` });
  });

  test('not acknowledged at closing: the duty unit becomes provisional owner, and is told at once', async () => {
    const id = await send('2026-11-11T15:30:00+01:00', ACUTE);
    expect(await state(id)).toMatchObject({ owner: UNIT, running: { acknowledge: '2026-11-11T16:30:00+01:00' } });
    await town.moveTo('2026-11-11T16:00:00+01:00');
    expect(await state(id)).toMatchObject({
      owner: DUTY,
      responsible: UNIT,
      provisional: 'acute-while-closed',
      owners: [`${UNIT} routed`, `${DUTY} closing`],
      countedMoves: 0,
      running: { acknowledge: '2026-11-11T17:00:00+01:00', opening: '2026-11-12T08:00:00+01:00' },
      ended: ['acknowledge lapsed', 'closing lapsed', 'receipt met'],
    });
    expect(await mailsTo(DUTY)).toEqual([`2026-11-11T16:00:00+01:00 ${DUTY} referral-received`]);
    await town.moveTo('2026-11-12T08:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: UNIT, provisional: null, countedMoves: 0 });
  });
});
