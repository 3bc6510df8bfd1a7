import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '#platform/deps.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import type { Ctx } from '#usecases/context.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { sendDraft } from '#usecases/send-draft.ts';

const AT = '2026-11-03T10:05:00+01:00';
const AUTHOR = 'school-social-worker-skole-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

/** The same database, in which something else happens once this one's first question has been answered. */
const meanwhile = (ctx: Ctx, work: () => Promise<unknown>): Ctx => {
  let asked = false;
  const db = new Proxy(ctx.deps.db, {
    get: (real, name) => {
      const value: unknown = Reflect.get(real, name);
      if (name !== '$queryRaw' || asked) return typeof value === 'function' ? value.bind(real) : value;
      return async (...query: unknown[]) => {
        const rows: unknown = await Reflect.apply(value as (...all: unknown[]) => unknown, real, query);
        asked = true;
        await work();
        return rows;
      };
    },
  });
  return { ...ctx, deps: { ...ctx.deps, db: db as Deps['db'] } };
};

const begun = async () => {
  const { id, stateVersion } = await saveDraft(world.ctxFor(AUTHOR, AT), { form: makeForm() });
  return { id, stateVersion };
};

test('the same request that overtook it answers what the other one answered', async () => {
  const draft = await begun();
  const ctx = () => world.ctxFor(AUTHOR, AT, { intent: draft.id });
  let first: unknown;
  const second = await sendDraft(
    meanwhile(ctx(), async () => {
      first = await sendDraft(ctx(), draft);
    }),
    draft,
  );
  expect(second).toEqual(first);
  expect(await world.deps.db.notification.count()).toBe(1);
});

test('a colleague’s that overtook it: it has been sent, and nothing is wrong with the form', async () => {
  const draft = await begun();
  const theirs = () => sendDraft(world.ctxFor('institution-leader-skole-norrebro', AT), draft);
  await expect(sendDraft(meanwhile(world.ctxFor(AUTHOR, AT), theirs), draft)).rejects.toMatchObject({ code: 'STALE' });
  expect(await world.deps.db.notification.count()).toBe(2);
});
