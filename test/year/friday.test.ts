import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { assessReferral } from '#usecases/assess-referral.ts';

const UNIT = 'bbu-norrebro';
const DUTY = 'dognvagten';
const OFFICER = `duty-officer-${DUTY}`;
const SENDER = 'school-social-worker-skole-norrebro';

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T08:00:00+01:00');
});
afterEach(() => town.stop());

const send = async (at: string): Promise<string> => {
  await town.standAt(at);
  const { referrals } = await town.submit(SENDER, makeForm());
  await town.settle();
  return referrals[0]?.id ?? '';
};

/** Mails to a unit and to whoever works there, in the order in which they were taken. */
const mailsTo = async (unit: string): Promise<string[]> =>
  (await town.mails())
    .filter(({ to }) => to === unit || to.endsWith(`-${unit}`))
    .map(({ at, to, template, alarm }) => `${at} ${to} ${alarm ?? template}`);

/** Evenings after which the unit is closed for days: a weekend, Easter, the night on which the clock is turned. */
describe.each([
  { why: 'an ordinary weekend', sent: '2026-11-06T18:40:00+01:00', opens: '2026-11-09T08:00:00+01:00' },
  { why: 'Easter', sent: '2026-04-01T18:40:00+02:00', opens: '2026-04-07T08:00:00+02:00' },
  { why: 'the night of 25 hours', sent: '2026-10-23T18:40:00+02:00', opens: '2026-10-26T08:00:00+01:00' },
])('sent at $sent, before $why', ({ sent, opens }) => {
  const [quarter, half] = [6, 12].map((hours) => Date.parse(sent) + hours * 3_600_000);
  const justBefore = (iso: string): string => new Date(Date.parse(iso) - 1000).toISOString();

  test('the duty unit has the task, is told at once and assesses in time; the closed unit hears at its opening', async () => {
    const id = await send(sent);
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: UNIT, provisional: null, assessment: DUTY });
    expect(await mailsTo(DUTY)).toEqual([`${sent} ${DUTY} assessment-task`]);

    await town.moveTo(new Date((half ?? 0) + 60_000).toISOString());
    // Those of one instant leave side by side, in whatever order.
    const alarms = (await mailsTo(DUTY))
      .slice(1)
      .sort()
      .map((line) => line.split(' '));
    expect(alarms.map(([at = '', to, kind, stage]) => [Date.parse(at), to, `${kind} ${stage}`])).toEqual([
      [quarter, OFFICER, 'assess-24h quarter'],
      [half, OFFICER, 'assess-24h half'],
      [half, `team-leader-${DUTY}`, 'assess-24h half'],
    ]);
    const ctx = town.ctxFor(OFFICER, await town.deps.clock.now());
    await assessReferral(ctx, { id, acute: false, evidence: 'phone-call', reason: 'Ingen akut fare' });
    await town.settle();
    const assessed = await town.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'assess-24h' } });
    expect(assessed.state).toBe('met');
    expect(assessed.endedAt?.getTime()).toBeLessThan(assessed.dueAt.getTime());
    expect(await town.deps.db.referral.findUniqueOrThrow({ where: { id } })).toMatchObject({ acute: false });

    await town.moveTo(justBefore(opens));
    expect(await mailsTo(UNIT)).toEqual([]);
    expect(await mailsTo('bbu')).toEqual([]);
    await town.moveTo(opens);
    expect((await mailsTo(UNIT)).sort()).toEqual([
      `${opens} ${UNIT} referral-received`,
      `${opens} intake-${UNIT} acknowledge last-day`,
      `${opens} team-leader-${UNIT} acknowledge last-day`,
    ]);
  });

  test('left lying by everybody, it is still the duty unit that is told, and nobody of the closed unit', async () => {
    await send(sent);
    await town.moveTo(justBefore(opens));
    expect(await mailsTo(UNIT)).toEqual([]);
    const ends = (await mailsTo(DUTY)).filter((line) => line.endsWith('assess-24h end'));
    expect(ends.map((line) => line.split(' ')[1]).sort()).toEqual([OFFICER, `team-leader-${DUTY}`]);
    // Over, and not yet assessed: every four hours, to the leader of them all as well.
    const after = (await mailsTo('bbu')).map((line) => line.split(' ').slice(1).join(' '));
    expect(new Set(after)).toEqual(new Set(['area-manager-bbu assess-24h end', 'area-manager-bbu assess-24h after']));
  });
});
