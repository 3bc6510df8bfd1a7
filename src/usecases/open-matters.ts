import type { OpenMatters } from '#domain/ownership.ts';
import type { Referral } from '#domain/referral.ts';
import { findOpenMatters } from '#store/matters.ts';
import type { Ctx } from './context.ts';

/** Read once, when something asks: most mails are about nothing that is open between units. */
export const mattersOf = (ctx: Ctx, referral: Referral): (() => Promise<OpenMatters>) => {
  let read: Promise<OpenMatters> | undefined;
  return () => {
    read ??= findOpenMatters(ctx.deps.db, ctx.scope, referral.id);
    return read;
  };
};
