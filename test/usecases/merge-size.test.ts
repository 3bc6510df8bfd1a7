import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { UnitChange } from '#domain/unit-change.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { fewAtATime, numbers } from '#test/support/races.ts';
import { times } from '#test/support/size.ts';
import { confirmed } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** Two units, half of the open referrals each. The time is the benchmark's to tell (`bench/merge.ts`). */
const COUNT = times(500, 10_000);
const CHILDREN = 10;
const AT = '2026-11-30T10:00:00+01:00';
const BEGINS = '2026-12-01T00:00:00+01:00';
const BATCH = COUNT / 5;
const UNITS = ['bbu-valby', 'bbu-vesterbro'];
const MERGE: UnitChange = {
  what: 'merge',
  on: '2026-12-01',
  units: UNITS,
  into: null,
  unit: { id: 'bbu-vest', name: 'Børnefamilieenhed Vest', phone: '1', email: null, nameIsNeutral: true },
};

let world: TestWorld;
let changeId: string;
let before: { clocks: string; owners: Record<string, number> };

const db = () => world.deps.db;
const clocks = async (): Promise<string> => {
  const [row] = await db().$queryRaw<{ all: string }[]>`
    select md5(string_agg(d.id || d.kind || d.due_at || coalesce(d.next_alarm_at::text, ''), '|' order by d.id)) as all
    from deadline d where d.state = 'running' and d.kind not in ('handover', 'opening', 'closing')`;
  return row?.all ?? '';
};
/** Who owned how many at an instant, by the history of ownership. */
const ownedAt = async (at: string): Promise<Record<string, number>> => {
  const rows = await db().$queryRaw<{ unit: string; n: number }[]>`
    select unit_id as unit, count(*)::int as n from ownership
    where started_at <= ${at}::timestamptz and (ended_at is null or ended_at > ${at}::timestamptz) group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ unit, n }) => [unit, n]));
};
const carryOut = () => carryOutUnitChange(world.systemCtx(BEGINS, 'unit-change'), changeId, BATCH);
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);

beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
  const children = numbers(CHILDREN).map((n) => ({
    identity: 'unborn',
    name: 'Barn',
    address: { postalCode: n % 2 === 0 ? '2500' : '1500' },
  }));
  const by = (person: string) => world.ctxFor(person, AT);
  const sent = await fewAtATime(numbers(COUNT / CHILDREN), () =>
    submitNotification(by('school-social-worker-skole-valby'), makeForm({ children })),
  );
  const known = { unit: null, disability: false, elsewhere: false };
  // The first child of each is taken, and offered to the other of the two.
  await fewAtATime(sent, async ({ referrals }) => {
    const { id } = referrals[0] ?? expect.fail();
    const { ownerUnitId } = await db().referral.findUniqueOrThrow({ where: { id } });
    await acknowledgeReferral(by(`intake-${ownerUnitId}`), { id, known, need: null });
    const to = UNITS.find((unit) => unit !== ownerUnitId) ?? '';
    await proposeHandover(by(`intake-${ownerUnitId}`), { id, to, reason: 'Flyttet' });
  });
  changeId = await confirmed(world, MERGE, AT);
  before = { clocks: await clocks(), owners: await ownedAt(AT) };
});
afterAll(() => world.drop());

test('the scene: each unit has its half', () => {
  expect(before.owners).toEqual({ 'bbu-valby': COUNT / 2, 'bbu-vesterbro': COUNT / 2 });
});

test('killed half-way, some have followed, each is whole, and nothing is lost', async () => {
  const work = carryOut().catch((error: unknown) => error);
  await vi.waitUntil(
    async () => {
      const { moved } = await db().unitChange.findUniqueOrThrow({ where: { id: changeId } });
      return ((moved as { referrals?: number } | null)?.referrals ?? 0) > 0;
    },
    { timeout: 60_000, interval: 5 },
  );
  await db().$executeRaw`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  expect(await work).toBeInstanceOf(Error);
  const { state } = await db().unitChange.findUniqueOrThrow({ where: { id: changeId } });
  expect(state).toBe('running');
  const owners = await ownedAt(BEGINS);
  expect(sum(owners)).toBe(COUNT);
  expect(owners['bbu-vest']).toBeGreaterThan(0);
  expect(owners['bbu-vest']).toBeLessThan(COUNT);
});

test('handed over again, and to two at once, it goes on where it stood and each follows once', async () => {
  await Promise.all([carryOut(), carryOut()]);
  expect(await ownedAt(BEGINS)).toEqual({ 'bbu-vest': COUNT });
  const followed = await db().caseEvent.groupBy({ by: ['referralId'], where: { kind: 'unit-changed' }, _count: true });
  expect(followed.map(({ _count }) => _count)).toEqual(Array.from({ length: COUNT }, () => 1));
  const { moved } = await db().unitChange.findUniqueOrThrow({ where: { id: changeId } });
  expect(moved).toMatchObject({
    referrals: COUNT,
    owners: COUNT,
    handovers: COUNT / CHILDREN,
    ended: COUNT / CHILDREN,
  });
});

test('every clock is kept', async () => {
  expect(await clocks()).toBe(before.clocks);
});

test('reports over the day add up both ways: by the unit as it was then, and by the unit as it is now', async () => {
  const [then, now] = [await ownedAt(AT), await ownedAt('2026-12-01T12:00:00+01:00')];
  expect(then).toEqual(before.owners);
  expect(sum(now)).toBe(sum(then));
  const units = await db().unit.findMany({ where: { id: { in: UNITS } } });
  expect(units.map(({ successorId }) => successorId)).toEqual(['bbu-vest', 'bbu-vest']);
  const asOfNow = Object.entries(then).reduce((all, [, n]) => all + n, 0);
  expect(now['bbu-vest']).toBe(asOfNow);
});

test('the journal is whole', async () => {
  expect(await verifyJournal(world.systemCtx(BEGINS))).toMatchObject({ intact: true });
});
