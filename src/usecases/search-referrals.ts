import { parseCpr } from '#domain/cpr.ts';
import { demand } from '#domain/policy.ts';
import { cut } from '#domain/sees-what.ts';
import { searchReferrals as find } from '#store/case-page.ts';
import { inTransaction } from '#store/db.ts';
import { type Ctx, scopeFor } from './context.ts';
import { logRead } from './log-read.ts';

/** By whole CPR or by case number, within the scope. Logged, because a CPR that finds something tells something. */
export const searchReferrals = (ctx: Ctx, text: string): Promise<{ id: string; caseNumber: string }[]> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'referral.list');
    const cpr = parseCpr(text, { training: ctx.deps.training });
    const found = await find(tx, scopeFor(ctx, 'referral.list'), {
      caseNumber: text.trim(),
      cprIndex: 'error' in cpr ? null : ctx.deps.vault.index('cpr', cpr.digits),
    });
    const seen = { referralIds: found.map((f) => f.id), childIds: [...new Set(found.map((f) => f.childId))] };
    await logRead(ctx, tx, role, 'search', seen);
    return found.map((hit) => cut('hit', null, hit));
  });
