import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actorOf, reachOf } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import { T } from '#domain/time.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { importPeople } from '#test/support/people.ts';
import { referralState } from '#test/support/referral-state.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readBoard, readHandedOver } from '#usecases/read-board.ts';
import { readCase } from '#usecases/read-case.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { readCounts } from '#usecases/read-worklist.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { showAddress } from '#usecases/show-address.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';

const [NORREBRO, VALBY, BHV] = ['bbu-norrebro', 'bbu-valby', 'bbu-bhv'];
const SOF_COORDINATOR = 'buf-sof-coordinator-sof-stab';
const BUF_COORDINATOR = 'buf-sof-coordinator-buf-fagligt-center';
const AT = '2026-11-05T10:00:00+01:00';

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeEach(async () => {
  town = await makeMunicipality(AT);
  people = actorsOf(town);
});
afterEach(() => town.stop());

const offered = async (): Promise<string> => {
  const id = await people.taken(false);
  await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
  return id;
};
const told = async (template: string) =>
  (await town.mails()).filter((mail) => mail.template === template).map(({ to }) => to);
/** Disputes and escalations, of all or of one's own units. */
const boardOf = async (ctx: Ctx, ours: boolean) => {
  const [disputes, escalations] = [
    await readBoard(ctx, { ours, kind: 'dispute' }),
    await readBoard(ctx, { ours, kind: 'escalation' }),
  ];
  return [...disputes.items, ...escalations.items];
};
const opened = async (ctx: Ctx, id: string) => (await readDispute(ctx, id)).view;
const refused = (code: string) => expect.objectContaining({ code });

describe('a hand-over that nobody answers', () => {
  test('is reminded of at the unit that is to answer, and named as its duty; the owner is not late by it', async () => {
    const id = await offered();
    await town.moveTo('2026-11-09T09:00:00+01:00');
    const alarms = (await town.mails()).filter(({ alarm }) => alarm?.startsWith('handover '));
    expect([...new Set(alarms.map(({ to }) => to))].sort()).toEqual([`intake-${VALBY}`, `team-leader-${VALBY}`]);
    const mail = town.catcher.list().findLast(({ subject }) => subject?.includes('svar på en overdragelse'));
    expect(mail?.text).toContain('Enhed: Børnefamilieenhed Valby.');
    await town.moveTo('2026-11-10T09:00:00+01:00');
    const owner = await readCounts(await people.by(`intake-${NORREBRO}`));
    expect(owner).toMatchObject({ all: 1, overdue: 0 });
    expect((await referralState(town.deps.db, id)).owner).toBe(NORREBRO);
  });

  test('stands on the receiver’s list with its count, and opens without the case', async () => {
    const id = await offered();
    const receiver = await people.by(`caseworker-${VALBY}`);
    expect(await readCounts(receiver)).toMatchObject({ all: 0, handed: 1, dispute: 0 });
    const { items, nextCursor } = await readHandedOver(receiver, {});
    expect(items).toMatchObject([{ referralId: id, from: { id: NORREBRO }, to: { id: VALBY } }]);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(
      ['id', 'referralId', 'caseNumber', 'acute', 'from', 'to', 'proposedAt', 'dueAt'].sort(),
    );
    expect(nextCursor).toBeNull();
    const page = await readDispute(receiver, id);
    expect(page).toMatchObject({ view: 'matter', readsCase: false, handover: { dueAt: items[0]?.dueAt } });
    // The investigation's clock runs; the other side is not told of it.
    expect(page.view === 'matter' && page.owner.next).toBeNull();
    await expect(readCase(receiver, id)).rejects.toEqual(refused('NOT_FOUND'));
    expect((await readHandedOver(await people.by(`caseworker-${NORREBRO}`), {})).items).toEqual([]);
    expect((await readHandedOver(await people.by('area-manager-bbu'), {})).items).toHaveLength(1);
    await acceptHandover(await people.by(`caseworker-${VALBY}`), { id });
    expect(await readCounts(receiver)).toMatchObject({ all: 1, handed: 0 });
  });
});

describe('who follows a dispute', () => {
  test('for everybody of the municipality: the board lists exactly what opens', async () => {
    const ids = [await people.disputed(false), await people.disputedBetweenDepartments()];
    const silent = await town.submit('school-social-worker-skole-norrebro', makeForm());
    ids.push(silent.referrals[0]?.id ?? '');
    await town.moveTo('2026-11-09T09:00:00+01:00');
    const roles = new Set([
      'director',
      'buf-sof-coordinator',
      'team-leader',
      'centre-director',
      'caseworker',
      'intake',
    ]);
    for (const person of trainingOrganisation().people.values()) {
      if (!person.roles.some(({ role }) => roles.has(role))) continue;
      const ctx = await people.by(person.id);
      const shown = (await boardOf(ctx, false)).map(({ referralId }) => referralId);
      const opens = await Promise.all(
        ids.map((id) =>
          opened({ ...ctx, key: null }, id).then(
            (view) => view === 'matter',
            () => false,
          ),
        ),
      );
      expect(shown.toSorted(), person.id).toEqual(ids.filter((_, n) => opens[n]).toSorted());
    }
    const within = async (who: string) => (await boardOf(await people.by(who), false)).length;
    expect(await within(SOF_COORDINATOR)).toBe(3);
    expect(await within(BUF_COORDINATOR)).toBe(3);
    expect(await within('director-sof-stab')).toBe(3);
    expect(await within('director-buf-fagligt-center')).toBe(1);
  });

  test('a coordinator of the other department may propose a settlement, and decides nothing there', async () => {
    const id = await people.disputed(false);
    await town.moveTo('2026-11-10T09:00:00+01:00');
    const by = () => people.by(BUF_COORDINATOR);
    await proposeSettlement(await by(), { id, owner: VALBY, reason: 'Bor der' });
    await expect(decideDispute(await by(), { id, owner: VALBY, basis: '§ 9', reason: 'x' })).rejects.toEqual(
      refused('OUT_OF_SCOPE'),
    );
  });

  test('a unit sees its disputes among its cases, whoever has the case', async () => {
    const id = await people.disputed(false);
    for (const unit of [NORREBRO, VALBY]) {
      const ctx = await people.by(`intake-${unit}`);
      expect((await boardOf(ctx, true)).map(({ referralId }) => referralId)).toEqual([id]);
      expect(await readCounts(ctx)).toMatchObject({ dispute: 1 });
    }
    expect(await readCounts(await people.by(`intake-${BHV}`))).toMatchObject({ handed: 0, dispute: 0 });
  });
});

/** Of another unit, while everybody who speaks for Valby at its step is away. */
const standIn = async (): Promise<(at?: string) => Promise<Ctx>> => {
  const training = trainingOrganisation();
  const substitute = `team-leader-${BHV}`;
  const from = T.PlainDate.from('2026-11-01');
  const away = ['caseworker', 'intake', 'team-leader'].flatMap((role) => {
    const person = training.people.get(`${role}-${VALBY}`);
    return person ? [{ ...person, absences: [{ from, until: null, substitute }] }] : [];
  });
  const organisation = await importPeople(town, away, AT);
  return async () => {
    const base = await people.by(substitute);
    const person = organisation.people.get(substitute);
    const actor = person ? actorOf(person, organisation, base.now) : null;
    if (!actor) throw new Error('nobody stands in');
    return { ...base, actor, scope: mintScope(reachOf(actor)) };
  };
};

describe('a substitute from another unit', () => {
  test('gets the reminders of the hand-over, finds it, raises the dispute, and binds the party', async () => {
    const by = await standIn();
    const id = await offered();
    await town.moveTo('2026-11-06T08:00:00+01:00');
    expect(await told('alarm')).toContain(`team-leader-${BHV}`);
    expect((await readHandedOver(await by(), {})).items).toHaveLength(1);
    await raiseDispute(await by(), { id, unit: VALBY, whose: NORREBRO, basis: '§ 9', reason: 'Bor ikke her' });
    const page = await readDispute(await by(), id);
    expect(page).toMatchObject({ view: 'matter', dispute: { speaksFor: [VALBY] } });
    expect((await boardOf(await by(), false)).map(({ referralId }) => referralId)).toEqual([id]);
    await proposeSettlement(await people.by(SOF_COORDINATOR), { id, owner: NORREBRO, reason: 'Bor på Nørrebro' });
    await agreeToSettlement(await by(), { id, owner: NORREBRO });
    await agreeToSettlement(await people.by(`caseworker-${NORREBRO}`), { id, owner: NORREBRO });
    expect(await opened(await by(), id)).toBe('outcome');
  });

  test('has nothing of it any more once the absent are back', async () => {
    const by = await standIn();
    const id = await offered();
    expect(await opened(await by(), id)).toBe('matter');
    await importPeople(town, [], AT);
    await expect(readDispute(await people.by(`team-leader-${BHV}`), id)).rejects.toEqual(refused('NOT_FOUND'));
  });
});

describe('once it is over', () => {
  test('the side that it did not go to reads who has it, the reason and the legal basis, and no more', async () => {
    const id = await people.disputed(false);
    await town.moveTo('2026-11-10T09:00:00+01:00');
    const decision = { id, owner: VALBY, basis: 'Ansvarsfordelingen', reason: 'Flytningen er registreret' };
    await decideDispute(await people.by(SOF_COORDINATOR), decision);
    for (const side of [`caseworker-${NORREBRO}`, SOF_COORDINATOR, 'director-sof-stab']) {
      const { at, caseNumber, ...outcome } = { ...(await readDispute(await people.by(side), id)) } as Record<
        string,
        unknown
      >;
      expect(caseNumber).toMatch(/\d/);
      expect(at).toBe('2026-11-10T08:00:00.000Z');
      expect(outcome).toEqual({
        dissent: [],
        mayDissent: false,
        view: 'outcome',
        id,
        owner: { id: VALBY, name: 'Børnefamilieenhed Valby', phone: expect.any(String) },
        name: { da: 'Ansvarsuenighed afgjort', en: 'Ownership dispute settled' },
        by: trainingOrganisation().people.get(SOF_COORDINATOR)?.title,
        basis: 'Ansvarsfordelingen',
        reason: 'Flytningen er registreret',
      });
    }
    expect(await opened(await people.by(`caseworker-${VALBY}`), id)).toBe('matter');
    for (const foreign of [`caseworker-${BHV}`, 'school-social-worker-skole-norrebro', 'director-buf-fagligt-center']) {
      await expect(readDispute(await people.by(foreign), id)).rejects.toEqual(refused('NOT_FOUND'));
    }
    const reads = await town.deps.db.readLog.findMany({ where: { purpose: 'outcome' } });
    expect(reads.map(({ role }) => role).sort()).toEqual(['buf-sof-coordinator', 'caseworker', 'director']);
  });

  test('what was agreed is reasoned by the proposal', async () => {
    const id = await people.disputed(false);
    await proposeSettlement(await people.by(SOF_COORDINATOR), { id, owner: VALBY, reason: 'Bor i Valby' });
    await agreeToSettlement(await people.by(`caseworker-${NORREBRO}`), { id, owner: VALBY });
    await agreeToSettlement(await people.by(`caseworker-${VALBY}`), { id, owner: VALBY });
    expect(await readDispute(await people.by(`caseworker-${NORREBRO}`), id)).toMatchObject({
      view: 'outcome',
      owner: { id: VALBY },
      basis: null,
      reason: 'Bor i Valby',
    });
  });

  test('an accepted hand-over tells its sender, one that was withdrawn its receiver', async () => {
    const accepted = await offered();
    await acceptHandover(await people.by(`caseworker-${VALBY}`), { id: accepted });
    expect(await readDispute(await people.by(`caseworker-${NORREBRO}`), accepted)).toMatchObject({
      view: 'outcome',
      owner: { id: VALBY },
      name: { da: 'Overdragelse taget imod' },
    });
    const withdrawn = await offered();
    await withdrawHandover(await people.by(`caseworker-${NORREBRO}`), { id: withdrawn, reason: 'En fejl' });
    expect(await readDispute(await people.by(`caseworker-${VALBY}`), withdrawn)).toMatchObject({
      view: 'outcome',
      owner: { id: NORREBRO },
      reason: 'En fejl',
    });
  });
});

describe('what is said in a dispute is told', () => {
  test('a claim and a proposed settlement, to those who may agree on each side, not to who says it', async () => {
    const id = await people.disputed(false);
    await town.settle();
    const sides = [NORREBRO, VALBY].flatMap((unit) => [`caseworker-${unit}`, `intake-${unit}`]);
    const claim = { id, unit: VALBY, whose: NORREBRO, basis: '§ 9', reason: 'Hemmelig' };
    await claimInDispute(await people.by(`caseworker-${VALBY}`), claim);
    await town.settle();
    expect((await told('dispute-claimed')).sort()).toEqual(sides.filter((to) => to !== `caseworker-${VALBY}`).sort());
    await proposeSettlement(await people.by(SOF_COORDINATOR), { id, owner: VALBY, reason: 'Hemmelig' });
    await town.settle();
    expect((await told('settlement-proposed')).sort()).toEqual(sides.toSorted());
    for (const { text } of town.catcher.list()) expect(text).not.toContain('Hemmelig');
  });

  test('whoever settles by proposing tells the end, not a proposal', async () => {
    const id = await people.disputed(false);
    await town.moveTo('2026-11-13T09:00:00+01:00');
    await proposeSettlement(await people.by('centre-director-bbu'), { id, owner: VALBY, reason: 'Kort' });
    await town.settle();
    expect(await told('settlement-proposed')).toEqual([]);
    expect(await told('dispute-settled')).not.toEqual([]);
  });
});

test('an inquiry keeps all that was said of the child, and its owner reads it', async () => {
  const cpr = nextCpr();
  await town.submit('school-social-worker-skole-norrebro', makeForm({ children: [{ name: 'Barn', cpr }] }));
  const child = { name: 'Barn', cpr, protectedAddress: true, institution: 'skole-valby' };
  const address = { street: 'Vej 1', postalCode: '2200', city: 'København' };
  const inquiry = { child: { ...child, address }, text: 'Mangler skoleplads' };
  const { id } = await registerInquiry(await people.by('intake-buf-modtagelse'), inquiry);
  const { ownerUnitId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  expect(await readCase(await people.by(`intake-${ownerUnitId}`), id)).toMatchObject({
    inquiry: { text: 'Mangler skoleplads' },
    child: { institution: 'Øvelsesskolen Valby', address: null, protectedAddress: true },
  });
  const shown = await showAddress(await people.by(`intake-${ownerUnitId}`), id);
  expect(shown).toEqual({ address: 'Vej 1, 2200 København' });
  await expect(
    registerInquiry(await people.by('intake-buf-modtagelse'), {
      ...inquiry,
      child: { ...child, institution: 'nowhere' },
    }),
  ).rejects.toEqual(refused('INVALID'));
});
