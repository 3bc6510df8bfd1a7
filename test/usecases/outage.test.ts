import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';

let town: TestMunicipality;

const send = async (): Promise<string> =>
  (await town.submit('school-social-worker-skole-norrebro', makeForm())).referrals[0]?.id ?? '';

beforeEach(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
});
afterEach(() => town.stop());

test('after an outage over the end, the end is told, to the leaders too', async () => {
  await send();
  await town.jobs.stop();
  // Nobody swept for a day and a half hour; then one sweep.
  await claimDueClocks(town.systemCtx('2026-11-04T10:30:00+01:00'), 500);
  const stages = await town.deps.db.outboundMessage.findMany({
    where: { template: 'alarm', stage: 'end' },
    select: { toPersonId: true },
  });
  expect(stages.map(({ toPersonId }) => toPersonId).sort()).toEqual([
    'area-manager-bbu',
    'intake-bbu-norrebro',
    'team-leader-bbu-norrebro',
  ]);
});

test('one clock that cannot be reckoned stops no other', async () => {
  const broken = await send();
  await send();
  await town.jobs.stop();
  await town.deps.db.$executeRaw`
    update deadline set derivation = derivation - 'period' where referral_id = ${broken}::uuid and kind = 'assess-24h'`;
  await claimDueClocks(town.systemCtx('2026-11-03T16:00:00+01:00'), 500);
  const told = await town.deps.db.outboundMessage.count({ where: { template: 'alarm', stage: 'quarter' } });
  expect(told).toBe(1);
  const [later] = await town.deps.db.deadline.findMany({ where: { referralId: broken, kind: 'assess-24h' } });
  expect(later?.nextAlarmAt).toEqual(new Date(instant('2026-11-03T16:05:00+01:00').epochMilliseconds));
});
