import { chainFault } from '#domain/journal-check.ts';
import { demand } from '#domain/policy.ts';
import {
  type ChainHead,
  countOrphanEvents,
  findChainHeads,
  findEventsOf,
  type StoredEvent,
} from '#store/case-events.ts';
import type { Ctx } from './context.ts';
import { linkOf } from './rows.ts';
import { verifySeals } from './verify-seals.ts';

/** Ids are null where the entry belongs to no referral. */
export type BrokenLink = { readonly referralId: string | null; readonly seq: number | null; readonly what: string };

export type JournalState = {
  /** Case events and reads. */
  readonly entries: number;
  readonly intact: boolean;
  /** In the order of referral ids, which is the order in which they were made. */
  readonly firstBroken: BrokenLink | null;
};

const PAGE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PAGE_MS = 60_000;

type LinkOf = Parameters<typeof chainFault>[2];

const firstFault = (heads: readonly ChainHead[], events: readonly StoredEvent[], link: LinkOf): BrokenLink | null => {
  const byReferral = Map.groupBy(events, ({ referralId }) => referralId);
  for (const head of heads) {
    const fault = chainFault(head, byReferral.get(head.referralId) ?? [], link);
    if (fault) return { referralId: head.referralId, ...fault };
  }
  return null;
};

/**
 * Walks every referral's chain, and then the seals and anchors over chains and reads, and computes each anew from what
 * stands in the database. `kept`: anchor lines from outside the database to compare with. Changes nothing, and needs the
 * index key but no master key: hashes cover the sealed bytes, not what they hide. Runs beside a working system.
 */
export const verifyJournal = async (ctx: Ctx, kept: readonly string[] | null = null): Promise<JournalState> => {
  demand(ctx.actor, 'journal.verify');
  const { deps, scope } = ctx;
  const link: LinkOf = (text, sealed, previous) => linkOf(deps.vault, text, sealed, previous);
  let entries = 0;
  let firstBroken: BrokenLink | null = null;
  let after: string | undefined = FIRST_ID;
  while (after !== undefined) {
    const afterId: string = after;
    // Heads and entries of a page as of one instant: an act in between would look like a broken chain.
    const { heads, events } = await deps.db.$transaction(
      async (tx) => {
        const heads = await findChainHeads(tx, scope, afterId, PAGE);
        const ids = heads.map(({ referralId }) => referralId);
        return { heads, events: await findEventsOf(tx, scope, ids) };
      },
      { isolationLevel: 'RepeatableRead', timeout: PAGE_MS, maxWait: PAGE_MS },
    );
    entries += events.length;
    firstBroken ??= firstFault(heads, events, link);
    after = heads.at(-1)?.referralId;
  }
  const seals = await deps.db.$transaction((tx) => verifySeals(ctx, tx, kept), {
    isolationLevel: 'RepeatableRead',
    timeout: PAGE_MS,
    maxWait: PAGE_MS,
  });
  entries += seals.reads;
  if (seals.fault !== null) firstBroken ??= { referralId: null, seq: null, what: seals.fault };
  const orphans = await countOrphanEvents(deps.db, scope);
  if (orphans > 0) firstBroken ??= { referralId: null, seq: null, what: `${orphans} entries belong to no referral` };
  return { entries: entries + orphans, intact: firstBroken === null, firstBroken };
};
