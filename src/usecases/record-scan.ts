import type { Fact } from '#domain/journal.ts';
import { demand } from '#domain/policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { afterScan, type Verdict } from '#domain/scanning.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { clearHeld, findHeld, holdOn, refuseHeld } from '#store/held-files.ts';
import { lockReferral } from '#store/referrals.ts';
import { deleteSealedKey, insertSealedKey } from '#store/sealed-keys.ts';
import { type Ctx, notBefore } from './context.ts';
import { getKey } from './open-records.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

/** Its content goes with the key that opened it; what it was called is sealed anew, so that it can be told of. */
const destroy = async (ctx: Ctx, tx: Tx, id: string, sealed: Uint8Array): Promise<boolean> => {
  const { vault } = ctx.deps;
  const said = vault.open(await getKey(ctx, tx, 'attachment', id), 'said', sealed);
  const { key, wrapped } = vault.newKey('attachment', id);
  if (!(await refuseHeld(tx, ctx.scope, { id, sealed: vault.seal(key, 'said', said) }))) return false;
  await deleteSealedKey(tx, ctx.scope, id);
  await insertSealedKey(tx, ctx.scope, wrapped);
  return true;
};

/** Whoever has the case is asked to get the content otherwise. */
const told = (id: string, verdict: Verdict, { id: referralId, ownerUnit: unit, acute }: Referral): Decision => {
  if (verdict.said !== 'harmful') return { patch: {}, facts: [{ kind: 'file-cleared', data: { attachment: id } }] };
  const fact: Fact = { kind: 'file-refused', data: { attachment: id, found: verdict.found } };
  const task = {
    kind: 'refused-file',
    unit,
    reason: 'harmful',
    subject: `${id} ${referralId}`,
    urgent: acute,
  } as const;
  return { patch: {}, facts: [fact], tasks: [task] };
};

/**
 * Records what the scanner said of a held file: cleared, or refused with its content destroyed, each in the journal of its
 * case; or held on, and given to the scanner again after a pause. Idempotent: of a file that is not held any more nothing.
 */
export const recordScan = (
  ctx: Ctx,
  { id, verdict }: { readonly id: string; readonly verdict: Verdict },
): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'file.scan');
    const found = await findHeld(tx, ctx.scope, id);
    // Its case first, like every act; whoever waited for that looks again.
    const referrals = await inOrder(found?.referralIds ?? [], (one) => lockReferral(tx, ctx.scope, one));
    const held = await findHeld(tx, ctx.scope, id);
    if (!held) return;
    const after = afterScan(verdict, held.attempts, ctx.now);
    if (after.state === 'held') return holdOn(tx, ctx.scope, { id, said: verdict.said, againAt: after.againAt });
    const ended =
      after.state === 'cleared' ? await clearHeld(tx, ctx.scope, id) : await destroy(ctx, tx, id, held.sealed);
    if (!ended) return;
    const world = await currentWorld(ctx, tx);
    await inOrder(referrals, (referral) =>
      recordDecision(notBefore(ctx, referral), tx, world, referral, told(id, verdict, referral), 'system'),
    );
  });
