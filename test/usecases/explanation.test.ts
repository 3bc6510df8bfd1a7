import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { T } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { answerExplanation } from '#usecases/answer-explanation.ts';
import { endAbsence } from '#usecases/end-absence.ts';
import { explainOverdue } from '#usecases/explain-overdue.ts';
import { listAbsences } from '#usecases/list-absences.ts';
import { listUnexplained } from '#usecases/list-unexplained.ts';
import { readCase } from '#usecases/read-case.ts';
import { readClocks } from '#usecases/read-clocks.ts';
import { readCounts, readWorklist } from '#usecases/read-worklist.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const UNIT = 'bbu-norrebro';
const [HANDLER, LEADER] = [`caseworker-${UNIT}`, `team-leader-${UNIT}`];
const BEFORE = '2026-11-03T11:00:00+01:00';
const AFTER = '2026-11-04T11:00:00+01:00';

let world: TestWorld;
let id: string;
beforeEach(async () => {
  world = await makeWorld();
  const sent = await submitNotification(
    world.ctxFor('school-social-worker-skole-norrebro', '2026-11-03T10:00:00+01:00'),
    makeForm(),
  );
  id = sent.referrals[0]?.id ?? '';
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(world.ctxFor(HANDLER, '2026-11-03T10:30:00+01:00'), { id, known, need: null });
});
afterEach(() => world.drop());

describe('a passed clock of the law', () => {
  const clockId = async (kind: string): Promise<string> =>
    (await world.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind } })).id;
  const explain = async (by = HANDLER, text = 'Telefonen var nede') =>
    explainOverdue(world.ctxFor(by, AFTER), { id, stateVersion: 1, clockId: await clockId('assess-24h'), text });
  const answer = async (by: string, accepted: boolean) =>
    answerExplanation(world.ctxFor(by, AFTER), {
      id,
      stateVersion: 1,
      clockId: await clockId('assess-24h'),
      accepted,
      text: 'Set',
    });
  const listed = async (by = LEADER, at = AFTER) =>
    (await listUnexplained(world.ctxFor(by, at))).map((row) => `${row.name.en}: ${row.explained}`);

  test('is explained by whoever has it, asked for again, and accepted by the leader', async () => {
    expect(await listed(LEADER, BEFORE)).toEqual([]);
    expect(await listed()).toEqual(['24-hour assessment: null']);
    await explain();
    expect(await listed()).toEqual(['24-hour assessment: given']);
    await answer(LEADER, false);
    expect(await listed()).toEqual(['24-hour assessment: asked-again']);
    await explain(HANDLER, 'Der var ingen på arbejde');
    await answer(LEADER, true);
    expect(await listed()).toEqual([]);
    const { timeline } = await readCase(world.ctxFor(LEADER, AFTER), id);
    const told = timeline.filter(({ kind }) => kind.includes('expla')).map(({ text }) => text);
    expect(told).toEqual(['Set', 'Der var ingen på arbejde', 'Set', 'Telefonen var nede']);
  });

  test('is offered to who owes it, then to the leader, and to nobody before it has passed', async () => {
    const acts = async (by: string, at: string) =>
      (await readClocks(world.ctxFor(by, at), id)).find(({ kind }) => kind === 'assess-24h')?.acts;
    expect(await acts(HANDLER, BEFORE)).toEqual([]);
    expect(await acts(HANDLER, AFTER)).toEqual(['explain-overdue']);
    await explain(LEADER);
    // Nobody answers their own.
    expect(await acts(LEADER, AFTER)).toEqual([]);
    expect(await acts('area-manager-bbu', AFTER)).toEqual(['answer-explanation']);
    await expect(answer(LEADER, true)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await expect(answer(HANDLER, true)).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' });
  });

  test('no words of it stand open anywhere', async () => {
    await explain(HANDLER, 'Hemmelig forklaring');
    const rows = await world.deps.db.$queryRaw<{ n: number }[]>`
      select count(*)::int as n from case_event where data::text like '%Hemmelig%'`;
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('a clock of policy owes nothing', async () => {
    await world.deps.db
      .$executeRaw`update deadline set due_at = '2026-11-01', started_at = '2026-10-30' where kind = 'closing'`;
    expect(await listed()).toEqual(['24-hour assessment: null']);
  });
});

describe('absence', () => {
  const day = (text: string) => T.PlainDate.from(text);
  const away = (by: string, personId = HANDLER, from = '2026-11-04', lastDay: string | null = '2026-11-05') =>
    registerAbsence(world.ctxFor(by, BEFORE), {
      personId,
      from: day(from),
      lastDay: lastDay === null ? null : day(lastDay),
      substitute: `intake-${UNIT}`,
    });
  const mine = async (at: string) => {
    const ctx = world.ctxFor(`intake-${UNIT}`, at);
    const { items } = await readWorklist(ctx, { tab: 'mine' });
    return { shown: items.map(({ standIn }) => standIn), counted: (await readCounts(ctx)).mine };
  };

  test('the substitute has the cases from the first day to the last, and no longer', async () => {
    await away(HANDLER);
    expect(await mine('2026-11-03T12:00:00+01:00')).toEqual({ shown: [], counted: 0 });
    expect(await mine('2026-11-04T00:00:01+01:00')).toEqual({ shown: [true], counted: 1 });
    expect(await mine('2026-11-05T23:59:59+01:00')).toEqual({ shown: [true], counted: 1 });
    expect(await mine('2026-11-06T00:00:01+01:00')).toEqual({ shown: [], counted: 0 });
  });

  test('a leader registers and ends it for their people; others cannot', async () => {
    const { id: absence } = await away(LEADER, HANDLER, '2026-11-03');
    expect(await mine('2026-11-03T12:00:00+01:00')).toEqual({ shown: [true], counted: 1 });
    await expect(endAbsence(world.ctxFor('team-leader-bbu-valby', BEFORE), { id: absence })).rejects.toMatchObject({
      code: 'OUT_OF_SCOPE',
    });
    await endAbsence(world.ctxFor(LEADER, BEFORE), { id: absence });
    expect(await mine('2026-11-03T12:00:00+01:00')).toEqual({ shown: [], counted: 0 });
    await expect(away(`intake-${UNIT}`)).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' });
  });

  test('is refused in the past, backwards, twice, and with a substitute who is away', async () => {
    const refused = async (act: Promise<unknown>) =>
      act.then(
        () => 'allowed',
        (error: { fields: { path: string; code: string }[] }) => error.fields.map((f) => `${f.path} ${f.code}`).join(),
      );
    expect(await refused(away(HANDLER, HANDLER, '2026-11-02'))).toBe('from past-date');
    expect(await refused(away(HANDLER, HANDLER, '2026-11-05', '2026-11-04'))).toBe('lastDay before-first');
    await away(HANDLER);
    expect(await refused(away(HANDLER, HANDLER, '2026-11-05', null))).toBe('from absence-known');
    expect(await refused(away(HANDLER, HANDLER, '2026-11-06', null))).toBe('allowed');
    const [self] = await listAbsences(world.ctxFor(HANDLER, BEFORE));
    expect(self?.absences.map(({ from, lastDay }) => `${from} ${lastDay}`)).toEqual([
      '2026-11-04 2026-11-05',
      '2026-11-06 null',
    ]);
  });
});
