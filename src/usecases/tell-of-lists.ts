import type { Standing } from '#domain/conflict-floor.ts';
import { listChange, type NamedByRule } from '#domain/list-changes.ts';
import type { Tx } from '#store/db.ts';
import { nameByRule } from '#store/restrictions.ts';
import type { Ctx } from './context.ts';
import { tellOfChildren } from './tell-of-children.ts';

/** More children of one notification than are ever restricted. */
const LISTS = 20;

/** Names people for every child whose restriction reaches the referral, as the system's own act. */
export const nameBySystem = (ctx: Ctx, tx: Tx, referralId: string, people: readonly string[]): Promise<void> => {
  const ids = Array.from({ length: people.length * LISTS }, () => ctx.deps.newId(ctx.now));
  return nameByRule(tx, ctx.scope, { referralId, people, ids }, ctx.now);
};

/**
 * Every case whose list an act has changed gets its line in the journal once this transaction stands, and whom the rule has
 * named there a mail; of whichever unit, by the system. `saidIn`: whose own journal tells what was done.
 */
export const tellOfLists = (
  ctx: Ctx,
  tx: Tx,
  before: readonly Standing[],
  after: readonly Standing[],
  { byRule, saidIn }: { readonly byRule: NamedByRule; readonly saidIn: string | null },
): Promise<void> => {
  const subjectId = ctx.deps.newId(ctx.now);
  const told = after.flatMap((standing) => {
    const list = listChange(before, standing, byRule, saidIn);
    return list ? [{ referralId: standing.id, told: 'list-changed' as const, subjectId, list }] : [];
  });
  return tellOfChildren(ctx, tx, told);
};
