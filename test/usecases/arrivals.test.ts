import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOpen, openTimeBetween } from '#domain/opening-hours.ts';
import { calendarOf } from '#domain/regulations.ts';
import { type Instant, iso } from '#domain/time.ts';
import { fromDate } from '#store/db.ts';
import { arrivals } from '#test/support/arrivals.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { inParallel } from '#test/support/parallel.ts';
import { referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const organisation = trainingOrganisation();
const calendar = calendarOf(organisation);
const DUTY = 'dognvagten';
const TWO_HOURS_MS = 2 * 60 * 60 * 1000;
const SEED = 20_260_102;
const timeout = times(180_000, 1_800_000);

const unitOf = (id: string) => {
  const unit = organisation.units.get(id);
  if (!unit) throw new Error(`no unit ${id}`);
  return unit;
};

/** The unit is open long enough before the 24 hours end that it can be trusted to act in them. */
const openEnough = (unitId: string, from: Instant, until: Instant): boolean =>
  openTimeBetween(unitOf(unitId), calendar, from, until) >= TWO_HOURS_MS;

describe('1,000 random valid notifications at random instants of 2026 and 2027', () => {
  let world: TestWorld;
  beforeEach(async () => {
    world = await makeWorld();
  });
  afterEach(() => world.drop());

  test('each is routed, owned by exactly one unit, and somebody acts before its 24 hours end', {
    timeout,
  }, async () => {
    const all = arrivals(1_000, SEED, 3);
    await inParallel(all, 4, async ({ at, sender, form }) => {
      const { referrals } = await submitNotification(world.ctxFor(sender, at), form);
      expect(referrals).toHaveLength(form.children.length);
    });
    const { db } = world.deps;
    const rows = await db.referral.findMany({
      include: {
        ownerships: { where: { endedAt: null } },
        deadlines: { where: { kind: 'assess-24h', state: 'running' } },
        events: { where: { kind: 'routed' } },
      },
    });
    expect(rows).toHaveLength(all.flatMap(({ form }) => form.children).length);
    const ways = new Set<string>();
    const units = new Set<string>();
    for (const row of rows) {
      const where = `${iso(fromDate(row.receivedAt))} ${row.responsibleUnitId}`;
      expect(
        row.ownerships.map((one) => one.unitId),
        where,
      ).toEqual([row.ownerUnitId]);
      expect(unitOf(row.ownerUnitId).mayOwn, where).toContain('notification');
      expect(unitOf(row.responsibleUnitId).mayOwn, where).toContain('notification');
      const routed = row.events[0]?.data as { rule: number; trace: unknown[] };
      expect(routed.rule, where).toBeGreaterThanOrEqual(1);
      expect(routed.trace.length, where).toBeGreaterThanOrEqual(1);
      const assess = row.deadlines[0];
      if (!assess || row.deadlines.length > 1) throw new Error(`${where} has not one clock of 24 hours`);
      const from = fromDate(row.receivedAt);
      const until = fromDate(assess.dueAt);
      expect(until.epochMilliseconds - from.epochMilliseconds, where).toBe(24 * 60 * 60 * 1000);
      const holder = row.assessmentUnitId ?? row.ownerUnitId;
      const now = isOpen(unitOf(holder), calendar, from);
      expect(row.acute ? now : now || openEnough(holder, from, until), where).toBe(true);
      expect(holder === DUTY || openEnough(holder, from, until) || row.acute, where).toBe(true);
      ways.add(row.provisionalRule ?? (row.assessmentUnitId ? 'task' : 'owner'));
      units.add(row.responsibleUnitId);
    }
    // What was drawn reaches every way of acting and most units, or the loop above has shown little.
    expect([...ways].sort()).toEqual(['acute-while-closed', 'owner', 'task']);
    expect(units.size).toBeGreaterThanOrEqual(10);
    expect(await verifyJournal(world.systemCtx('2028-01-01T00:00:00Z'))).toMatchObject({ intact: true });
  });
});

describe('a sample of them, with the clock moved to the end of their 24 hours', () => {
  let town: TestMunicipality;
  const sample = arrivals(times(51, 402), SEED + 1, 1);
  beforeEach(async () => {
    town = await makeMunicipality('2026-01-02T00:00:00+01:00');
  });
  afterEach(() => town.stop());

  // Three at a time at the same instant, because it is the stops of the clock that take long.
  const moments = Map.groupBy(sample, (_, index) => Math.floor(index / 3)).values();

  test('whoever then has the task is the duty unit, or open and has been for two hours', { timeout }, async () => {
    const { db } = town.deps;
    const holders = new Set<string>();
    for (const [first, ...more] of moments) {
      if (!first) continue;
      const { at } = first;
      const end = at.add({ hours: 24 });
      await town.standAt(at);
      const sent = [first, ...more].map(async ({ sender, form }) => {
        const { referrals } = await town.submit(sender, form);
        return { form, ids: referrals.map(({ id }) => id) };
      });
      const all = await Promise.all(sent);
      await town.moveTo(end);
      for (const { form, id } of all.flatMap(({ form, ids }) => ids.map((id) => ({ form, id })))) {
        const state = await referralState(db, id);
        const holder = state.assessment ?? state.owner;
        const where = `${iso(at)} ${state.responsible}`;
        const last = end.subtract({ milliseconds: 1 });
        const trusted = form.acute?.marked === true || openEnough(holder, at, end);
        expect(holder === DUTY || (isOpen(unitOf(holder), calendar, last) && trusted), where).toBe(true);
        expect(state.running['assess-24h'], where).toBeDefined();
        holders.add(holder === DUTY ? DUTY : 'unit');
        // Closed, so that only the next ones' clocks run from here on.
        await markReferralInError(town.ctxFor(`team-leader-${state.owner}`, end), { id, reason: 'prøve' });
      }
    }
    expect([...holders].sort()).toEqual([DUTY, 'unit']);
    expect(await db.deadline.count({ where: { state: 'running' } })).toBe(0);
  });
});
