import { GENESIS } from '#domain/journal.ts';
import { demand } from '#domain/policy.ts';
import { anchorText } from '#domain/seals.ts';
import { compareDays, localDay } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import { countSealed, findAnchors, insertAnchor, lockLastSeal } from '#store/seals.ts';
import type { Ctx } from './context.ts';
import { outboxRow } from './rows.ts';

/**
 * One anchor a day (Copenhagen's) over all seals until now, when there are new ones; it is written outside the database
 * by the message that it sends. Answers whether it made one. Several processes may: each waits for the one before.
 */
export const anchorJournal = async (ctx: Ctx): Promise<boolean> => {
  demand(ctx.actor, 'journal.seal');
  const { deps, scope, now } = ctx;
  return inTransaction(deps.db, async (tx) => {
    const seal = await lockLastSeal(tx, scope);
    const last = (await findAnchors(tx, scope)).at(-1);
    if (!seal || seal.seq <= (last?.sealSeq ?? 0)) return false;
    if (last && compareDays(localDay(last.at), localDay(now)) >= 0) return false;
    const counted = await countSealed(tx, scope);
    const head = {
      seq: (last?.seq ?? 0) + 1,
      previous: last?.hash ?? GENESIS,
      sealSeq: seal.seq,
      ...counted,
    };
    const text = anchorText({ ...head, atMs: now.epochMilliseconds, sealHash: seal.hash });
    await insertAnchor(tx, scope, { ...head, at: now, hash: deps.vault.index('anchor', text) });
    const outbox = [outboxRow(ctx, { name: 'anchor.made', payload: { seq: head.seq } })];
    await insertRecords(tx, scope, { events: [], deadlines: [], outbound: [], outbox });
    return true;
  });
};
