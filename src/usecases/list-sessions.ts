import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { findSessionsOf } from '#store/sessions.ts';
import type { Ctx } from './context.ts';

/** Where a person is logged in: their own, or anybody's for administrators. Newest first; instants are ISO 8601, UTC. */
export const listSessions = async (ctx: Ctx, input: { readonly personId: string }) => {
  demand(ctx.actor, 'session.end', { authorId: input.personId });
  const found = await findSessionsOf(ctx.deps.db, ctx.scope, input.personId, ctx.now);
  return found.map(({ id, createdAt, seenAt, expiresAt }) => ({
    id,
    createdAt: iso(createdAt),
    seenAt: iso(seenAt),
    expiresAt: iso(expiresAt),
  }));
};
