import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonChange } from '#domain/person-change.ts';
import { T } from '#domain/time.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { ctxNow } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import { claimDueUnits } from '#usecases/claim-due-units.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { listUnattended } from '#usecases/list-unattended.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readPeople } from '#usecases/read-people.ts';
import { readChange } from '#usecases/read-setup.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const [EVE, DAY] = ['2026-11-10', '2026-11-11'];
const at = (time: string, day = EVE): string => `${day}T${time}:00+01:00`;
const BEGINS = at('00:00', DAY);
const [VALBY, NORREBRO] = ['bbu-valby', 'bbu-norrebro'];
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };

let world: TestWorld;
const proposed = async (change: PersonChange, by = 'anna', when = at('11:00')): Promise<string> =>
  (await proposeChange(administrator(world, by, when), { kind: 'people', payload: change, note: 'Aftalt' })).id;
const shown = async (id: string, when = at('11:00')) => {
  const { dryRun, problem, stateVersion } = await readChange(administrator(world, 'anna', when), id, {
    kind: 'people',
  });
  return {
    run: dryRun?.person ?? expect.fail(problem?.en ?? 'no dry run'),
    digest: dryRun?.digest ?? '',
    stateVersion,
  };
};
const confirm = async (id: string, by: string) => {
  const { digest, stateVersion } = await shown(id);
  const answer = { id, kind: 'people', stateVersion, answer: 'confirm', digest, reason: null } as const;
  await decideChange(administrator(world, by, at('11:05')), answer);
};
const carriedOut = (id: string, when = BEGINS) => carryOutUnitChange(world.systemCtx(when, 'unit-change'), id, 100);
const refusal = async (change: PersonChange): Promise<string> => {
  try {
    await proposed(change);
  } catch (error) {
    const [field] = (error as { fields: { path: string; code: string }[] }).fields;
    return `${field?.path} ${field?.code}`;
  }
  return 'allowed';
};
/** Taken by Valby's only intake, offered to Nørrebro, which says that it is Valby's. */
const inDispute = async (): Promise<string> => {
  const children = [{ identity: 'unborn', address: { postalCode: '2500' } }];
  const sender = world.ctxFor('school-social-worker-skole-valby', at('09:00'));
  const { referrals } = await submitNotification(sender, makeForm({ children }));
  const id = referrals[0]?.id ?? expect.fail();
  await acknowledgeReferral(world.ctxFor(`intake-${VALBY}`, at('09:10')), { id, ...NOT_KNOWN });
  await proposeHandover(world.ctxFor(`intake-${VALBY}`, at('09:20')), { id, to: NORREBRO, reason: 'Flyttet' });
  const no = { id, instead: VALBY, basis: '§ 9', reason: 'Bor ikke her' };
  await declineHandover(world.ctxFor(`intake-${NORREBRO}`, at('09:30')), no);
  return id;
};
const rolesOn = async (id: string, on: string): Promise<string[] | null> => {
  const { people } = await readPeople(administrator(world, 'anna', at('12:00', '2026-11-20')), {
    on: T.PlainDate.from(on),
  });
  const found = people.find((person) => person.id === id);
  return found ? found.roles.map(({ role, unit }) => `${role} ${unit.id}`) : null;
};

describe('the only intake of a unit leaves', () => {
  let change: string;
  const leaves = { what: 'person-leaves', on: DAY, person: `intake-${VALBY}` } as const;
  beforeAll(async () => {
    world = await makeWorld();
    await inDispute();
    change = await proposed({ ...leaves, substitute: `caseworker-${VALBY}` });
  });
  afterAll(() => world.drop());

  test('the dry run tells what it touches, and that nobody takes in any more', async () => {
    const { run } = await shown(change);
    expect(run).toMatchObject({
      alone: true,
      after: [],
      counts: { cases: 1 },
      cases: [{ unit: { id: VALBY }, answers: { id: `caseworker-${VALBY}` } }],
      disputes: [{ kind: 'dispute', step: 1, as: 'speaks' }],
      lacks: [{ role: 'intake', unit: { id: VALBY } }],
    });
    expect(run.disputes[0]?.instead.map(({ id }) => id)).toContain(`caseworker-${VALBY}`);
  });

  test('whoever proposed it may confirm it; on its day the work stands at the substitute and the unit', async () => {
    await confirm(change, 'anna');
    await carriedOut(change, at('23:00'));
    expect(await rolesOn(`intake-${VALBY}`, DAY)).not.toBeNull();
    const { claimed } = await claimDueUnits(world.systemCtx(BEGINS, 'sweep'));
    expect(claimed).toBe(1);
    await carriedOut(change);
    await carriedOut(change);
    expect(await rolesOn(`intake-${VALBY}`, DAY)).toBeNull();
    expect(await rolesOn(`intake-${VALBY}`, EVE)).toEqual([`intake ${VALBY}`]);
    const there = await ctxNow(world, `caseworker-${VALBY}`, at('09:00', DAY));
    const { items } = await listUnattended(there);
    expect(items).toMatchObject([{ why: 'left', answers: { id: `caseworker-${VALBY}` } }]);
    await expect(ctxNow(world, `intake-${VALBY}`, at('09:00', DAY))).rejects.toThrow('does not work here');
    const log = await world.deps.db.setupEvent.findMany({ where: { changeId: change }, orderBy: { at: 'asc' } });
    expect(log.map(({ kind }) => kind)).toEqual(['proposed', 'confirmed', 'person-changed']);
  });
});

describe('somebody joins, moves, gets other roles', () => {
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.drop());

  test('who moves is of the new unit from the day, and was of the old one before it', async () => {
    const who = `caseworker-${VALBY}`;
    const moves = { what: 'person-moves', on: DAY, person: who, unit: NORREBRO, roles: ['intake' as const] } as const;
    const id = await proposed({ ...moves, roles: [...moves.roles] });
    const { run } = await shown(id);
    expect(run).toMatchObject({
      alone: true,
      lacks: [],
      before: [{ role: 'caseworker' }],
      after: [{ role: 'intake' }],
    });
    await confirm(id, 'anna');
    await carriedOut(id);
    expect([await rolesOn(who, EVE), await rolesOn(who, DAY)]).toEqual([
      [`caseworker ${VALBY}`],
      [`intake ${NORREBRO}`],
    ]);
    const { actor } = await ctxNow(world, who, at('09:00', DAY));
    expect(actor).toMatchObject({ unitId: NORREBRO, roles: [{ role: 'intake', unit: NORREBRO }] });
  });

  test('who joins works here from the day on', async () => {
    const joins: PersonChange = {
      what: 'person-joins',
      on: DAY,
      person: 'caseworker-2-bbu-bhv',
      title: 'Sagsbehandler 2, BHV',
      email: 'caseworker-2-bbu-bhv@bindeled.example',
      phone: '+45 00 00 00 00',
      unit: 'bbu-bhv',
      roles: ['caseworker'],
      substitute: 'caseworker-bbu-bhv',
    };
    const id = await proposed(joins);
    expect(await refusal(joins)).toBe('allowed');
    await confirm(id, 'anna');
    await carriedOut(id);
    expect([await rolesOn(joins.person, EVE), await rolesOn(joins.person, DAY)]).toEqual([
      null,
      ['caseworker bbu-bhv'],
    ]);
    expect(await refusal({ ...joins, on: '2026-12-01' })).toBe('change.person known-already');
  });

  test('a role of four eyes takes another person, given or taken', async () => {
    const who = 'staff-sof-stab';
    const gets = { what: 'person-roles', on: DAY, person: who } as const;
    const id = await proposed({ ...gets, roles: ['staff', 'buf-sof-coordinator'] });
    expect((await shown(id)).run.alone).toBe(false);
    await expect(confirm(id, 'anna')).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await confirm(id, 'bo');
    await carriedOut(id);
    expect(await rolesOn(who, DAY)).toEqual(['staff sof-stab', 'buf-sof-coordinator sof-stab']);
    const gone = await proposed({ ...gets, on: '2026-11-12', roles: ['staff'] }, 'anna', at('09:00', DAY));
    expect((await shown(gone, at('09:00', DAY))).run.alone).toBe(false);
  });

  test('refused: what there is not, what changes nothing, the last administrator', async () => {
    const person = `team-leader-${VALBY}`;
    expect(await refusal({ what: 'person-leaves', on: EVE, person, substitute: null })).toBe('change.on not-tomorrow');
    expect(await refusal({ what: 'person-leaves', on: DAY, person: 'nobody', substitute: null })).toBe(
      'change.person unknown-choice',
    );
    expect(await refusal({ what: 'person-leaves', on: DAY, person, substitute: person })).toBe(
      'change.substitute unknown-choice',
    );
    expect(await refusal({ what: 'person-roles', on: DAY, person, roles: ['team-leader'] })).toBe(
      'change.roles nothing-changed',
    );
    expect(await refusal({ what: 'person-moves', on: DAY, person, unit: VALBY, roles: ['caseworker'] })).toBe(
      'change.unit own-unit',
    );
    const last = { what: 'person-leaves', on: DAY, person: 'administrator-sof-stab', substitute: null } as const;
    expect(await refusal(last)).toBe('change.person last-administrator');
  });

  test('nobody says alone what they are themselves, not even an administrator', async () => {
    const self = 'administrator-sof-stab';
    const change = { what: 'person-roles', on: DAY, person: self, roles: ['administrator', 'intake'] } as const;
    const id = await proposed({ ...change, roles: [...change.roles] }, self);
    await expect(confirm(id, self)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await confirm(id, 'bo');
  });

  test('what one person confirmed lapses where it has become a matter of two', async () => {
    const person = 'caseworker-bbu-bhv';
    const id = await proposed({ what: 'person-roles', on: DAY, person, roles: ['caseworker', 'intake'] });
    await confirm(id, 'anna');
    // As an import of the organisation's file would say meanwhile.
    await world.deps.db.roleAssignment.create({ data: { personId: person, unitId: 'bbu-bhv', role: 'area-manager' } });
    await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
    await carriedOut(id);
    expect(await rolesOn(person, DAY)).toEqual(['caseworker bbu-bhv', 'area-manager bbu-bhv']);
    const [, , last] = await world.deps.db.setupEvent.findMany({ where: { changeId: id }, orderBy: { at: 'asc' } });
    expect(last).toMatchObject({
      kind: 'unit-change-lapsed',
      data: { fields: [{ path: 'change.person', code: 'takes-two' }] },
    });
  });

  test('one who is already to leave is not changed twice', async () => {
    const person = `team-leader-${NORREBRO}`;
    const leaves = { what: 'person-leaves', on: '2026-12-01', person, substitute: null } as const;
    await confirm(await proposed(leaves), 'anna');
    expect(await refusal({ ...leaves, on: '2026-12-02' })).toBe('change.person person-changing');
  });
});
