import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Tx } from '#store/db.ts';
import { findOwnNotifications, findToldFeedbacks, getNotification } from '#store/notifications.ts';
import type { Closed } from '#test/support/store-call.ts';
import { STORE } from '#test/support/store-calls.ts';
import { digestOf, makeStored, type Stored } from '#test/support/stored.ts';

let stored: Stored;
beforeAll(async () => {
  stored = await makeStored();
});
afterAll(() => stored.world.drop());

const FOLDER = new URL('../../src/store/', import.meta.url);
/** Conversions and conditions; they hold no query. */
const WITHOUT_QUERIES = ['db.ts', 'scope.ts', 'together.ts'];
/** Asks what the others give it, and has no words of its own to ask with. */
const ASKS_FOR_OTHERS = 'direct.ts';

test('every function of the store has its row', async () => {
  const names: string[] = [];
  for (const file of readdirSync(FOLDER)) {
    const url = new URL(file, FOLDER);
    if (WITHOUT_QUERIES.includes(file)) {
      expect(readFileSync(url, 'utf8'), file).not.toMatch(/\$(query|execute)Raw|\btx[.]/);
      continue;
    }
    if (file === ASKS_FOR_OTHERS) {
      expect(readFileSync(url, 'utf8'), file).not.toMatch(/\b(select|insert|update|delete|from \w+ where)\b|\bsql`/i);
      continue;
    }
    const module: Record<string, unknown> = await import(url.href);
    for (const [name, value] of Object.entries(module)) if (typeof value === 'function') names.push(`${file} ${name}`);
  }
  expect(Object.keys(STORE).sort()).toEqual(names.sort());
});

class RollBack extends Error {}

/** On the row's own ground, of which nothing stays. */
const inVain = async <R extends object>(row: Closed, work: (tx: Tx) => Promise<R>): Promise<R> => {
  let outcome: R | undefined;
  const done = stored.world.deps.db.$transaction(async (tx) => {
    await row.before?.(tx, stored);
    outcome = await work(tx);
    throw new RollBack();
  });
  await done.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error;
  });
  if (!outcome) throw new Error('not tried');
  return outcome;
};

const called = (row: Closed, tx: Tx, scope: Scope): Promise<unknown> =>
  row.call(tx, scope, stored).catch((error: unknown) => {
    if (error instanceof DomainError) return null;
    throw error;
  });

/** What a call answers and whether it changed a row. */
const tried = (row: Closed, scope: Scope): Promise<{ answer: unknown; changed: boolean }> =>
  inVain(row, async (tx) => {
    const digest = await digestOf(tx);
    const answer = await called(row, tx, scope);
    return { answer, changed: (await digestOf(tx)) !== digest };
  });

/** Whoever comes to the door reaches what a secret opens there, and nothing of what people and units have. */
const strangersTo = (name: string): Readonly<Record<string, Scope>> =>
  /^(door-|notifier-links)/.test(name)
    ? stored.foreign
    : { ...stored.foreign, 'somebody at the door': stored.scopes.door };

const isNothing = (answer: unknown): boolean => (Array.isArray(answer) ? answer.length === 0 : !answer);

const closed = Object.entries(STORE).filter((entry): entry is [string, Closed] => 'call' in entry[1]);

test.each(closed)('%s keeps to its scope', async (name, row) => {
  const own = await tried(row, stored.scopes[row.by]);
  expect(own.changed || !isNothing(own.answer), `${row.by} reaches it`).toBe(true);
  for (const [who, scope] of Object.entries(strangersTo(name))) {
    const { answer, changed } = await tried(row, scope);
    expect({ nothing: isNothing(answer), changed }, `${who}: ${JSON.stringify(answer)}`).toEqual({
      nothing: true,
      changed: false,
    });
  }
});

test('a link reaches the notification that it is of, and no other', async () => {
  const { link } = stored.scopes;
  const { db } = stored.world.deps;
  expect((await findOwnNotifications(db, link, null, 10)).map(({ id }) => id)).toEqual([stored.notificationId]);
  expect(await findToldFeedbacks(db, link, [stored.answeredId])).toEqual([]);
  await expect(getNotification(db, link, stored.letteredId)).rejects.toThrow('NOT_FOUND');
});

test('only the system reaches what belongs to nobody in particular', async () => {
  for (const [name, row] of closed.filter(([, { by }]) => by === 'system')) {
    for (const scope of [stored.scopes.unit, stored.scopes.sender, stored.scopes.door, stored.scopes.link]) {
      const { answer, changed } = await tried(row, scope);
      expect({ nothing: isNothing(answer), changed }, name).toEqual({ nothing: true, changed: false });
    }
  }
});

const WHOEVER_IS_BARRED: ReadonlySet<string> = new Set([
  // Whom a change of the setup moves, which is everybody: by ids that go no further, or by a clock and its number.
  'unit-work.ts findConcerned',
  'unit-work.ts findAddressSources',
  'matters.ts findOpenSides',
  'open-clocks.ts findOpenClocks',
  'past-routings.ts findReferralsOfPrecedents',
  // What is destroyed by two people is chosen by its age, and by its number alone.
  'destruction.ts findDestroyable',
  'destruction.ts readOpenRows',
  // A list of named people keeps nobody from being audited; kinship does (`api/audits.test.ts`).
  'audit-lines.ts findReadLines',
  'audit-lines.ts findActLines',
]);

test.each(closed.filter(([, { by }]) => !['system', 'sender', 'door', 'link'].includes(by)))(
  '%s tells whoever is barred from the cases nothing of them',
  async (name, row) => {
    const all = await stored.world.deps.db.referral.findMany({ select: { id: true, caseNumber: true } });
    const scope: Scope = { ...stored.scopes[row.by], barredFrom: all.map(({ id }) => id) };
    const { answer } = await inVain(row, async (tx) => ({ answer: await called(row, tx, scope) }));
    const told = JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
    const named = all.some(({ id, caseNumber }) => told.includes(id) || told.includes(caseNumber));
    expect(named, told).toBe(WHOEVER_IS_BARRED.has(name));
  },
);
