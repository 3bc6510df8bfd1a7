import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ownerThen } from '#domain/owner-history.ts';
import { instant } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { findEvents } from '#store/case-events.ts';
import { findOwnerships } from '#store/case-page.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { trainingOrganisationText } from '#test/support/organisation.ts';
import { lastFact, referralState } from '#test/support/referral-state.ts';
import { carriedOut, confirmed, ctxNow } from '#test/support/unit-changes.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readWorklist } from '#usecases/read-worklist.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { currentWorld } from '#usecases/world.ts';

const DAY = '2026-12-01';
/** Before the day begins, when it begins, and in its morning. */
const EVE = '2026-11-30';
const at = (time: string, day = EVE): string => `${day}T${time}:00+01:00`;
const BEGINS = `${DAY}T00:00:00+01:00`;
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };
const reason = { reason: 'Kort' };
const MERGE: UnitChange = {
  what: 'merge',
  on: DAY,
  units: ['bbu-valby', 'bbu-vesterbro'],
  into: null,
  unit: {
    id: 'bbu-vest',
    name: 'Børnefamilieenhed Vest',
    phone: '+45 00 07 00 00',
    email: null,
    nameIsNeutral: true,
  },
};

let world: TestWorld;
const submitTo = async (postalCode: string, when: string, more: Record<string, unknown> = {}): Promise<string> => {
  const children = [{ identity: 'unborn', address: { postalCode } }];
  const { referrals } = await submitNotification(
    world.ctxFor('school-social-worker-skole-valby', when),
    makeForm({ children, ...more }),
  );
  return referrals[0]?.id ?? expect.fail();
};
const take = (unit: string, id: string, when: string) =>
  acknowledgeReferral(world.ctxFor(`intake-${unit}`, when), { id, ...NOT_KNOWN });
const offer = (from: string, id: string, to: string, when: string) =>
  proposeHandover(world.ctxFor(`intake-${from}`, when), { id, to, ...reason });
const refuse = (unit: string, id: string, instead: string, when: string) =>
  declineHandover(world.ctxFor(`intake-${unit}`, when), { id, instead, basis: '§ 9', ...reason });

/** Duties that run, with their instants; the system's own looks aside. */
const duties = async () => {
  const kind = { notIn: ['opening', 'closing'] };
  const rows = await world.deps.db.deadline.findMany({ where: { state: 'running', kind }, orderBy: { id: 'asc' } });
  return new Map(
    rows.map(({ id, kind: what, dueAt, nextAlarmAt, startedAt }) => [id, { what, dueAt, nextAlarmAt, startedAt }]),
  );
};

describe('two units merge into a new one', () => {
  let ids: Record<
    'fresh' | 'taken' | 'assessed' | 'night' | 'between' | 'out' | 'coming' | 'own' | 'others' | 'elsewhere',
    string
  >;
  let before: Awaited<ReturnType<typeof duties>>;
  let changeId: string;

  beforeAll(async () => {
    world = await makeWorld();
    ids = {
      fresh: await submitTo('2500', at('09:00')),
      taken: await submitTo('2500', at('09:05')),
      assessed: await submitTo('1500', at('09:10')),
      between: await submitTo('2500', at('09:15')),
      out: await submitTo('2500', at('09:20')),
      coming: await submitTo('2200', at('09:25')),
      own: await submitTo('2500', at('09:30')),
      others: await submitTo('2500', at('09:35')),
      elsewhere: await submitTo('2200', at('09:40')),
      night: await submitTo('2500', at('22:00'), ACUTE),
    };
    for (const id of [ids.taken, ids.between, ids.out, ids.own, ids.others]) await take('bbu-valby', id, at('10:00'));
    await take('bbu-vesterbro', ids.assessed, at('10:00'));
    await take('bbu-norrebro', ids.coming, at('10:00'));
    const evidence = { evidence: 'phone-call' as const, occurredAt: instant(at('10:05')) };
    await assessReferral(world.ctxFor('intake-bbu-vesterbro', at('10:05')), {
      id: ids.assessed,
      acute: false,
      ...evidence,
      ...reason,
    });
    await offer('bbu-valby', ids.between, 'bbu-vesterbro', at('10:10'));
    await offer('bbu-valby', ids.out, 'bbu-bhv', at('10:10'));
    await offer('bbu-norrebro', ids.coming, 'bbu-valby', at('10:10'));
    await offer('bbu-valby', ids.own, 'bbu-vesterbro', at('10:10'));
    await refuse('bbu-vesterbro', ids.own, 'bbu-valby', at('10:20'));
    await offer('bbu-valby', ids.others, 'bbu-bhv', at('10:10'));
    await refuse('bbu-bhv', ids.others, 'bbu-valby', at('10:20'));
    changeId = await confirmed(world, MERGE, at('11:00'));
    before = await duties();
  });
  afterAll(async () => {
    expect(await verifyJournal(world.systemCtx('2026-12-02T00:00:00Z'))).toMatchObject({ intact: true });
    await world.drop();
  });

  test('nothing moves before the day', async () => {
    await carryOutUnitChange(world.systemCtx(at('23:59')), changeId, 100);
    expect(await referralState(world.deps.db, ids.fresh)).toMatchObject({ owner: 'bbu-valby' });
    expect(await duties()).toEqual(before);
  });

  test('on the day everything open is at the new unit, and what is elsewhere is not', async () => {
    await carriedOut(world, changeId, BEGINS);
    for (const id of [ids.fresh, ids.taken, ids.assessed, ids.between, ids.out, ids.own, ids.others]) {
      const state = await referralState(world.deps.db, id);
      expect(state, id).toMatchObject({
        owner: 'bbu-vest',
        responsible: 'bbu-vest',
        provisional: null,
        countedMoves: 0,
      });
      expect(state.owners.at(-1)).toBe('bbu-vest merged');
    }
    expect(await referralState(world.deps.db, ids.elsewhere)).toMatchObject({
      owner: 'bbu-norrebro',
      owners: ['bbu-norrebro routed'],
    });
    const row = await world.deps.db.unitChange.findUniqueOrThrow({ where: { id: changeId } });
    expect(row).toMatchObject({ state: 'done', nextAt: null });
    // Eight that the two units own or answer for, and one that is offered to them.
    expect(row.moved).toMatchObject({ referrals: 9, owners: 7, handovers: 5, disputes: 2, ended: 3 });
  });

  test('its person comes along', async () => {
    expect(await referralState(world.deps.db, ids.taken)).toMatchObject({
      status: 'acknowledged',
      handler: 'intake-bbu-valby',
    });
  });

  test('the journal tells the same, and for whom the duty unit has it', async () => {
    const { db } = world.deps;
    const { scope } = world.systemCtx(BEGINS);
    const replayed = async (id: string) => {
      const owners = await findOwnerships(db, scope, id);
      return ownerThen({ owners, lines: await findEvents(db, scope, id), clocks: [] }, instant(BEGINS));
    };
    expect(await replayed(ids.taken)).toMatchObject({ ownerUnit: 'bbu-vest', handlerId: 'intake-bbu-valby' });
    expect(await replayed(ids.night)).toMatchObject({ ownerUnit: 'dognvagten', responsibleUnit: 'bbu-vest' });
  });

  test('what the duty unit holds overnight comes back to the new unit in the morning', async () => {
    const state = await referralState(world.deps.db, ids.night);
    expect(state).toMatchObject({ owner: 'dognvagten', responsible: 'bbu-vest', provisional: 'acute-while-closed' });
    expect(state.running.opening).toBe('2026-12-01T08:00:00+01:00');
  });

  test('a hand-over between the two is over, one from or to them goes on', async () => {
    const open = await world.deps.db.handover.findMany({ where: { state: 'proposed' } });
    expect(open.map(({ referralId, fromUnitId, toUnitId }) => [referralId, fromUnitId, toUnitId]).sort()).toEqual(
      [
        [ids.out, 'bbu-vest', 'bbu-bhv'],
        [ids.coming, 'bbu-norrebro', 'bbu-vest'],
      ].sort(),
    );
    expect(await lastFact(world.deps.db, ids.between, 'handover-closed')).toMatchObject({
      how: 'merged',
      from: 'bbu-valby',
      to: 'bbu-vesterbro',
    });
  });

  test('a dispute between the two is settled by it, one with another unit goes on', async () => {
    expect(await lastFact(world.deps.db, ids.own, 'dispute-settled')).toMatchObject({
      how: 'merged',
      owner: 'bbu-vest',
    });
    const [open, ...more] = await world.deps.db.dispute.findMany({ where: { state: 'open' } });
    expect(more).toEqual([]);
    expect(open).toMatchObject({ referralId: ids.others });
    expect(open?.partyUnitIds.toSorted()).toEqual(['bbu-bhv', 'bbu-vest']);
  });

  test('every clock that still runs keeps its instant and its alarms; only those of what is over have ended', async () => {
    const after = await duties();
    for (const [id, clock] of after) expect(clock).toEqual(before.get(id));
    const gone = [...before].filter(([id]) => !after.has(id)).map(([, { what }]) => what);
    expect(gone.sort()).toEqual(['handover', 'ladder.1']);
  });

  test('people act at the new unit at once, and the notices say where', async () => {
    const morning = '2026-12-01T08:05:00+01:00';
    const page = await readWorklist(await ctxNow(world, 'intake-bbu-valby', morning), { tab: 'all' });
    expect(page.items.map(({ id }) => id)).toEqual(expect.arrayContaining([ids.fresh, ids.assessed]));
    const person = await world.deps.db.person.findUniqueOrThrow({
      where: { id: 'intake-bbu-vesterbro' },
      include: { assignments: true },
    });
    expect(person.unitId).toBe('bbu-vest');
    expect(person.assignments.map(({ unitId, validFrom, validUntil }) => [unitId, validFrom ?? validUntil])).toEqual([
      ['bbu-vesterbro', new Date(`${DAY}T00:00:00Z`)],
      ['bbu-vest', new Date(`${DAY}T00:00:00Z`)],
    ]);
    const told = await world.deps.db.outboundMessage.findMany({ where: { template: 'units-changed' } });
    expect(told.map(({ toPersonId }) => toPersonId)).toContain('intake-bbu-valby');
    expect(new Set(told.map(({ toPersonId }) => toPersonId)).size).toBe(told.length);
    await acceptHandover(await ctxNow(world, 'intake-bbu-valby', morning), { id: ids.coming });
    expect(await referralState(world.deps.db, ids.coming)).toMatchObject({ owner: 'bbu-vest', countedMoves: 1 });
  });

  test('whoever writes from there is routed to the new unit', async () => {
    const { organisation } = await currentWorld(world.systemCtx(BEGINS));
    expect(organisation.units.get('bbu-vest')?.postalCodes).toEqual([
      { from: 2500, to: 2500 },
      { from: 1500, to: 1799 },
      { from: 2450, to: 2450 },
    ]);
    for (const code of ['2500', '1620', '2450']) {
      expect(await referralState(world.deps.db, await submitTo(code, '2026-12-01T09:00:00+01:00'))).toMatchObject({
        owner: 'bbu-vest',
      });
    }
  });

  test('doing it again changes nothing', async () => {
    const events = await world.deps.db.caseEvent.count();
    const owners = await world.deps.db.ownership.count();
    await carriedOut(world, changeId, '2026-12-01T09:30:00+01:00');
    expect(await world.deps.db.caseEvent.count()).toBe(events);
    expect(await world.deps.db.ownership.count()).toBe(owners);
  });
});

describe('a unit closes and another goes on', () => {
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.drop());

  const CLOSE = { what: 'close', on: DAY, unit: 'bbu-amager-ost', into: 'bbu-amager-vest' } as const;

  test('drafts and open work go along, history stays', async () => {
    const id = await submitTo('2300', at('09:00'), {
      children: [{ identity: 'unborn', address: { postalCode: '2300' }, institution: 'skole-amagerbro' }],
    });
    expect(await referralState(world.deps.db, id)).toMatchObject({ owner: 'bbu-amager-ost' });
    const late = await submitTo('2300', at('18:00'), {
      children: [{ identity: 'unborn', address: { postalCode: '2300' }, institution: 'skole-amagerbro' }],
    });
    const change = await confirmed(world, CLOSE, at('11:00'));
    await carriedOut(world, change, BEGINS);
    const state = await referralState(world.deps.db, id);
    expect(state).toMatchObject({
      owner: 'bbu-amager-vest',
      owners: ['bbu-amager-ost routed', 'bbu-amager-vest merged'],
    });
    // Held over the night, addressed to the unit that is closed now: whoever has it learns of it in the morning.
    const held = await world.deps.db.outboundMessage.findFirstOrThrow({
      where: { referralId: late, template: 'referral-received', toUnitId: 'bbu-amager-ost' },
    });
    expect(await prepareMail(world.systemCtx('2026-12-01T08:00:00+01:00'), held.id)).toMatchObject({
      to: 'bbu-amager-vest@bindeled.example',
    });
  });

  test('a school closes into another: its drafts go along', async () => {
    const draft = await saveDraft(world.ctxFor('school-social-worker-skole-valby', at('10:00')), { form: {} });
    const close = { what: 'close', on: '2026-12-03', unit: 'skole-valby', into: 'skole-norrebro' } as const;
    await carriedOut(world, await confirmed(world, close, at('11:00', DAY)), '2026-12-03T00:00:00+01:00');
    const row = await world.deps.db.draft.findUniqueOrThrow({ where: { id: draft.id } });
    expect(row.unitId).toBe('skole-norrebro');
  });

  test('a second process that meets it done leaves it done', async () => {
    const { db } = world.deps;
    const [when, morning] = ['2026-12-07', '2026-12-07T00:00:00+01:00'];
    await submitTo('2500', at('09:00', '2026-12-04'));
    const close = { what: 'close', on: when, unit: 'bbu-valby', into: 'bbu-vesterbro' } as const;
    const id = await confirmed(world, close, at('11:00', '2026-12-04'));
    const waiting = (n: number) =>
      vi.waitUntil(async () => {
        const [found] = await db.$queryRaw<{ n: number }[]>`select count(*)::int as n from pg_locks l
          join pg_database d on d.oid = l.database
          where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;
        return found?.n === n;
      });
    const lock = (tx: Pick<typeof db, '$executeRaw'>) =>
      tx.$executeRaw`select pg_advisory_xact_lock(hashtext('organisation'))`;
    let slow: Promise<void> | undefined;
    let fast: Promise<void> | undefined;
    await db.$transaction(async (tx) => {
      await lock(tx);
      slow = carryOutUnitChange(world.systemCtx(morning, 'unit-change'), id, 1);
      await waiting(1);
      // Next in line: it comes between the beginning and the first batch of the slow one.
      fast = db.$transaction(async (other) => {
        await lock(other);
        await waiting(1);
        await other.unitChange.update({
          where: { id },
          data: { state: 'done', nextAt: null, endedAt: new Date(morning) },
        });
      });
      await waiting(2);
    });
    await Promise.all([slow, fast]);
    expect(await db.unitChange.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'done', nextAt: null });
  });

  test('what the organisation no longer allows lapses, and is told', async () => {
    const again = { what: 'close', on: '2026-12-10', unit: 'bbu-bhv', into: 'bbu-bispebjerg' } as const;
    const change = await confirmed(world, again, at('11:00', '2026-12-05'));
    const text = trainingOrganisationText().replace(
      '"id": "bbu-bispebjerg",',
      '"id": "bbu-bispebjerg", "validUntil": "2026-12-08",',
    );
    expect(text).not.toBe(trainingOrganisationText());
    await importOrganisation(world.systemCtx(at('12:00', '2026-12-06')), text);
    await carriedOut(world, change, '2026-12-10T00:00:00+01:00');
    expect(await world.deps.db.unitChange.findUniqueOrThrow({ where: { id: change } })).toMatchObject({
      state: 'lapsed',
    });
    expect(await world.deps.db.setupEvent.count({ where: { kind: 'unit-change-lapsed', changeId: change } })).toBe(1);
  });
});
