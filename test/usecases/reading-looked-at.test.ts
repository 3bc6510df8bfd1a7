import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reachOf } from '#domain/actors.ts';
import type { Purpose } from '#domain/read-purposes.ts';
import { mintScope, type PersonActor } from '#domain/scope.ts';
import { instant, localDay } from '#domain/time.ts';
import { USUAL } from '#domain/unusual-reading.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { ctxNow } from '#test/support/unit-changes.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { answerUndelivered } from '#usecases/answer-undelivered.ts';
import type { Ctx } from '#usecases/context.ts';
import { listTasks } from '#usecases/list-tasks.ts';
import { openAttachment } from '#usecases/open-attachment.ts';
import { passOnTasks } from '#usecases/pass-on-tasks.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import { remindOfTasks } from '#usecases/remind-of-tasks.ts';
import { showAddress } from '#usecases/show-address.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { tellReading } from '#usecases/tell-reading.ts';
import { surnameIndex } from '#usecases/unusual-reading.ts';
import { watchReading } from '#usecases/watch-reading.ts';

const [READER, STRANGER] = ['caseworker-bbu-norrebro', 'caseworker-bbu-valby'];
const LEADER = 'team-leader-bbu-norrebro';
const ABOVE = 'area-manager-bbu';
const SENDER = 'school-social-worker-skole-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());
// What was read stands for ever: each test has days of its own.
let begins = instant('2026-11-03T09:00:00+01:00');
beforeEach(async () => {
  begins = begins.add({ hours: 4 * 24 });
  for (const table of ['task', 'readingWatch', 'outboundMessage', 'absence'] as const) {
    await (world.deps.db[table].deleteMany as () => Promise<unknown>)();
  }
  await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
});

const at = (minutes: number): string => `${begins.add({ minutes })}`;
const date = (minutes: number): Date => new Date(instant(at(minutes)).epochMilliseconds);
const submit = async (child: Record<string, unknown> = {}): Promise<string> => {
  const one = { name: 'Barn', identity: 'unborn', address: { street: 'Vejen 1', postalCode: '2200' }, ...child };
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at(0)), makeForm({ children: [one] }));
  return referrals[0]?.id ?? '';
};
const read = (
  referralIds: string[],
  minutes: number,
  who: { personId: string; unitId: string } = { personId: STRANGER, unitId: 'bbu-valby' },
  purpose: Purpose = 'case',
) =>
  world.deps.db.readLog.create({
    data: {
      ...{ id: crypto.randomUUID(), at: date(minutes), role: 'caseworker', purpose, mac: new Uint8Array(1) },
      ...{ ...who, referralIds, childIds: [] },
    },
  });
const watch = (minutes: number): Promise<number> => watchReading(world.systemCtx(at(minutes)));
const passOn = (minutes: number): Promise<number> => passOnTasks(world.systemCtx(at(minutes)));
const tasks = () =>
  world.deps.db.task.findMany({ where: { kind: 'unusual-reading' }, orderBy: [{ unitId: 'asc' }, { reason: 'asc' }] });
const away = (personId: string, substitute: string | null) =>
  registerAbsence(world.ctxFor(personId, at(0)), {
    ...{ personId, substitute, from: localDay(begins), lastDay: localDay(begins).add({ days: 2 }) },
  });
const mine = { personId: READER, unitId: 'bbu-norrebro' };

describe('what is looked at', () => {
  it('reading in an outage of the sweep, asked about with what was read then', async () => {
    const id = await submit();
    await watch(0);
    await read([id], 5);
    // Nobody swept for two days.
    expect(await watch(2 * 24 * 60)).toBe(1);
    expect(await watch(2 * 24 * 60 + 5)).toBe(0);
    const [task] = await tasks();
    const told = await tellReading(world.ctxFor('team-leader-bbu-valby', at(2 * 24 * 60 + 6)), task?.id ?? '');
    expect(told.map(({ caseNumbers }) => caseNumbers.length)).toEqual([1]);
  });

  it('many in an hour that has long gone by', async () => {
    const ids: string[] = [];
    for (let n = 0; n <= USUAL.hour; n += 1) ids.push(await submit());
    await watch(0);
    for (const id of ids) await read([id], 5, mine);
    for (const id of ids) await read([id], 300, mine, 'search');
    expect(await watch(600)).toBe(1);
    expect(await tasks()).toMatchObject([{ reason: 'volume', aboutPersonId: READER, unitId: 'bbu-norrebro' }]);
  });

  it('the one among thousands that are as they should be', async () => {
    const id = await submit();
    const above = { personId: ABOVE, unitId: 'bbu', role: 'area-manager', purpose: 'case', mac: new Uint8Array(1) };
    const rows = Array.from({ length: 1200 }, (_, n) => ({ ...above, at: new Date(date(1).getTime() + n) }));
    await world.deps.db.readLog.createMany({
      data: rows.map((row) => ({ ...row, id: crypto.randomUUID(), referralIds: [id], childIds: [] })),
    });
    await read([id], 3);
    expect(await watch(4)).toBe(1);
    expect((await tasks()).map(({ aboutPersonId }) => aboutPersonId)).toEqual([STRANGER]);
  });

  it('each unit’s leader asks about what was read as theirs', async () => {
    const id = await submit();
    await read([id], 1, { personId: STRANGER, unitId: 'bbu-bhv' });
    await read([id], 2, { personId: STRANGER, unitId: 'bbu-valby' });
    expect(await watch(3)).toBe(2);
    expect((await tasks()).map(({ personId }) => personId)).toEqual(['team-leader-bbu-bhv', 'team-leader-bbu-valby']);
  });

  it.each(['address', 'file', 'letter', 'dispute'] as const)('%s is opening a case, a list is not', async (purpose) => {
    const id = await submit();
    await read([id], 1, undefined, 'worklist-names');
    expect(await watch(2)).toBe(0);
    await read([id], 3, undefined, purpose);
    expect(await watch(4)).toBe(1);
  });

  it('an address or a file of somebody with the reader’s surname', async () => {
    const id = await submit({ name: 'Mads Åberg', protectedAddress: true });
    const ctx = world.ctxFor(READER, at(5));
    const named = (name: string): Ctx => ({
      ...ctx,
      actor: { ...(ctx.actor as PersonActor), surname: surnameIndex(world.deps.vault, name) },
    });
    await showAddress(named('Nina Holm'), id);
    expect(await tasks()).toEqual([]);
    expect(await showAddress(named('Nina Åberg'), id)).toMatchObject({ address: expect.stringContaining('Vejen 1') });
    expect(await tasks()).toMatchObject([{ reason: 'own-name', personId: LEADER, aboutPersonId: READER }]);
    await world.deps.db.task.deleteMany();
    const { body } = new Response('%PDF-1.7\nindhold');
    const { attachmentId } = await addAttachment(
      world.ctxFor(READER, at(6)),
      { id, name: 'brev.pdf' },
      body ?? expect.fail(),
    );
    await openAttachment(named('Nina Åberg'), attachmentId);
    expect(await tasks()).toMatchObject([{ reason: 'own-name', aboutPersonId: READER }]);
  });
});

describe('who asks', () => {
  const asked = async () => {
    const id = await submit();
    await read([id], 1);
    expect(await watch(2)).toBe(1);
    const [task] = await tasks();
    return task?.id ?? '';
  };
  const LEADS = 'team-leader-bbu-valby';

  it('when their leader is away, whoever leads next, once; never the reader in the leader’s place', async () => {
    await asked();
    expect((await tasks())[0]?.personId).toBe(LEADS);
    expect(await passOn(3)).toBe(0);
    await away(LEADS, STRANGER);
    expect((await Promise.all([passOn(4), passOn(4)])).toSorted()).toEqual([0, 1]);
    expect(await tasks()).toMatchObject([{ personId: ABOVE, unitId: 'bbu-valby', doneAt: null }]);
    expect(await passOn(5)).toBe(0);
    const told = await world.deps.db.outboundMessage.findMany({ where: { template: 'task' }, orderBy: { id: 'asc' } });
    expect(told.map(({ toPersonId }) => toPersonId)).toEqual([LEADS, ABOVE]);
    const list = async (who: string) =>
      (await listTasks(await ctxNow(world, who, at(6)), undefined)).items.map(({ kind }) => kind);
    expect([await list(ABOVE), await list(STRANGER)]).toEqual([['unusual-reading'], []]);
  });

  it('when their leader has left, too', async () => {
    await asked();
    await world.deps.db.person.update({
      where: { id: LEADS },
      data: { validUntil: new Date(`${localDay(begins)}T00:00:00Z`), substituteId: null },
    });
    await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
    expect(await passOn(4)).toBe(1);
    expect((await tasks())[0]?.personId).toBe(ABOVE);
    await world.deps.db.person.update({ where: { id: LEADS }, data: { validUntil: null } });
  });

  it('an address that keeps failing, which no case tells of, is passed on and never to its owner', async () => {
    await asked();
    const admin = 'administrator-sof-stab';
    const { db } = world.deps;
    const { id: outboundMessageId } = await db.outboundMessage.findFirstOrThrow({ where: { template: 'task' } });
    await db.outboundMessage.update({ where: { id: outboundMessageId }, data: { state: 'failed', reason: 'full' } });
    await answerUndelivered(world.systemCtx(at(3)), { outboundMessageId, failing: true });
    const failing = () => db.task.findFirstOrThrow({ where: { kind: 'failing-address' } });
    expect(await failing()).toMatchObject({ personId: admin, subject: LEADS, referralId: null });
    expect(await passOn(4)).toBe(0);
    await away(admin, null);
    expect(await passOn(5)).toBe(1);
    expect((await failing()).personId).toBe(ABOVE);
  });

  it('nobody is reminded of a task about themselves: there is none', async () => {
    const id = await asked();
    await world.deps.db.task.update({ where: { id }, data: { nextReminderAt: date(10) } });
    expect(await remindOfTasks(world.systemCtx(at(24 * 60)), 10)).toBe(1);
    const reminded = await world.deps.db.outboundMessage.findMany({ where: { template: 'task-reminder' } });
    expect(reminded.map(({ toPersonId }) => toPersonId)).toEqual([LEADS]);
    await expect(world.deps.db.task.update({ where: { id }, data: { personId: STRANGER } })).rejects.toThrow();
  });
});

it('a leader who is related to a child is not told that its case was read', async () => {
  const [theirs, other] = [await submit(), await submit()];
  await read([theirs], 2, mine);
  await read([theirs, other], 3, mine, 'merge-preview');
  const about = { kind: 'unusual-reading', reason: 'volume', aboutPersonId: READER, personId: LEADER };
  const task = { ...about, subject: `${READER} bbu-norrebro ${localDay(begins)} volume`, unitId: 'bbu-norrebro' };
  const { id } = await world.deps.db.task.create({
    data: { id: crypto.randomUUID(), ...task, openedAt: date(5) },
  });
  const { caseNumber } = await world.deps.db.referral.findUniqueOrThrow({ where: { id: other } });
  const ctx = await ctxNow(world, LEADER, at(6));
  const actor = { ...(ctx.actor as PersonActor), barredFrom: [theirs] };
  const told = await tellReading({ ...ctx, actor, scope: mintScope(reachOf(actor)) }, id);
  expect(told.map(({ caseNumbers }) => caseNumbers)).toEqual([[caseNumber]]);
});
