import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import { clockName } from '#domain/timeline.ts';
import { findUnexplained } from '#store/explanations.ts';
import { type Ctx, scopeFor } from './context.ts';
import { currentWorld } from './world.ts';

/** How many fit on a list that somebody looks over. */
const MOST = 200;

/** Periods of the law that have passed without an accepted explanation. Holds no personal data. */
export const listUnexplained = async (ctx: Ctx) => {
  demand(ctx.actor, 'referral.list');
  const { organisation } = await currentWorld(ctx);
  const rows = await findUnexplained(ctx.deps.db, scopeFor(ctx, 'referral.list'), ctx.now, MOST);
  return rows.map((row) => {
    const unit = (row.kind === 'assess-24h' && row.assessmentUnit) || row.ownerUnit;
    return {
      clockId: row.id,
      referralId: row.referralId,
      caseNumber: row.caseNumber,
      name: clockName(row.kind),
      dueAt: iso(row.dueAt),
      endedAt: row.endedAt ? iso(row.endedAt) : null,
      unit: organisation.units.get(unit)?.name ?? unit,
      explained: row.explained,
      explainedBy: row.explainedBy ? (organisation.people.get(row.explainedBy)?.title ?? row.explainedBy) : null,
    };
  });
};
