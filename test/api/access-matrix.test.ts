import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POLICY } from '#domain/policy.ts';
import { makeAccess } from '#test/support/access.ts';
import { TRIALS } from '#test/support/access-trials.ts';
import { procedures } from '#test/support/api.ts';

/**
 * Who may do what: every procedure × every role × every relation, tried over HTTP. `access-matrix.json` is the reviewed
 * table; after a change that is meant, write it anew with UPDATE_ACCESS=1 and review what has changed.
 */
const FILE = new URL('./access-matrix.json', import.meta.url);
const table = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Record<string, string>>;
const updating = process.env.UPDATE_ACCESS === '1' && !process.env.CI;

let access: Awaited<ReturnType<typeof makeAccess>>;
beforeAll(async () => {
  access = await makeAccess();
});
afterAll(async () => {
  const rows = Object.fromEntries(names.map((name) => [name, table[name]]));
  if (updating) writeFileSync(FILE, `${JSON.stringify(rows, null, 2)}\n`);
  await access.world.drop();
});

const names = Object.keys(TRIALS);
const procedureOf = (name: string): string => name.split(' ')[0] ?? '';

test('every procedure names an action of the policy, and is tried', () => {
  for (const [path, { _def }] of procedures) expect(Object.keys(POLICY), path).toContain(_def.meta?.action);
  expect([...new Set(names.map(procedureOf))].sort()).toEqual([...procedures.keys()].sort());
});

test('the reviewed table has a row for each trial and no other', () => {
  expect(updating ? names : Object.keys(table)).toEqual(names);
});

test('the referrals stand as the relations say', async () => {
  expect(await access.states()).toEqual([
    ['bbu-norrebro', 'bbu-norrebro', null],
    ['bbu-vesterbro', 'bbu-vesterbro', 'dognvagten'],
    ['dognvagten', 'bbu-valby', null],
    ['bbu-norrebro', 'bbu-norrebro', null],
    ['bbu-norrebro', 'bbu-norrebro', null],
  ]);
});

test.each(names)('%s', async (name) => {
  const row = { action: procedures.get(procedureOf(name))?._def.meta?.action ?? '', ...(await access.rowOf(name)) };
  if (updating) table[name] = row;
  expect(row).toEqual(table[name]);
});
