import { demand } from '#domain/policy.ts';
import { publishEnded } from '#store/live.ts';
import { deleteSessionsOf } from '#store/sessions.ts';
import { actOnce, type Ctx } from './context.ts';

/** Whose, and which: one, or all. `except`: the session in which this is asked goes on. */
export type Ending = { readonly personId: string; readonly id: string | null; readonly except: string | null };

/**
 * Ends sessions at once, in every process and on every open page: one's own, or anybody's for administrators. Idempotent.
 * Answers how many ended.
 */
export const endSessions = (ctx: Ctx, { personId, id, except }: Ending): Promise<{ ended: number }> => {
  demand(ctx.actor, 'session.end', { authorId: personId });
  const which = { ...(id === null ? {} : { id }), ...(except === null ? {} : { except }) };
  return actOnce(ctx, async (tx) => {
    const ended = await deleteSessionsOf(tx, ctx.scope, personId, which);
    // Told when the transaction is through, as everything that NOTIFY says.
    await publishEnded(tx, ctx.scope, ended);
    return { ended: ended.length };
  });
};
