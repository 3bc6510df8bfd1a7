import { demand } from '#domain/policy.ts';
import { anchorLine } from '#domain/seals.ts';
import { iso } from '#domain/time.ts';
import { findAnchors } from '#store/seals.ts';
import type { Ctx } from './context.ts';
import { type JournalState, verifyJournal } from './verify-journal.ts';

const running = new WeakMap<Ctx['deps']['db'], Promise<JournalState>>();

/** As `verifyJournal`, once at a time in a process: whoever asks meanwhile is answered what that one finds. */
export const checkJournal = (ctx: Ctx): Promise<JournalState> => {
  demand(ctx.actor, 'journal.verify');
  const { db } = ctx.deps;
  const begun = running.get(db) ?? verifyJournal(ctx).finally(() => running.delete(db));
  running.set(db, begun);
  return begun;
};

/** Newest of them: a year. */
const MOST = 366;

/** The daily anchors as the lines that stand outside the database, the newest first, to be compared with those. */
export const listAnchors = async (ctx: Ctx) => {
  demand(ctx.actor, 'journal.verify');
  const anchors = await findAnchors(ctx.deps.db, ctx.scope);
  return anchors
    .slice(-MOST)
    .toReversed()
    .map((anchor) => ({
      ...{ id: String(anchor.seq), at: iso(anchor.at), events: anchor.events, reads: anchor.reads },
      line: anchorLine(anchor),
    }));
};
