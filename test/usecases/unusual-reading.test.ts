import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonActor } from '#domain/scope.ts';
import { instant } from '#domain/time.ts';
import { USUAL } from '#domain/unusual-reading.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import type { Ctx } from '#usecases/context.ts';
import { finishTask } from '#usecases/finish-task.ts';
import { listTasks } from '#usecases/list-tasks.ts';
import { readCase } from '#usecases/read-case.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { tellReading } from '#usecases/tell-reading.ts';
import { surnameIndex } from '#usecases/unusual-reading.ts';
import { watchReading } from '#usecases/watch-reading.ts';

const READER = 'caseworker-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const SENDER = 'school-social-worker-skole-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

const at = (minutes: number): string => `${instant('2026-11-03T09:00:00+01:00').add({ minutes })}`;
const submit = async (name: string, more: Record<string, unknown> = {}): Promise<string> => {
  const child = { name, identity: 'unborn', address: { postalCode: '2200' } };
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at(0)), makeForm({ children: [child], ...more }));
  return referrals[0]?.id ?? '';
};
const asked = (subject: RegExp) =>
  world.deps.db.task
    .findMany({ where: { kind: 'unusual-reading' } })
    .then((all) => all.filter((t) => subject.test(t.subject)));
const watch = (minutes: number): Promise<number> => watchReading(world.systemCtx(at(minutes)));

it('whoever opens unusually many cases is asked about once that day, and by whom leads them', async () => {
  const ids: string[] = [];
  for (let n = 0; n <= USUAL.hour; n += 1) ids.push(await submit(`Barn ${n}`));
  for (const id of ids.slice(0, -1)) await readCase(world.ctxFor(READER, at(10)), id);
  // The same case again is no further one.
  await readCase(world.ctxFor(READER, at(11)), ids[0] ?? '');
  expect(await watch(12)).toBe(0);
  await readCase(world.ctxFor(READER, at(13)), ids.at(-1) ?? '');
  // Two processes look at once.
  expect((await Promise.all([watch(15), watch(15)])).toSorted()).toEqual([0, 1]);
  expect(await watch(20)).toBe(0);
  const [task] = await asked(/volume/);
  expect(task).toMatchObject({ personId: LEADER, aboutPersonId: READER, unitId: 'bbu-norrebro', reason: 'volume' });
  const mails = await world.deps.db.outboundMessage.findMany({ where: { template: 'task' } });
  expect(mails.map(({ toPersonId }) => toPersonId)).toEqual([LEADER]);
  // On another day it is another question.
  for (const id of ids) await readCase(world.ctxFor(READER, at(24 * 60 + 10)), id);
  expect(await watch(24 * 60 + 11)).toBe(1);
});

it('the leader sees what was read, numbers and no content, and says what came of it; the reader and colleagues see nothing', async () => {
  const [task] = await asked(/2026-11-03 volume/);
  const id = task?.id ?? '';
  const { items } = await listTasks(world.ctxFor(LEADER, at(30)), undefined);
  expect(items.find((one) => one.id === id)).toMatchObject({ asksAbout: expect.stringContaining('Sagsbehandler') });
  const reads = await tellReading(world.ctxFor(LEADER, at(30)), id);
  expect(reads.length).toBe(USUAL.hour + 2);
  expect(JSON.stringify(reads)).not.toContain('Barn ');
  for (const other of [READER, 'intake-bbu-norrebro', 'area-manager-bbu']) {
    const listed = await listTasks(world.ctxFor(other, at(30)), undefined);
    expect(
      listed.items.map((one) => one.id),
      other,
    ).not.toContain(id);
    await expect(tellReading(world.ctxFor(other, at(30)), id), other).rejects.toThrow('NOT_FOUND');
    await expect(finishTask(world.ctxFor(other, at(30)), { id, outcome: 'explained' }), other).rejects.toThrow(
      'NOT_FOUND',
    );
  }
  await finishTask(world.ctxFor(LEADER, at(31)), { id, outcome: 'explained' });
  expect(await watch(32)).toBe(0);
});

it.each([
  ['the child', { children: [{ name: 'Mads Åberg', identity: 'unborn', address: { postalCode: '2200' } }] }],
  ['a parent', { family: { parents: [{ name: 'Lise  ÅBERG ' }] } }],
])('a case in which %s has the reader’s surname', async (_, form) => {
  await world.deps.db.task.deleteMany({ where: { reason: 'own-name' } });
  const id = await submit('Barn', form);
  const ctx = world.ctxFor(READER, at(40));
  const named = (name: string): Ctx => ({
    ...ctx,
    actor: { ...(ctx.actor as PersonActor), surname: surnameIndex(world.deps.vault, name) },
  });
  await readCase(ctx, id);
  await readCase(named('Nina Holm'), id);
  expect(await asked(/own-name/)).toEqual([]);
  await readCase(named('Nina Åberg'), id);
  await readCase(named('Nina Åberg'), id);
  expect(await asked(/own-name/)).toMatchObject([{ personId: LEADER, aboutPersonId: READER }]);
});

it('a case that none of the reader’s units has to do with; not one that was handed over from them', async () => {
  const id = await submit('Barn');
  await readCase(world.ctxFor(READER, at(50)), id);
  expect(await watch(51)).toBe(0);
  const { personId, unitId, ...read } = await world.deps.db.readLog.findFirstOrThrow({
    where: { referralIds: { has: id } },
  });
  // As one does who was let in without having to do with it.
  const stranger = { personId: 'caseworker-bbu-valby', unitId: 'bbu-valby' };
  await world.deps.db.readLog.create({ data: { ...read, ...stranger, id: crypto.randomUUID() } });
  expect([personId, unitId]).toEqual([READER, 'bbu-norrebro']);
  expect(await watch(52)).toBe(1);
  expect(await asked(/no-relation/)).toMatchObject([
    { personId: 'team-leader-bbu-valby', aboutPersonId: stranger.personId },
  ]);
  expect(await watch(53)).toBe(0);
});
