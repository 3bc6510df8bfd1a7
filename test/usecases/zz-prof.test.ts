import { test } from 'vitest';
import { makeMunicipality, makeForm, ACUTE } from '#test/support/municipality.ts';
import { instant } from '#domain/time.ts';

test('prof', async () => {
  const town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  let stops = 0; let inSettle = 0; const durs: number[] = [];
  const jobs = town.jobs as { settle: () => Promise<void> };
  const real = jobs.settle;
  jobs.settle = async () => { stops++; const s = performance.now(); await real(); durs.push(Math.round(performance.now() - s)); };
  for (const [from, acute] of [['2026-11-03T10:00:00+01:00', 0], ['2026-11-10T20:00:00+01:00', 1], ['2026-11-13T20:00:00+01:00', 0],['2026-11-20T20:00:00+01:00', 1]] as const) {
    await town.standAt(from);
    const n = town.catcher.list().length; stops = 0; durs.length = 0;
    for (let i = 0; i < 3; i++) await town.submit('notifier-skole-norrebro', makeForm(acute ? ACUTE : {}));
    const s = performance.now();
    await town.moveTo(instant(from).add({ hours: 24 }));
    console.log(from, acute, 'ms', Math.round(performance.now() - s), 'stops', stops, 'mails', town.catcher.list().length - n, durs.join(' '));
    await town.deps.db.deadline.updateMany({ where: { state: 'running' }, data: { state: 'lapsed', endedAt: new Date(), endedBySeq: 1, nextAlarmAt: null } });
  }
  await town.stop();
}, 200000);
