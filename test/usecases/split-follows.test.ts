import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerThen } from '#domain/owner-history.ts';
import { provisionalOwner } from '#domain/provisional.ts';
import { instant } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { findEvents } from '#store/case-events.ts';
import { findOwnerships } from '#store/case-page.ts';
import { findOpenMatters } from '#store/matters.ts';
import { getReferral } from '#store/referrals.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { carriedOut, confirmed, ctxNow } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { declareConflict } from '#usecases/bar-from-child.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { readChange } from '#usecases/read-setup.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { currentWorld } from '#usecases/world.ts';

const DAY = '2026-12-01';
const EVE = '2026-11-30';
const at = (time: string, day = EVE): string => `${day}T${time}:00+01:00`;
const BEGINS = at('00:00', DAY);
const MORNING = at('08:30', DAY);
const [VESTERBRO, VALBY, NORREBRO] = ['bbu-vesterbro', 'bbu-valby', 'bbu-norrebro'];
const [CITY, SOUTH] = ['vesterbro-by', 'vesterbro-syd'];
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };
const part = (id: string, from: number, to: number, people: string[]) => ({
  id,
  name: id,
  phone: '+45 00 07 00 00',
  email: `${id}@bindeled.example`,
  nameIsNeutral: true,
  postalCodes: [{ from, to }],
  ages: null,
  people,
});
/** The caseworker goes with the smaller part; everybody else with the main one. */
const SPLIT: UnitChange = {
  what: 'split',
  on: DAY,
  unit: VESTERBRO,
  by: 'area',
  main: CITY,
  parts: [part(CITY, 1500, 1799, []), part(SOUTH, 2450, 2450, [`caseworker-${VESTERBRO}`])],
};

let world: TestWorld;
const arrive = async (postalCode: string, when: string, more: Record<string, unknown> = {}): Promise<string> => {
  const children = [{ identity: 'unborn', address: { postalCode } }];
  const sender = world.ctxFor('school-social-worker-skole-valby', when);
  const { referrals } = await submitNotification(sender, makeForm({ children, ...more }));
  return referrals[0]?.id ?? expect.fail();
};
const inDispute = async (unit: string, postalCode: string, acute: boolean): Promise<string> => {
  const id = await arrive(postalCode, at('09:00'), acute ? ACUTE : {});
  const intake = world.ctxFor(`intake-${unit}`, at('09:10'));
  await acknowledgeReferral(intake, { id, ...NOT_KNOWN });
  const assessed = { acute, evidence: 'phone-call', reason: 'Talt med skolen' } as const;
  await assessReferral(world.ctxFor(`intake-${unit}`, at('09:20')), { id, ...assessed });
  await proposeHandover(world.ctxFor(`intake-${unit}`, at('09:30')), { id, to: VALBY, reason: 'Flyttet' });
  const no = { id, instead: unit, basis: '§ 9', reason: 'Bor ikke her' };
  await declineHandover(world.ctxFor(`intake-${VALBY}`, at('09:40')), no);
  return id;
};
const proposalOf = async (referralId: string) => {
  const { proposal } = await world.deps.db.dispute.findFirstOrThrow({ where: { referralId, state: 'open' } });
  return proposal as { owner: string; agreed: string[] };
};
const replayed = async (id: string) => {
  const { db } = world.deps;
  const { scope } = world.systemCtx(MORNING);
  const lines = await findEvents(db, scope, id);
  return ownerThen({ owners: await findOwnerships(db, scope, id), lines, clocks: [] }, instant(MORNING));
};

describe('a unit is split: what went to the other part than the main one is there with all that belongs to it', () => {
  let ids: Record<'acute' | 'letter' | 'kin' | 'late' | 'taken', string>;
  let heldBy: string;
  beforeAll(async () => {
    world = await makeWorld();
    const notifier = {
      basis: 'professional',
      notifierCode: 4,
      name: 'Læge Test',
      postalAddress: 'Prøvevej 1\n2450 København SV',
    };
    const byLetter = async (): Promise<string> => {
      const { referrals } = await registerNotification(world.ctxFor(`intake-${VESTERBRO}`, at('09:00')), {
        channel: 'phone',
        receivedAt: instant(at('08:50')),
        notification: makeForm({ notifier, children: [{ identity: 'unborn', address: { postalCode: '2450' } }] }),
      });
      return referrals[0]?.id ?? '';
    };
    ids = {
      acute: await inDispute(VESTERBRO, '2450', true),
      letter: await byLetter(),
      kin: await byLetter(),
      taken: await arrive('2450', at('09:00')),
      late: await arrive('2450', at('18:00')),
    };
    for (const id of [ids.taken, ids.letter, ids.kin]) {
      await acknowledgeReferral(world.ctxFor(`caseworker-${VESTERBRO}`, at('10:00')), { id, ...NOT_KNOWN });
    }
    ({ personId: heldBy } = await world.deps.db.task.findFirstOrThrow({ where: { referralId: ids.letter } }));
    // Nobody has looked yet at what they had.
    await declareConflict(world.ctxFor(`caseworker-${VESTERBRO}`, at('10:30')), { id: ids.kin, reason: 'Min nevø' });
    await carriedOut(world, await confirmed(world, SPLIT, at('11:00')), BEGINS);
  });
  afterAll(async () => {
    expect(await verifyJournal(world.systemCtx('2026-12-02T00:00:00Z'))).toMatchObject({ intact: true });
    await world.drop();
  });

  test('an acute dispute goes back by day to the part that its referral went to', async () => {
    const { db } = world.deps;
    const { scope } = world.systemCtx(MORNING);
    const open = await findOpenMatters(db, scope, ids.acute);
    const now = await currentWorld(world.systemCtx(MORNING));
    expect(open.dispute?.parties.map(({ unit }) => unit).toSorted()).toEqual([VALBY, SOUTH]);
    expect(provisionalOwner(await getReferral(db, scope, ids.acute), open, now, instant(MORNING))).toBe(SOUTH);
    expect(await referralState(db, ids.acute)).toMatchObject({ responsible: SOUTH });
  });

  test('the letter is to be written by somebody of that part, who is told', async () => {
    const task = await world.deps.db.task.findFirstOrThrow({ where: { referralId: ids.letter, doneAt: null } });
    expect(heldBy).toBe(`intake-${VESTERBRO}`);
    expect(task).toMatchObject({ unitId: SOUTH, personId: `caseworker-${VESTERBRO}` });
    const told = await world.deps.db.outboundMessage.findMany({ where: { template: 'task', taskId: task.id } });
    expect(told.map(({ toPersonId }) => toPersonId)).toContain(`caseworker-${VESTERBRO}`);
  });

  test('and never by whoever is related to the child', async () => {
    const task = await world.deps.db.task.findFirstOrThrow({
      where: { referralId: ids.kin, kind: 'letter', doneAt: null },
    });
    expect(task).toMatchObject({ unitId: SOUTH, personId: 'area-manager-bbu' });
  });

  test('a notice held over the night reaches that part', async () => {
    const held = await world.deps.db.outboundMessage.findFirstOrThrow({
      where: { referralId: ids.late, template: 'referral-received', toUnitId: VESTERBRO },
    });
    expect(await prepareMail(world.systemCtx(MORNING), held.id)).toMatchObject({ to: `${SOUTH}@bindeled.example` });
  });

  test('the journal tells who has it', async () => {
    expect(await replayed(ids.taken)).toMatchObject({
      ownerUnit: SOUTH,
      responsibleUnit: SOUTH,
      handlerId: `caseworker-${VESTERBRO}`,
    });
  });
});

describe('a unit that is proposed as owner closes', () => {
  let ids: Record<'elsewhere' | 'party', string>;
  beforeAll(async () => {
    world = await makeWorld();
    ids = { elsewhere: await inDispute(NORREBRO, '2200', false), party: await inDispute(NORREBRO, '2200', false) };
    const coordinator = world.ctxFor('buf-sof-coordinator-sof-stab', at('10:00'));
    await proposeSettlement(coordinator, { id: ids.elsewhere, owner: 'bbu-bispebjerg', reason: 'Skolen' });
    const again = world.ctxFor('buf-sof-coordinator-sof-stab', at('10:00'));
    await proposeSettlement(again, { id: ids.party, owner: VESTERBRO, reason: 'Bopæl' });
    for (const [id, owner] of [
      [ids.elsewhere, 'bbu-bispebjerg'],
      [ids.party, VESTERBRO],
    ] as const) {
      await agreeToSettlement(world.ctxFor(`caseworker-${VALBY}`, at('10:10')), { id, owner });
    }
    const into = { 'bbu-bispebjerg': 'bbu-bhv', [VESTERBRO]: VALBY };
    for (const [unit, taker] of Object.entries(into)) {
      const change = { what: 'close', on: DAY, unit, into: taker } as const;
      await carriedOut(world, await confirmed(world, change, at('11:00')), BEGINS);
    }
  });
  afterAll(() => world.drop());

  test('its successor is proposed instead, what was agreed stands, and the last side settles it', async () => {
    expect(await proposalOf(ids.elsewhere)).toMatchObject({ owner: 'bbu-bhv', agreed: [VALBY] });
    const last = await ctxNow(world, `caseworker-${NORREBRO}`, MORNING);
    await agreeToSettlement(last, { id: ids.elsewhere, owner: 'bbu-bhv' });
    expect(await referralState(world.deps.db, ids.elsewhere)).toMatchObject({ owner: 'bbu-bhv' });
  });

  test('a side that would now get the work is asked anew, and told', async () => {
    expect(await proposalOf(ids.party)).toMatchObject({ owner: VALBY, agreed: [] });
    const told = await world.deps.db.outboundMessage.findMany({
      where: { referralId: ids.party, template: 'settlement-proposed', createdAt: { gte: new Date(BEGINS) } },
    });
    expect(told.map(({ toPersonId }) => toPersonId)).toContain(`caseworker-${VALBY}`);
    await agreeToSettlement(await ctxNow(world, `caseworker-${NORREBRO}`, MORNING), { id: ids.party, owner: VALBY });
    expect(await referralState(world.deps.db, ids.party)).toMatchObject({ owner: NORREBRO });
    await agreeToSettlement(await ctxNow(world, `caseworker-${VALBY}`, MORNING), { id: ids.party, owner: VALBY });
    expect(await referralState(world.deps.db, ids.party)).toMatchObject({ owner: VALBY });
  });
});

test('the dry run says of each open matter what the day does', async () => {
  world = await makeWorld();
  await inDispute(NORREBRO, '2200', false);
  const id = await arrive('2450', at('09:00'));
  await acknowledgeReferral(world.ctxFor(`intake-${VESTERBRO}`, at('09:10')), { id, ...NOT_KNOWN });
  await proposeHandover(world.ctxFor(`intake-${VESTERBRO}`, at('09:30')), { id, to: VALBY, reason: 'Flyttet' });
  const tried = async (change: UnitChange) => {
    const asked = { kind: 'units', payload: change, note: 'Aftalt' };
    const proposed = await proposeChange(administrator(world, 'anna', at('11:00')), asked);
    const { dryRun } = await readChange(administrator(world, 'bo', at('11:00')), proposed.id, { kind: 'units' });
    return (dryRun?.units?.matters ?? []).map(({ what, ends }) => `${what} ${ends}`).toSorted();
  };
  expect(await tried({ what: 'close', on: DAY, unit: VESTERBRO, into: VALBY })).toEqual(['handover true']);
  expect(await tried({ what: 'close', on: DAY, unit: VALBY, into: NORREBRO })).toEqual([
    'dispute true',
    'handover false',
  ]);
  expect(await tried(SPLIT)).toEqual(['handover false']);
  await world.drop();
});
