import { readSession } from '#usecases/read-session.ts';
import { endSession } from '#usecases/sessions.ts';
import { doing, router } from './trpc.ts';

export const session = router({
  me: doing('session.read').query(({ ctx }) => readSession(ctx.act)),
  logout: doing('session.read').mutation(async ({ ctx }) => {
    await endSession(ctx.act, ctx.token);
    return {};
  }),
});
