import { combine } from '#domain/combine.ts';
import type { Decision } from '#domain/referral.ts';
import { dropOpenMatters } from '#domain/settlement.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Registered by mistake: the referral closes with its reason, its clocks lapse, and nothing is deleted. */
export const markReferralInError = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'mark-in-error', 'referral.mark-in-error', input, ({ ctx, referral, open, world }) => {
    const closed: Decision = {
      patch: { status: 'closed', closedAt: ctx.now, closeReason: 'registered-in-error', assessmentUnit: null },
      facts: [{ kind: 'marked-in-error', data: {}, sealed: { text: input.reason } }],
    };
    const lapsed = [...new Set(referral.clocks.map(({ kind }) => kind))].map((kind) => ({
      kind,
      as: 'lapsed' as const,
    }));
    return { ...combine(closed, dropOpenMatters(open, world, ctx.now)), end: lapsed };
  });
