import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { anchorLine } from '#domain/seals.ts';
import { findAnchors } from '#store/seals.ts';
import type { Ctx } from './context.ts';

/** An anchor as the line that stands outside the database. Throws NOT_FOUND. */
export const readAnchor = async (ctx: Ctx, seq: number): Promise<string> => {
  demand(ctx.actor, 'journal.seal');
  const anchor = (await findAnchors(ctx.deps.db, ctx.scope)).find((one) => one.seq === seq);
  if (!anchor) throw new DomainError('NOT_FOUND');
  return anchorLine(anchor);
};
