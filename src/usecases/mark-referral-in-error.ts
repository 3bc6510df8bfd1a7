import { combine } from '#domain/combine.ts';
import { withdrawLetter } from '#domain/letters.ts';
import type { Decision } from '#domain/referral.ts';
import { dropOpenMatters } from '#domain/settlement.ts';
import { findOpenLettersOf } from '#store/letters.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded, type Target } from './on-referral.ts';

/** Registered by mistake: the referral closes with its reason, its clocks lapse, its letters are not sent, and nothing is deleted. */
export const markReferralInError = (asked: Ctx, input: Target & { readonly reason: string }): Promise<Recorded> =>
  onReferral(asked, 'mark-in-error', 'referral.mark-in-error', input, async ({ ctx, referral, open, world, tx }) => {
    const closed: Decision = {
      patch: { status: 'closed', closedAt: ctx.now, closeReason: 'registered-in-error', assessmentUnit: null },
      facts: [{ kind: 'marked-in-error', data: {}, sealed: { text: input.reason } }],
    };
    const lapsed = [...new Set(referral.clocks.map(({ kind }) => kind))].map((kind) => ({
      kind,
      as: 'lapsed' as const,
    }));
    // A sibling's receipt is owed still: the sweep gives it to theirs (`pass-on-tasks.ts`).
    const letters = (await findOpenLettersOf(tx, ctx.scope, referral.id)).map(
      (letter): Decision => ({ patch: {}, ...withdrawLetter(letter, 'not-needed') }),
    );
    const ended = [...letters, dropOpenMatters(open, world, ctx.now)].reduce(combine, closed);
    return { ...ended, end: lapsed };
  });
