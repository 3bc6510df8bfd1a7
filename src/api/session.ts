import { z } from 'zod';
import { endSessions } from '#usecases/end-sessions.ts';
import { listSessions } from '#usecases/list-sessions.ts';
import { readSession } from '#usecases/read-session.ts';
import { endSession } from '#usecases/sessions.ts';
import { code, id } from './inputs.ts';
import { doing, router } from './trpc.ts';

export const session = router({
  me: doing('session.read').query(({ ctx }) => readSession(ctx.act, ctx.endsAt)),
  logout: doing('session.read').mutation(async ({ ctx }) => {
    await endSession(ctx.act, ctx.token);
    return {};
  }),
  list: doing('session.end')
    .input(z.strictObject({ personId: code }))
    .query(async ({ ctx, input }) => {
      const sessions = await listSessions(ctx.act, input);
      return sessions.map((one) => ({ ...one, present: one.id === ctx.sessionId }));
    }),
  end: doing('session.end')
    .input(z.strictObject({ personId: code, id }))
    .mutation(({ ctx, input }) => endSessions(ctx.act, { ...input, except: null })),
  /** All of the person's but the one in which this is asked. */
  endAll: doing('session.end')
    .input(z.strictObject({ personId: code }))
    .mutation(({ ctx, input }) => endSessions(ctx.act, { ...input, id: null, except: ctx.sessionId })),
});
