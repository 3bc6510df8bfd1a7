import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorld, type TestWorld, trainingNotification } from '#test/support/context.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

it('submits', async () => {
  const { sender, at, notification } = trainingNotification('06-several-children');
  const done = await submitNotification(world.ctxFor(sender, at), notification);
  expect(done.referrals).toHaveLength(3);
});
