import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Children, makeChildren } from '#test/support/children.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { listReassessors } from '#usecases/name-reassessor.ts';
import { readCase } from '#usecases/read-case.ts';
import { listRestrictable, restrictCase } from '#usecases/restrict-case.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/** § 137: an employee's child is assessed anew by somebody who never handled its case, and for them the case is there. */
const UNIT = 'bbu-norrebro';
const [HANDLER, LEADER, INTAKE, COORDINATOR] = (
  ['caseworker', 'team-leader', 'intake', 'professional-coordinator'] as const
).map((role) => `${role}-${UNIT}`) as [string, string, string, string];
const ABOVE = 'area-manager-bbu';

let town: Children;
beforeAll(async () => {
  town = await makeChildren();
});
afterAll(async () => {
  expect(await verifyJournal(town.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.world.drop();
});

const renotified = async (): Promise<string> => {
  const cpr = nextCpr();
  await town.help((await town.notify([cpr])).id, HANDLER);
  return (await town.notify([cpr])).id;
};
const restrict = (by: string, id: string, reason = 'Barn af en kollega') =>
  restrictCase(town.as(by), { id, named: [HANDLER, ABOVE], reason });
const listOf = async (id: string) =>
  ((await readCase(town.as(ABOVE), id)).restrictedTo ?? []).map((one) => one.personId);
const reassessorOf = async (id: string) =>
  (await town.db.referral.findUniqueOrThrow({ where: { id } })).reassessorId ?? '';

test('where nobody on the list may make it, somebody who may is named, told and on the list', async () => {
  const id = await renotified();
  await restrict(LEADER, id);
  // By choice it is one of those, too: whoever is chosen is let in.
  const { people } = await listReassessors(town.as(HANDLER), id);
  expect(people.map((one) => one.id)).toEqual(expect.arrayContaining([INTAKE, COORDINATOR]));
  await town.review();
  const named = await reassessorOf(id);
  expect([LEADER, INTAKE, COORDINATOR]).toContain(named);
  expect((await listOf(id)).toSorted()).toEqual([HANDLER, ABOVE, named].toSorted());
  const mails = await town.db.outboundMessage.findMany({ where: { referralId: id, toPersonId: named } });
  expect(mails.filter(({ template }) => template === 'reassessment').length).toBe(1);
});

test('whoever was asked before, in another unit, keeps it and can be chosen', async () => {
  const id = await renotified();
  for (const personId of [LEADER, INTAKE, COORDINATOR]) await town.touch(town.as(personId), id);
  await town.review();
  const named = await reassessorOf(id);
  expect(named).toMatch(/^team-leader-bbu-/);
  expect(named).not.toContain(UNIT);
  await restrict(LEADER, id);
  await town.review();
  expect(await reassessorOf(id)).toBe(named);
  expect(await listOf(id)).toContain(named);
  const choices = await listRestrictable(town.as(ABOVE), id);
  expect(choices.find((one) => one.id === named)).toMatchObject({ named: true });
});
