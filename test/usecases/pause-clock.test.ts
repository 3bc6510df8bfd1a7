import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, referralState } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { pauseClock } from '#usecases/pause-clock.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readCase } from '#usecases/read-case.ts';
import { resumeClock } from '#usecases/resume-clock.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const HANDLER = 'caseworker-bbu-norrebro';

let town: TestMunicipality;
let id: string;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T09:00:00+01:00');
  id = (await town.submit(SENDER, makeForm())).referrals[0]?.id ?? '';
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(await as(HANDLER), { id, known, need: null });
  await proposeHandover(await as(HANDLER), { id, to: 'bbu-valby', reason: 'Flyttet' });
});
afterEach(() => town.stop());

const as = async (personId: string) => town.ctxFor(personId, await town.deps.clock.now());
const clockId = async (kind: string): Promise<string> =>
  (await town.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind, state: 'running' } })).id;
const dueOf = async (kind: string) => (await referralState(town.deps.db, id)).running[kind];
const pause = async (kind: string, until: string) =>
  pauseClock(await as(HANDLER), { id, clockId: await clockId(kind), reason: 'agreed', until: instant(until) });
/** Mails of one instant leave in no order. */
const alarms = async () =>
  (await town.mails())
    .filter(({ alarm }) => alarm?.startsWith('handover '))
    .map(({ at, alarm }) => `${at} ${alarm}`)
    .sort();

test('a paused clock is silent, ends its pause by itself, tells its handler and alarms by its new end', async () => {
  expect(await dueOf('handover')).toBe('2026-11-04T23:59:59+01:00');
  await pause('handover', '2026-11-06T00:00:00+01:00');
  expect(await dueOf('handover')).toBe('2026-11-09T23:59:59+01:00');
  const shown = (await readCase(await as(HANDLER), id)).clocks.find(({ kind }) => kind === 'handover');
  expect(shown).toMatchObject({
    pause: { until: '2026-11-05T23:00:00.000Z', by: 'Sagsbehandler, Børnefamilieenhed Nørrebro' },
    acts: ['resume-clock'],
  });
  expect(shown?.explanation.da).toContain('Tæller ikke: onsdag den 4. november 2026 (fristen var sat på pause).');
  await town.moveTo('2026-11-09T10:00:00+01:00');
  expect(await alarms()).toEqual([
    // The pause ended at midnight; its handler's unit opens at eight. Friday is the first of its two days.
    '2026-11-06T08:00:00+01:00 handover half',
    '2026-11-06T08:00:00+01:00 handover pause-ended',
    '2026-11-09T08:00:00+01:00 handover last-day',
    '2026-11-09T08:00:00+01:00 handover last-day',
  ]);
  const row = await town.deps.db.deadlinePause.findFirstOrThrow();
  expect(row).toMatchObject({ reason: 'agreed', personId: HANDLER });
  expect(row.endedAt).toEqual(row.endsAt);
});

test('resumed early, it is due that much earlier', async () => {
  await pause('handover', '2026-11-12T00:00:00+01:00');
  await town.moveTo('2026-11-03T09:00:00+01:00');
  await resumeClock(await as(HANDLER), { id, clockId: await clockId('handover') });
  // Tuesday is lost, Wednesday and Thursday count.
  expect(await dueOf('handover')).toBe('2026-11-05T23:59:59+01:00');
  await town.moveTo('2026-11-05T10:00:00+01:00');
  expect((await alarms()).at(-1)).toBe('2026-11-05T08:00:00+01:00 handover last-day');
  expect(await journalKinds(town.deps.db, id)).not.toContain('pause-ended');
  expect(await dueOf('pause-end')).toBeUndefined();
});

test('a pause ends with its clock', async () => {
  await pause('handover', '2026-11-06T00:00:00+01:00');
  await town.moveTo('2026-11-03T09:00:00+01:00');
  await withdrawHandover(await as(HANDLER), { id, reason: 'Fundet selv' });
  expect(await dueOf('pause-end')).toBeUndefined();
  const [row] = await town.deps.db.deadlinePause.findMany();
  expect(row?.endedAt).toEqual(new Date('2026-11-03T08:00:00.000Z'));
});

test('after an outage over the end of the pause, the clock runs from its end, not from the sweep', async () => {
  await pause('handover', '2026-11-04T00:00:00+01:00');
  expect(await dueOf('handover')).toBe('2026-11-05T23:59:59+01:00');
  await town.standAt('2026-11-05T12:00:00+01:00');
  await town.settle();
  expect(await dueOf('handover')).toBe('2026-11-05T23:59:59+01:00');
  const row = await town.deps.db.deadlinePause.findFirstOrThrow();
  expect(row.endedAt).toEqual(row.endsAt);
  expect(await journalKinds(town.deps.db, id)).toEqual(expect.arrayContaining(['late-by-outage', 'pause-ended']));
  // What fell due in between is told once, as the last that should have gone out.
  expect((await alarms()).map((line) => line.split(' ').at(-1))).toEqual(['last-day', 'last-day', 'pause-ended']);
});

test.each(['assess-24h', 'investigation'])('%s is set by law and refuses, in words', async (kind) => {
  await expect(pause(kind, '2026-11-03T00:00:00+01:00')).rejects.toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    reason: { da: expect.stringContaining('er en frist i loven og kan ikke sættes på pause') },
  });
  const shown = (await readCase(await as(HANDLER), id)).clocks.find((clock) => clock.kind === kind);
  expect(shown?.acts).toEqual([]);
});

test('paused again before the sweep has ended the last pause: that one ends when it was to', async () => {
  await pause('handover', '2026-11-03T12:00:00+01:00');
  await town.standAt('2026-11-03T12:00:30+01:00');
  const shown = (await readCase(await as(HANDLER), id)).clocks.find(({ kind }) => kind === 'handover');
  expect(shown).toMatchObject({ pause: null, acts: ['pause-clock'] });
  await pause('handover', '2026-11-06T00:00:00+01:00');
  const rows = await town.deps.db.deadlinePause.findMany({ orderBy: { startedAt: 'asc' } });
  expect(rows.map(({ endedAt }) => endedAt)).toEqual([new Date('2026-11-03T11:00:00Z'), null]);
  await town.settle();
  expect(await dueOf('pause-end')).toBe('2026-11-06T00:00:00+01:00');
  expect((await journalKinds(town.deps.db, id)).filter((kind) => kind === 'pause-ended')).toHaveLength(1);
});

test('a pause until the end of all days is refused at once, and names its field', async () => {
  await expect(pause('handover', '9999-12-31T00:00:00+01:00')).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'until', code: 'pause-too-long' }],
  });
});
