import { beginHearing as begin, endHearing as end } from '#domain/parents.ts';
import { findParentsHold } from '#store/parents.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

type Reasoned = Target & { readonly reason: string };

/** Partshøring: a task with its own clock, which is met when the parents are noted as heard. Nobody is written to. */
export const beginHearing = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'begin-hearing', 'referral.begin-hearing', input, async ({ ctx, referral, tx, world }) =>
    begin(referral, input.reason, await findParentsHold(tx, ctx.scope, referral.id), world, ctx.now),
  );

export const endHearing = (asked: Ctx, input: Reasoned): Promise<Recorded> =>
  onReferral(asked, 'end-hearing', 'referral.end-hearing', input, ({ referral }) => end(referral, input.reason));
