import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';

const UNIT = 'bbu-norrebro';
const SENDER = 'school-social-worker-skole-norrebro';
const [INTAKE, LEADER, MANAGER] = [`intake-${UNIT}`, `team-leader-${UNIT}`, 'area-manager-bbu'];
const [OFFICER, DUTY_LEADER] = ['duty-officer-dognvagten', 'team-leader-dognvagten'];

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
const acknowledge = async (personId: string, id: string) =>
  acknowledgeReferral(town.ctxFor(personId, await town.deps.clock.now()), {
    id,
    known: { unit: null, disability: false, elsewhere: false },
    need: null,
  });

/** Who was told at which instant of which stage of one clock, as the mail server saw it. */
const alarms = async (clock: string) => {
  const mails = (await town.mails()).filter(({ alarm }) => alarm?.startsWith(`${clock} `));
  const byInstant = Map.groupBy(mails, ({ at, alarm }) => `${at} ${alarm?.slice(clock.length + 1)}`);
  return Object.fromEntries([...byInstant].map(([at, told]) => [at, told.map(({ to }) => to).sort()]));
};

describe('the 24 hours', () => {
  test('go to whoever holds the task: the unit’s intake, then its leaders, after closing the duty unit', async () => {
    await send('2026-11-03T12:00:00+01:00');
    await town.moveTo('2026-11-04T20:00:00+01:00');
    expect(await alarms('assess-24h')).toEqual({
      '2026-11-03T18:00:00+01:00 quarter': [INTAKE],
      '2026-11-04T00:00:00+01:00 half': [INTAKE, LEADER].sort(),
      '2026-11-04T12:00:00+01:00 end': [MANAGER, INTAKE, LEADER].sort(),
      // At this closing the task goes over; the reminder of the same instant still went to the unit.
      '2026-11-04T16:00:00+01:00 after': [MANAGER, INTAKE, LEADER].sort(),
      '2026-11-04T20:00:00+01:00 after': [MANAGER, OFFICER, DUTY_LEADER].sort(),
    });
  });

  test('with a handler, go to the handler', async () => {
    const id = await send('2026-11-03T12:00:00+01:00');
    await acknowledge(INTAKE, id);
    const now = await town.deps.clock.now();
    await assignReferral(town.ctxFor(INTAKE, now), { id, personId: `caseworker-${UNIT}` });
    await town.moveTo('2026-11-03T18:00:00+01:00');
    expect(await alarms('assess-24h')).toEqual({ '2026-11-03T18:00:00+01:00 quarter': [`caseworker-${UNIT}`] });
  });

  test('at the duty unit: quarter, half, end and every four hours, through the weekend', async () => {
    await send('2026-11-06T18:40:00+01:00');
    await town.moveTo('2026-11-08T02:40:00+01:00');
    const all = [MANAGER, OFFICER, DUTY_LEADER].sort();
    expect(await alarms('assess-24h')).toEqual({
      '2026-11-07T00:40:00+01:00 quarter': [OFFICER],
      '2026-11-07T06:40:00+01:00 half': [OFFICER, DUTY_LEADER],
      '2026-11-07T18:40:00+01:00 end': all,
      '2026-11-07T22:40:00+01:00 after': all,
      '2026-11-08T02:40:00+01:00 after': all,
    });
  });
});

describe('acknowledgement', () => {
  test('ordinary: the last day at opening time, the end when it has passed, then each workday', async () => {
    await send('2026-11-03T10:05:00+01:00');
    await town.moveTo('2026-11-09T08:00:00+01:00');
    const all = [MANAGER, INTAKE, LEADER].sort();
    expect(await alarms('acknowledge')).toEqual({
      '2026-11-04T08:00:00+01:00 last-day': [INTAKE, LEADER],
      // Fell at 23:59:59; quiet hours held it until the first of its receivers opens.
      '2026-11-05T08:00:00+01:00 end': all,
      '2026-11-05T08:00:00+01:00 after': all,
      '2026-11-06T08:00:00+01:00 after': all,
      '2026-11-09T08:00:00+01:00 after': all,
    });
  });

  test('acute: the leader after a quarter of the hour, everybody at its end', async () => {
    await send('2026-11-04T14:00:00+01:00', ACUTE);
    await town.moveTo('2026-11-04T15:00:00+01:00');
    expect(await alarms('acknowledge')).toEqual({
      '2026-11-04T14:15:00+01:00 quarter': [INTAKE, LEADER],
      '2026-11-04T14:30:00+01:00 half': [INTAKE, LEADER],
      '2026-11-04T15:00:00+01:00 end': [MANAGER, INTAKE, LEADER].sort(),
    });
  });

  test('once somebody has taken it, nobody is told any more', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    await acknowledge(INTAKE, id);
    await town.moveTo('2026-11-05T08:00:00+01:00');
    expect(await alarms('acknowledge')).toEqual({});
  });
});

describe('mail held over quiet hours', () => {
  const held = async (id: string, template: string) => {
    const rows = await town.deps.db.outboundMessage.findMany({ where: { referralId: id, template } });
    return rows.map(({ state, answer, reason }) => ({ state, answer: answer ?? reason }));
  };

  test('leaves at opening when it is still so', async () => {
    const id = await send('2026-11-06T18:40:00+01:00');
    expect(await held(id, 'referral-received')).toEqual([{ state: 'queued', answer: null }]);
    await town.moveTo('2026-11-09T08:00:00+01:00');
    expect(await held(id, 'referral-received')).toEqual([{ state: 'sent', answer: '250' }]);
  });

  test.each([
    { why: 'somebody took it in the meantime', act: (id: string) => acknowledge(LEADER, id) },
    {
      why: 'it was closed as an error',
      act: async (id: string) =>
        markReferralInError(town.ctxFor(LEADER, await town.deps.clock.now()), { id, reason: 'Dobbelt' }),
    },
  ])('is dropped when $why', async ({ act }) => {
    const id = await send('2026-11-06T18:40:00+01:00');
    await town.moveTo('2026-11-08T12:00:00+01:00');
    await act(id);
    await town.moveTo('2026-11-09T08:00:00+01:00');
    expect(await held(id, 'referral-received')).toEqual([{ state: 'dropped', answer: 'moot' }]);
    expect((await town.mails()).filter(({ to }) => to.endsWith(UNIT))).toEqual([]);
  });

  test('an alarm is dropped when its clock was met while it waited', async () => {
    const id = await send('2026-11-03T10:05:00+01:00');
    await town.moveTo('2026-11-05T00:30:00+01:00');
    await acknowledge(LEADER, id);
    await town.moveTo('2026-11-05T08:00:00+01:00');
    expect(Object.keys(await alarms('acknowledge'))).toEqual(['2026-11-04T08:00:00+01:00 last-day']);
    expect((await referralState(town.deps.db, id)).ended).toContain('acknowledge met');
  });
});
