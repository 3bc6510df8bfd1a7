import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { withoutIds } from '#test/support/without-ids.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:05:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld({ connections: 4 });
});
afterAll(() => world.drop());

/** Of every kind something: clocks with other days, routes with other traces, siblings. */
const FORMS = [
  {},
  ACUTE,
  { children: ['2200', '2300', '9999'].map((postalCode) => ({ identity: 'unborn', address: { postalCode } })) },
  { need: 'school-place' },
  { ...ACUTE, children: [{ identity: 'unborn', address: { postalCode: '2300' } }] },
];

const storedOf = async (notificationId: string): Promise<string> => {
  const referrals = await world.deps.db.referral.findMany({
    where: { notificationId },
    orderBy: { childPosition: 'asc' },
    include: { events: { orderBy: { seq: 'asc' } }, deadlines: { orderBy: { kind: 'asc' } } },
  });
  const told = referrals.map(({ events, deadlines }) => ({
    events: events.map(({ seq, kind, data }) => ({ seq, kind, data })),
    clocks: deadlines.map(({ kind, dueAt, acute, derivation }) => ({ kind, dueAt, acute, derivation })),
  }));
  return withoutIds(JSON.stringify(told));
};
const submitted = async (form: Record<string, unknown>): Promise<string> => {
  const ctx = world.ctxFor(SENDER, AT, { body: randomUUID() });
  return (await submitNotification(ctx, makeForm(form))).notificationId;
};

test('what leaves in one statement with others is stored as it is alone: every clock with its own derivation, every line with its own data', async () => {
  const alone: string[] = [];
  for (const form of FORMS) alone.push(await storedOf(await submitted(form)));
  expect(new Set(alone).size).toBe(FORMS.length);
  const often = Array.from({ length: 4 }, () => FORMS).flat();
  const together = await Promise.all(often.map(submitted));
  for (const [at, id] of together.entries()) expect(await storedOf(id), `form ${at}`).toBe(alone[at % FORMS.length]);
});
