import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';

const UNIT = 'bbu-norrebro';
const DUTY = 'dognvagten';
const SENDER = 'school-social-worker-skole-norrebro';

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-10-01T08:00:00+02:00');
});
afterEach(() => town.stop());

const send = async (at: string, overrides: Record<string, unknown> = {}): Promise<string> => {
  await town.standAt(at);
  const { referrals } = await town.submit(SENDER, makeForm(overrides));
  await town.settle();
  return referrals[0]?.id ?? '';
};
const state = (id: string) => referralState(town.deps.db, id);
/** When the duty officer was told of the 24 hours. */
const dutyAlarms = async () =>
  (await town.mails())
    .filter(({ to, alarm }) => to === 'duty-officer-dognvagten' && alarm?.startsWith('assess-24h'))
    .map(({ at, alarm }) => `${at} ${alarm?.slice('assess-24h '.length)}`);

test.each([
  {
    night: 'the clock goes back',
    at: '2026-10-24T12:00:00+02:00',
    due: '2026-10-25T11:00:00+01:00',
    alarms: [
      '2026-10-24T18:00:00+02:00 quarter',
      '2026-10-25T00:00:00+02:00 half',
      '2026-10-25T11:00:00+01:00 end',
      '2026-10-25T15:00:00+01:00 after',
    ],
  },
  {
    night: 'the clock goes forward',
    at: '2027-03-27T12:00:00+01:00',
    due: '2027-03-28T13:00:00+02:00',
    alarms: [
      '2027-03-27T18:00:00+01:00 quarter',
      '2027-03-28T00:00:00+01:00 half',
      '2027-03-28T13:00:00+02:00 end',
      '2027-03-28T17:00:00+02:00 after',
    ],
  },
])('24 hours over the night in which $night are 24 hours that pass', async ({ at, due, alarms }) => {
  const id = await send(at);
  expect(await state(id)).toMatchObject({ assessment: DUTY, running: { 'assess-24h': due } });
  await town.moveTo(alarms.at(-1)?.slice(0, 25) ?? '');
  expect(await dutyAlarms()).toEqual(alarms);
});

test('acute in the hour that comes twice: one hour each, and back on Monday', async () => {
  const before = await send('2026-10-25T02:30:00+02:00', ACUTE);
  const after = await send('2026-10-25T02:30:00+01:00', ACUTE);
  expect(await state(before)).toMatchObject({ owner: DUTY, running: { acknowledge: '2026-10-25T02:30:00+01:00' } });
  expect(await state(after)).toMatchObject({
    owner: DUTY,
    running: { acknowledge: '2026-10-25T03:30:00+01:00', opening: '2026-10-26T08:00:00+01:00' },
  });
});

test('acute in the night in which the clock goes forward: the hour is an hour', async () => {
  const id = await send('2027-03-28T01:40:00+01:00', ACUTE);
  // Easter Sunday 2027, so that the unit opens on Tuesday.
  expect(await state(id)).toMatchObject({
    running: { acknowledge: '2027-03-28T03:40:00+02:00', opening: '2027-03-30T08:00:00+02:00' },
  });
});

test('the evening before Maundy Thursday: the duty unit assesses, the unit hears of it after Easter Monday', async () => {
  const id = await send('2027-03-24T18:00:00+01:00');
  expect(await state(id)).toMatchObject({
    owner: UNIT,
    assessment: DUTY,
    running: {
      'assess-24h': '2027-03-25T18:00:00+01:00',
      acknowledge: '2027-03-30T23:59:59+02:00',
      closing: '2027-03-30T16:00:00+02:00',
    },
  });
  await town.moveTo('2027-03-30T07:59:59+02:00');
  const unitMails = async () => (await town.mails()).filter(({ to }) => to.endsWith(UNIT));
  expect(await unitMails()).toEqual([]);
  await town.moveTo('2027-03-30T08:00:00+02:00');
  expect((await unitMails()).map(({ at }) => at)).toEqual(Array(3).fill('2027-03-30T08:00:00+02:00'));
});

test('acute on Maundy Thursday itself is the duty unit’s until Tuesday', async () => {
  const id = await send('2027-03-25T10:00:00+01:00', ACUTE);
  expect(await state(id)).toMatchObject({ owner: DUTY, running: { opening: '2027-03-30T08:00:00+02:00' } });
});

test('a municipal closing day is no day of the unit, though hverdage count it', async () => {
  const id = await send('2026-12-23T15:00:00+01:00');
  const receipt = await town.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'receipt' } });
  // 24th, 28th-31st, then 2 January: 25-27 December and 1 January do not count.
  expect(receipt.dueAt.toISOString()).toBe('2027-01-02T22:59:59.000Z');
  expect(await state(id)).toMatchObject({ assessment: DUTY, running: { acknowledge: '2026-12-28T23:59:59+01:00' } });
});
