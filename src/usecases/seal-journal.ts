import { GENESIS } from '#domain/journal.ts';
import { demand } from '#domain/policy.ts';
import { hourBegun } from '#domain/quiet-times.ts';
import { headText, sealText } from '#domain/seals.ts';
import { inTransaction } from '#store/db.ts';
import { coverBySeal, findUnsealedReads, insertSeal, lockLastSeal } from '#store/seals.ts';
import type { Ctx } from './context.ts';
import { isOurRead } from './read-mac.ts';

/** Under a first seal a whole city's reads of a year may come; they come so many at a time. */
const READS = 5_000;

/**
 * Puts what was read and what was written into case events since the last seal under a new one; none when nothing was.
 * A read that does not fit its key was not written by the product: it is never sealed, and stays to be found. Answers
 * how much it sealed and whether there may be more. A seal tells no minute (decision 027). Several processes may: each
 * waits for the one before.
 */
export const sealJournal = async (ctx: Ctx): Promise<{ sealed: number; more: boolean }> => {
  demand(ctx.actor, 'journal.seal');
  const { deps, scope, now } = ctx;
  const { vault } = deps;
  return inTransaction(deps.db, async (tx) => {
    const last = await lockLastSeal(tx, scope);
    const found = await findUnsealedReads(tx, scope, now, READS);
    const ours = found.filter((read) => isOurRead(vault, read));
    const seq = (last?.seq ?? 0) + 1;
    const what = await coverBySeal(
      tx,
      scope,
      seq,
      ours.map(({ id }) => id),
      last?.at ?? null,
      now,
    );
    if (what.reads + what.heads > 0) {
      const previous = last?.hash ?? GENESIS;
      const at = hourBegun(now);
      const hash = vault.index('seal', sealText({ seq, atMs: at.epochMilliseconds, previous }, what));
      await insertSeal(tx, scope, { seq, previous, hash }, vault.index('journal-head', headText(seq, hash)), at);
    }
    return { sealed: what.reads + what.heads, more: ours.length === READS };
  });
};
