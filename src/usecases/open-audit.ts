import { AUDIT_LIFE } from '#domain/audit.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { findAudits, insertAudit } from '#store/audits.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';

/** An auditor says what they are about to look at; the journal of the setup tells of it. It ends by itself. */
export const openAudit = (ctx: Ctx, { purpose }: { readonly purpose: string }): Promise<{ readonly id: string }> =>
  actOnce(ctx, async (tx) => {
    demand(ctx.actor, 'audit.open');
    const { personId } = personOf(ctx);
    const id = ctx.deps.newId(ctx.now);
    const endsAt = ctx.now.add({ hours: 24 * AUDIT_LIFE });
    await insertAudit(tx, ctx.scope, { id, personId, purpose, openedAt: ctx.now, endsAt });
    await recordSetup(ctx, tx, { kind: 'audit-opened', personId, data: { audit: id } }, 'audit');
    return { id };
  });

const MOST = 100;

/** One's own audits, the newest first. */
export const listAudits = async (ctx: Ctx) => {
  demand(ctx.actor, 'audit.open');
  const audits = await findAudits(ctx.deps.db, ctx.scope, MOST);
  return audits.map(({ id, purpose, openedAt, endsAt }) => ({
    id,
    purpose,
    openedAt: iso(openedAt),
    endsAt: iso(endsAt),
    ended: endsAt.epochMilliseconds <= ctx.now.epochMilliseconds,
  }));
};
