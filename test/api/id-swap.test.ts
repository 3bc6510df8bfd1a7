import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAccess } from '#test/support/access.ts';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { procedures } from '#test/support/api.ts';
import { shapeOf } from '#test/support/fuzz.ts';

/**
 * In a call that a person may make, each id is swapped for each of another unit's and institution's: the answer must be, in
 * every byte, the one for an id that nothing has, and nothing of theirs may change.
 */
let access: Awaited<ReturnType<typeof makeAccess>>;
let foreign: Target;
beforeAll(async () => {
  access = await makeAccess();
  foreign = await access.makeForeign();
});
afterAll(() => access.world.drop());

/** Kinds of things that belong to one unit or one notifier; what a municipality has once belongs to nobody. */
const KINDS = ['referralId', 'notificationId', 'draftId', 'letterId', 'taskId', 'requestId', 'auditId'] as const;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

type Path = readonly (string | number)[];
/** Where ids stand in an input, whatever it is. */
const idsIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value === 'string') return UUID.test(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => idsIn(one, [...path, key]));
};
const withId = (value: unknown, [key, ...rest]: Path, id: string): unknown => {
  if (key === undefined) return id;
  if (Array.isArray(value)) return value.map((one, place) => (String(place) === key ? withId(one, rest, id) : one));
  const group = value as Record<string, unknown>;
  return { ...group, [key]: withId(group[key], rest, id) };
};

const names = Object.keys(TRIALS);
const procedureOf = (name: string): string => name.split(' ')[0] ?? '';

/** All that stands about the other's things, as text. */
const theirs = async (): Promise<string> => {
  const { db } = access.world.deps;
  const { referralId, notificationId, draftId, letterId, taskId, requestId } = foreign;
  const parts = await Promise.all([
    db.referral.findMany({ where: { id: referralId } }),
    db.notification.findMany({ where: { id: notificationId } }),
    db.draft.findMany({ where: { id: draftId } }),
    db.letter.findMany({ where: { id: letterId } }),
    db.task.findMany({ where: { id: taskId } }),
    db.requestForMore.findMany({ where: { id: requestId } }),
    db.caseEvent.findMany({ where: { referralId }, orderBy: { seq: 'asc' } }),
    db.deadline.findMany({ where: { referralId }, orderBy: { id: 'asc' } }),
    db.ownership.findMany({ where: { referralId }, orderBy: { id: 'asc' } }),
    db.readLog.findMany({ where: { referralIds: { has: referralId } } }),
  ]);
  return JSON.stringify(parts, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
};

/** Somebody of those who may, with the input that they may send; null when nobody may. */
const validCall = async (name: string) => {
  const trial = TRIALS[name] ?? {};
  for (const [personId, target] of access.owners) {
    const input = trial.input?.(target);
    const caller = trial.afresh ? access.api.afresh(personId) : access.api.as(personId);
    const { status } = await caller.call(procedureOf(name), input);
    if (status !== 404 && status !== 401) return { caller, input };
  }
  return null;
};

let tried = 0;
test.each(names)('%s', async (name) => {
  const found = await validCall(name);
  if (!found) return;
  const procedure = procedureOf(name);
  const before = await theirs();
  for (const path of idsIn(found.input)) {
    const ask = (id: string) => found.caller.call(procedure, withId(found.input, path, id));
    const missing = await ask(randomUUID());
    for (const kind of KINDS) {
      const swapped = await ask(foreign[kind]);
      expect([swapped.status, swapped.text], `${path.join('.')}: ${kind}`).toEqual([missing.status, missing.text]);
      tried += 1;
    }
  }
  expect(await theirs()).toBe(before);
});

test('a place in a list that names what is another’s tells nothing of it', async () => {
  const lists = [...procedures.keys()].filter(
    (path) => shapeOf(path)?.properties && 'cursor' in (shapeOf(path)?.properties ?? {}),
  );
  expect(lists.length).toBeGreaterThanOrEqual(5);
  const before = await theirs();
  const secrets = [...KINDS.map((kind) => foreign[kind]), foreign.caseNumber];
  for (const procedure of lists) {
    for (const [personId] of access.owners) {
      for (const id of [foreign.referralId, foreign.notificationId]) {
        for (const cursor of [id, `2000-01-01T00:00:00Z~${id}`, `2100-01-01T00:00:00Z~${id}`]) {
          const { status, text } = await access.api.as(personId).call(procedure, { cursor });
          expect(status, `${procedure} ${text}`).toBeLessThan(500);
          for (const secret of secrets) expect(text.includes(secret), `${procedure} of ${personId}`).toBe(false);
        }
      }
    }
  }
  expect(await theirs()).toBe(before);
});

test('it was tried on most of the acts and pages', () => {
  expect(tried).toBeGreaterThan(400);
});
