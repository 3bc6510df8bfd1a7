import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { untilWaiting } from '#test/support/destructions.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { callMeeting } from '#usecases/call-meeting.ts';
import { cancelMeeting } from '#usecases/cancel-meeting.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import { climbEarly } from '#usecases/climb-early.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { recordDissent } from '#usecases/record-dissent.ts';
import { recordMinutes } from '#usecases/record-minutes.ts';

const [NORREBRO, VALBY] = ['bbu-norrebro', 'bbu-valby'];
const SOF = 'buf-sof-coordinator-sof-stab';
const BUF = 'buf-sof-coordinator-buf-fagligt-center';
const SECRET = 'Planteret navn';
const AT = '2026-11-02T10:00:00+01:00';

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeEach(async () => {
  town = await makeMunicipality(AT);
  people = actorsOf(town);
});
afterEach(() => town.stop());

const told = async (template: string) =>
  (await town.mails()).filter((mail) => mail.template === template).map(({ to }) => to);
const read = (who: string, id: string) => people.by(who).then((ctx: Ctx) => readDispute(ctx, id));
const open = async (who: string, id: string) => {
  const page = await read(who, id);
  if (page.view !== 'matter') throw new Error(page.view);
  return page;
};
const actsOf = async (who: string, id: string) => (await open(who, id)).acts;
const refused = (code: string) => expect.objectContaining({ code });

describe('climbing early', () => {
  test('by either side, told to both steps; the old step’s end comes and goes', async () => {
    const id = await people.disputed(false);
    expect(await actsOf(`caseworker-${VALBY}`, id)).toContain('climb-early');
    expect(await actsOf(SOF, id)).not.toContain('climb-early');
    const page = await open(`caseworker-${VALBY}`, id);
    const by = await people.by(`caseworker-${VALBY}`);
    await climbEarly(by, { id, stateVersion: page.stateVersion, step: 1, reason: SECRET });
    expect((await open(SOF, id)).dispute).toMatchObject({ step: 2, stepEndsAt: '2026-11-05T22:59:59.000Z' });
    // Before the coordinators could decide nothing; now they may.
    expect(await actsOf(SOF, id)).toContain('decide-dispute');
    expect((await open(SOF, id)).said.findLast(({ kind }) => kind === 'climbed-early')).toMatchObject({
      unit: null,
      text: SECRET,
    });
    await town.moveTo('2026-11-05T09:00:00+01:00');
    expect((await open(SOF, id)).dispute).toMatchObject({ step: 2 });
    expect(new Set(await told('climbed-early'))).toEqual(
      new Set([
        ...[`team-leader-${NORREBRO}`, `team-leader-${VALBY}`, SOF],
        ...[`intake-${VALBY}`, `caseworker-${NORREBRO}`, `intake-${NORREBRO}`],
      ]),
    );
    expect(JSON.stringify(town.catcher.list())).not.toContain(SECRET);
    await town.moveTo('2026-11-06T09:00:00+01:00');
    expect((await open(SOF, id)).dispute).toMatchObject({ step: 3 });
  });
});

describe('a meeting', () => {
  const chiefs = async () => {
    const id = await people.disputed(false);
    await town.moveTo('2026-11-10T09:00:00+01:00');
    return id;
  };
  const call = async (id: string, at: string, who = SOF) =>
    callMeeting(await people.by(who), { id, at: instant(at), agenda: SECRET });

  test('is offered where the step is one, bounds it, and moves its alarms', async () => {
    const id = await people.disputed(false);
    expect(await actsOf(SOF, id)).not.toContain('call-meeting');
    await town.moveTo('2026-11-10T09:00:00+01:00');
    expect(await actsOf('area-manager-bbu', id)).toEqual(expect.arrayContaining(['call-meeting', 'climb-early']));
    expect(await actsOf(`caseworker-${VALBY}`, id)).not.toContain('call-meeting');
    await call(id, '2026-11-12T10:00:00+01:00');
    const page = await open(SOF, id);
    expect(page.dispute).toMatchObject({
      stepEndsAt: '2026-11-12T22:59:59.000Z',
      meeting: { name: 'BEKU', at: '2026-11-12T09:00:00.000Z', held: false, ownEnd: '2026-11-16T22:59:59.000Z' },
    });
    expect(page.said.at(-1)).toMatchObject({ kind: 'meeting-called', text: SECRET });
    expect(page.acts).toEqual(expect.arrayContaining(['call-meeting', 'cancel-meeting', 'decide-dispute']));
    expect(page.acts).not.toContain('record-minutes');
    expect((await referralState(town.deps.db, id)).owner).toBe(NORREBRO);
    await town.moveTo('2026-11-13T09:00:00+01:00');
    expect((await open(SOF, id)).dispute).toMatchObject({ step: 4, stepEndsAt: '2026-11-19T22:59:59.000Z' });
    expect(JSON.stringify(town.catcher.list())).not.toContain(SECRET);
    // Its minutes may still be written; the step that is now has a meeting of its own.
    expect(await actsOf(SOF, id)).toEqual(expect.arrayContaining(['record-minutes', 'call-meeting']));
  });

  test('held, it has minutes that every side reads, and decides nothing by itself', async () => {
    const id = await chiefs();
    await call(id, '2026-11-12T10:00:00+01:00', 'area-manager-bbu');
    await town.moveTo('2026-11-12T11:00:00+01:00');
    await recordMinutes(await people.by(SOF), { id, minutes: SECRET });
    const page = await open(`caseworker-${VALBY}`, id);
    expect(page.said.at(-1)).toMatchObject({ kind: 'meeting-held', text: SECRET });
    expect(page.dispute).toMatchObject({ step: 3, meeting: { held: true } });
    await town.moveTo('2026-11-12T11:05:00+01:00');
    expect(await told('minutes-recorded')).toEqual(expect.arrayContaining(['area-manager-bbu', SOF]));
    await decideDispute(await people.by(SOF), { id, owner: VALBY, basis: '§ 9', reason: 'Som mødet' });
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: VALBY });
  });

  test('called off, the step has its own time again', async () => {
    const id = await chiefs();
    await call(id, '2026-11-12T10:00:00+01:00');
    await cancelMeeting(await people.by(SOF), { id, reason: 'Sygdom' });
    expect((await open(SOF, id)).dispute).toMatchObject({ stepEndsAt: '2026-11-16T22:59:59.000Z', meeting: null });
    await expect(people.by(SOF).then((ctx) => cancelMeeting(ctx, { id, reason: 'x' }))).rejects.toEqual(
      refused('ILLEGAL_TRANSITION'),
    );
    await town.moveTo('2026-11-13T09:00:00+01:00');
    expect((await open(SOF, id)).dispute).toMatchObject({ step: 3 });
  });
});

test('what shows a claim is read by both sides with it', async () => {
  const id = await people.taken(false);
  const said = { id, unit: NORREBRO, whose: VALBY, basis: '§ 9' };
  await raiseDispute(await people.by(`caseworker-${NORREBRO}`), {
    ...said,
    reason: 'Flyttet',
    shows: 'Folkeregisteret',
  });
  const claim = { ...said, unit: VALBY, whose: NORREBRO, reason: 'Ikke endnu', shows: 'Lejekontrakten' };
  await claimInDispute(await people.by(`caseworker-${VALBY}`), claim);
  const spoken = (await open(SOF, id)).said.map(({ kind, text, shows }) => [kind, text, shows]);
  expect(spoken).toEqual([
    ['dispute-raised', 'Flyttet', 'Folkeregisteret'],
    ['dispute-claimed', 'Ikke endnu', 'Lejekontrakten'],
  ]);
});

test('the receiver of a hand-over raises a dispute from its page', async () => {
  const id = await people.taken(false);
  await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
  expect(await actsOf(`caseworker-${VALBY}`, id)).toContain('raise-dispute');
  const why = { whose: NORREBRO, basis: '§ 9', reason: 'Bor her ikke' };
  await raiseDispute(await people.by(`caseworker-${VALBY}`), { id, unit: VALBY, ...why });
  expect(await actsOf(`caseworker-${VALBY}`, id)).toEqual(expect.arrayContaining(['accept-handover', 'claim']));
  expect(await actsOf(`caseworker-${VALBY}`, id)).not.toContain('raise-dispute');
});

describe('dissent', () => {
  const decided = async () => {
    const id = await people.disputedBetweenDepartments();
    await decideDispute(await people.by(SOF), { id, owner: NORREBRO, basis: '§ 9', reason: 'Bopæl' });
    return id;
  };
  const ending = async (who: string, id: string) => {
    const page = await read(who, id);
    return page.view === 'outcome' ? page : page.ended;
  };

  test('by the other who could have decided, for every former side to read; the owner stays', async () => {
    const id = await decided();
    expect(await ending(BUF, id)).toMatchObject({ dissent: [], mayDissent: true });
    expect(await ending(SOF, id)).toMatchObject({ mayDissent: false });
    await recordDissent(await people.by(BUF), { id, reason: SECRET });
    for (const who of [BUF, SOF, 'intake-buf-modtagelse', `caseworker-${NORREBRO}`]) {
      expect(await ending(who, id), who).toMatchObject({
        owner: { id: NORREBRO },
        reason: 'Bopæl',
        dissent: [{ reason: SECRET }],
        mayDissent: false,
      });
    }
    await town.moveTo('2026-11-02T11:00:00+01:00');
    expect(await told('dissent-recorded')).toEqual([SOF]);
    expect(JSON.stringify(town.catcher.list())).not.toContain(SECRET);
  });

  test('is refused to everybody else as what is not there', async () => {
    const id = await decided();
    for (const who of ['team-leader-bbu-norrebro', `caseworker-${NORREBRO}`, 'intake-buf-modtagelse']) {
      const ctx = await people.by(who);
      await expect(recordDissent(ctx, { id, reason: 'x' }), who).rejects.toEqual(refused('OUT_OF_SCOPE'));
    }
    const ctx = await people.by(`caseworker-${VALBY}`);
    await expect(recordDissent(ctx, { id, reason: 'x' })).rejects.toEqual(refused('NOT_FOUND'));
  });

  test('is nobody’s who is found to be related to the child while they wait for it', async () => {
    const id = await decided();
    const ctx = await people.by(BUF);
    const { db } = town.deps;
    const { childId } = await db.referral.findUniqueOrThrow({ where: { id } });
    const dissenting = await db.$transaction(async (tx) => {
      await tx.$executeRaw`select id from referral where id = ${id}::uuid for update`;
      const said = {
        id: crypto.randomUUID(),
        childId,
        personId: BUF,
        referralId: id,
        madeAt: new Date(AT),
        madeBy: SOF,
      };
      await tx.conflict.create({ data: said });
      const waiting = recordDissent(ctx, { id, reason: SECRET }).catch((error: unknown) => error);
      await untilWaiting(town, 1);
      return { waiting };
    });
    expect(await dissenting.waiting).toEqual(refused('OUT_OF_SCOPE'));
    expect(await ending(SOF, id)).toMatchObject({ dissent: [] });
  });

  test('waits for an end, and is not for what was agreed or is still open', async () => {
    const id = await people.disputedBetweenDepartments();
    await expect(people.by(BUF).then((ctx) => recordDissent(ctx, { id, reason: 'x' }))).rejects.toEqual(
      refused('NOT_FOUND'),
    );
  });
});
