import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { type Acknowledgement, acknowledgeReferral } from '#usecases/acknowledge-referral.ts';

const UNIT = 'bbu-norrebro';
const DUTY = 'dognvagten';
const SENDER = 'school-social-worker-skole-norrebro';

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
const say = (known: Partial<Acknowledgement['known']> = {}, need: string | null = null) => ({
  known: { unit: null, disability: false, elsewhere: false, ...known },
  need,
});
const acknowledge = async (personId: string, id: string, said: ReturnType<typeof say>) =>
  acknowledgeReferral(town.ctxFor(personId, await town.deps.clock.now()), { id, ...said });

describe('intake corrects at acknowledgement', () => {
  test('a case is open at another unit: ownership moves at once, uncounted, with a clock of its own', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    await town.moveTo('2026-11-04T11:00:00+01:00');
    const said = say({ unit: 'bbu-valby' });
    const answer = await acknowledge(`intake-${UNIT}`, id, said);
    expect(answer).toMatchObject({ moved: true, ownerUnit: 'bbu-valby' });
    await town.settle();
    expect(await state(id)).toMatchObject({
      status: 'received',
      owner: 'bbu-valby',
      responsible: 'bbu-valby',
      handler: null,
      owners: [`${UNIT} routed`, 'bbu-valby corrected'],
      countedMoves: 0,
      // One workday from the move, not from the arrival.
      running: { acknowledge: '2026-11-05T23:59:59+01:00', closing: '2026-11-04T16:00:00+01:00' },
      ended: ['acknowledge lapsed', 'closing lapsed', 'closing met', 'receipt met'],
    });
    expect((await journalKinds(town.deps.db, id)).slice(-3)).toEqual(['routed-again', 'owned', 'clocks-started']);
    const [line] = await town.deps.db.caseEvent.findMany({ where: { referralId: id, kind: 'routed-again' } });
    expect(line, 'who has said so has handled the case').toMatchObject({
      actorId: `intake-${UNIT}`,
      actorRole: 'intake',
    });
    const again = await lastFact(town.deps.db, id, 'routed-again');
    expect(again).toMatchObject({ unit: 'bbu-valby', rule: 1, known: { unit: 'bbu-valby', disability: false } });
    expect(again.trace).toEqual(expect.arrayContaining([expect.objectContaining({ rule: 1, matched: true })]));
    expect(await lastFact(town.deps.db, id, 'routed')).toMatchObject({ unit: UNIT, rule: 4 });
    expect((await town.mails()).filter(({ to }) => to === 'bbu-valby')).toMatchObject([
      { at: '2026-11-04T11:00:00+01:00', template: 'referral-received' },
    ]);
  });

  test('the unit that lost it can act on it no more, the one that has it now can', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    await acknowledge(`intake-${UNIT}`, id, say({ unit: 'bbu-valby' }));
    await expect(acknowledge(`intake-${UNIT}`, id, say())).rejects.toThrow('NOT_FOUND');
    expect(await acknowledge('intake-bbu-valby', id, say({ unit: 'bbu-valby' }))).toMatchObject({ moved: false });
    expect(await state(id)).toMatchObject({ status: 'acknowledged', handler: 'intake-bbu-valby' });
  });

  test.each([
    { what: 'a disability', said: say({ disability: true }), unit: 'bch-bornegruppen', rule: 3 },
    { what: 'another municipality', said: say({ elsewhere: true }), unit: 'central-intake', rule: 2 },
    { what: 'another need', said: say({}, 'equipment'), unit: 'bch-bornegruppen', rule: 3 },
  ])('$what: rule $rule gives it to $unit', async ({ said, unit, rule }) => {
    const id = await send('2026-11-03T10:05:00+01:00');
    expect(await acknowledge(`intake-${UNIT}`, id, said)).toMatchObject({ moved: true, ownerUnit: unit });
    expect(await lastFact(town.deps.db, id, 'routed-again')).toMatchObject({ unit, rule });
  });

  test('nothing to correct: it stays, and the confirmation stands in the journal', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    expect(await acknowledge(`intake-${UNIT}`, id, say({}, 'worry'))).toMatchObject({ moved: false, ownerUnit: UNIT });
    expect(await state(id)).toMatchObject({ status: 'acknowledged', owners: [`${UNIT} routed`] });
    expect((await journalKinds(town.deps.db, id)).slice(-2)).toEqual(['routed-again', 'acknowledged']);
    await expect(acknowledge(`intake-${UNIT}`, id, say())).rejects.toThrow('ILLEGAL_TRANSITION');
  });

  test('a unit that does not exist is refused by its field', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    await expect(acknowledge(`intake-${UNIT}`, id, say({ unit: 'nowhere' }))).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path: 'known.unit' }],
    });
    await expect(acknowledge(`intake-${UNIT}`, id, say({}, 'nothing'))).rejects.toMatchObject({
      fields: [{ path: 'need' }],
    });
  });
});

describe('corrected while the other unit is closed', () => {
  test('by the duty officer in the night: acute stays with the duty unit, and goes to the other unit at opening', async () => {
    const id = await send('2026-11-11T02:00:00+01:00', ACUTE);
    await town.moveTo('2026-11-11T02:20:00+01:00');
    await acknowledge('duty-officer-dognvagten', id, say({ unit: 'bbu-valby' }));
    expect(await state(id)).toMatchObject({
      owner: DUTY,
      responsible: 'bbu-valby',
      provisional: 'acute-while-closed',
      running: { acknowledge: '2026-11-11T03:20:00+01:00', opening: '2026-11-11T08:00:00+01:00' },
    });
    await town.moveTo('2026-11-11T08:00:00+01:00');
    expect(await state(id)).toMatchObject({ owner: 'bbu-valby', provisional: null, countedMoves: 0 });
    expect((await town.mails()).filter(({ to }) => to.endsWith(UNIT))).toEqual([]);
  });

  test('after closing on a Friday: the other unit owns it at once, the duty unit keeps the assessment', async () => {
    const id = await send('2026-11-06T14:00:00+01:00');
    await town.moveTo('2026-11-06T15:30:00+01:00');
    await acknowledge(`team-leader-${UNIT}`, id, say({ unit: 'bbu-valby' }));
    expect(await state(id)).toMatchObject({
      owner: 'bbu-valby',
      assessment: DUTY,
      running: { acknowledge: '2026-11-09T23:59:59+01:00' },
    });
  });
});
