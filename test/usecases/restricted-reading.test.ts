import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#domain/scope.ts';
import { instant, T } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { passOnTasks } from '#usecases/pass-on-tasks.ts';
import { readCase } from '#usecases/read-case.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import { restrictCase } from '#usecases/restrict-case.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { surnameIndex } from '#usecases/unusual-reading.ts';
import { watchReading } from '#usecases/watch-reading.ts';

/** Unusual reading of a case that is there for few is asked about by somebody for whom it is, or who knows nothing of it. */
const UNIT = 'bbu-norrebro';
const [INTAKE, LEADER, ABOVE] = [`intake-${UNIT}`, `team-leader-${UNIT}`, 'area-manager-bbu'];
const SENDER = 'school-social-worker-skole-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

const day = (text: string) => T.PlainDate.from(text);
const at = (minutes: number): string => `${instant('2026-11-03T09:00:00+01:00').add({ minutes })}`;
const submit = async (): Promise<string> => {
  const children = [{ name: 'Mads Åberg', identity: 'unborn', address: { postalCode: '2200' } }];
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at(0)), makeForm({ children }));
  return referrals[0]?.id ?? '';
};
const restricted = async (named: readonly string[]): Promise<string> => {
  const id = await submit();
  await restrictCase(world.ctxFor(LEADER, at(1)), { id, named, reason: 'Barn af en kollega' });
  return id;
};
const readAsÅberg = (personId: string, id: string, minutes: number) => {
  const ctx = world.ctxFor(personId, at(minutes));
  const surname = surnameIndex(world.deps.vault, 'Nina Åberg');
  return readCase({ ...ctx, actor: { ...(ctx.actor as PersonActor), surname } }, id);
};
const asked = async (reason: string, aboutPersonId: string): Promise<string[]> => {
  const tasks = await world.deps.db.task.findMany({ where: { reason, aboutPersonId }, orderBy: { id: 'asc' } });
  return tasks.map(({ personId }) => personId);
};

test('by the leader above who is named; an ordinary case on the same day by whoever leads them, as ever', async () => {
  const [id, ordinary] = [await restricted([INTAKE, ABOVE]), await submit()];
  await readAsÅberg(INTAKE, ordinary, 2);
  await readAsÅberg(INTAKE, id, 3);
  await readAsÅberg(INTAKE, id, 4);
  expect(await asked('own-name', INTAKE)).toEqual([LEADER, ABOVE]);
});

test('and passed on, when they are away, to nobody for whom the case is not there but an administrator', async () => {
  const away = { personId: ABOVE, from: day('2026-11-03'), lastDay: day('2026-11-04'), substitute: null };
  await registerAbsence(world.ctxFor(ABOVE, at(5)), away);
  await passOnTasks(world.systemCtx(at(6)));
  expect(await asked('own-name', INTAKE)).toEqual([LEADER, expect.stringMatching(/^administrator-/)]);
  await world.deps.db.absence.deleteMany();
  await world.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
});

test('where the only leader on the list is who has read it, by an administrator', async () => {
  const id = await restricted([LEADER]);
  await readAsÅberg(LEADER, id, 7);
  expect(await asked('own-name', LEADER)).toEqual([expect.stringMatching(/^administrator-/)]);
});

test('the same of a case that none of the reader’s units has to do with', async () => {
  const id = await restricted([INTAKE, ABOVE]);
  await readCase(world.ctxFor(INTAKE, at(8)), id);
  const read = await world.deps.db.readLog.findFirstOrThrow({ where: { referralIds: { has: id } } });
  const stranger = { personId: 'caseworker-bbu-valby', unitId: 'bbu-valby' };
  await world.deps.db.readLog.create({ data: { ...read, ...stranger, id: crypto.randomUUID() } });
  await watchReading(world.systemCtx(at(9)));
  await watchReading(world.systemCtx(at(10)));
  expect(await asked('no-relation', stranger.personId)).toEqual([ABOVE]);
});
