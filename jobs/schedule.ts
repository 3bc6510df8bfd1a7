import { keptSince, RETENTION_KINDS, type RetentionKind } from '#domain/retention.ts';
import type { Instant } from '#domain/time.ts';
import { deleteOldArrivals } from '#store/attachments.ts';
import { deleteOldCodes } from '#store/door-codes.ts';
import { deleteOldCounts } from '#store/door-counts.ts';
import { deleteOldDrafts } from '#store/drafts.ts';
import { deleteOldEmergencies } from '#store/emergencies.ts';
import { deleteOldLinks } from '#store/notifier-links.ts';
import { deleteSentOutbox } from '#store/outbox.ts';
import { deleteOldKeys, deleteOldSessions } from '#store/purge.ts';
import { anchorJournal } from '#usecases/anchor-journal.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';
import { claimDueUnits } from '#usecases/claim-due-units.ts';
import type { Ctx } from '#usecases/context.ts';
import { keepNamed } from '#usecases/keep-named.ts';
import { passOnTasks } from '#usecases/pass-on-tasks.ts';
import { recordOutage } from '#usecases/record-outage.ts';
import { remindOfTasks } from '#usecases/remind-of-tasks.ts';
import { requeueStuckMessages } from '#usecases/requeue-stuck-messages.ts';
import { rewrapKeys } from '#usecases/rewrap-keys.ts';
import { sealJournal } from '#usecases/seal-journal.ts';
import { watchHeldFiles } from '#usecases/watch-held-files.ts';
import { watchReading } from '#usecases/watch-reading.ts';

export type Swept = {
  /** How much it found to do. */
  readonly count: number;
  /** It found a full batch or may have: run it again at once. */
  readonly again?: boolean;
  /** When there will be more to do, if that is known. */
  readonly nextAt?: Instant | null;
};

export type Sweep = {
  readonly name: string;
  /** By the product's clock, so that moving it moves the sweeps too; 0 means in every round. */
  readonly everyMs: number;
  /** Idempotent, and safe beside the same sweep of another process. */
  readonly run: (ctx: Ctx) => Promise<Swept>;
};

const BATCH = 500;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Everything that repeats. Every one has its test in test/jobs/schedule.test.ts. */
export const SWEEPS: readonly Sweep[] = [
  {
    name: 'due-clocks',
    everyMs: 0,
    run: async (ctx) => {
      await recordOutage(ctx);
      const { claimed, nextAt } = await claimDueClocks(ctx, BATCH);
      return { count: claimed, again: claimed > 0, nextAt };
    },
  },
  {
    name: 'unit-changes',
    everyMs: 0,
    run: async (ctx) => {
      const { claimed, nextAt } = await claimDueUnits(ctx);
      return { count: claimed, nextAt };
    },
  },
  {
    name: 'stuck-messages',
    // A killed send holds its lease for one minute, is stuck after two more and looked for each minute: within five.
    everyMs: MINUTE_MS,
    run: async (ctx) => ({ count: await requeueStuckMessages(ctx) }),
  },
  {
    name: 'tasks',
    everyMs: 15 * MINUTE_MS,
    // Passed on first, so that whoever gets one is not told of it twice.
    run: async (ctx) => {
      const passed = await passOnTasks(ctx);
      const told = await remindOfTasks(ctx, BATCH);
      return { count: passed + told, again: told === BATCH };
    },
  },
  {
    name: 'seals',
    everyMs: 10_000,
    run: async (ctx) => {
      const { sealed, more } = await sealJournal(ctx);
      return { count: sealed, again: more };
    },
  },
  {
    name: 'anchors',
    everyMs: 15 * MINUTE_MS,
    run: async (ctx) => ({ count: Number(await anchorJournal(ctx)) }),
  },
  {
    name: 'keys',
    everyMs: MINUTE_MS,
    run: async (ctx) => {
      const count = await rewrapKeys(ctx, BATCH);
      return { count, again: count === BATCH };
    },
  },
  {
    name: 'reading',
    everyMs: 5 * MINUTE_MS,
    run: async (ctx) => ({ count: await watchReading(ctx) }),
  },
  {
    name: 'held-files',
    everyMs: MINUTE_MS,
    run: async (ctx) => {
      const count = await watchHeldFiles(ctx, BATCH);
      return { count, again: count >= BATCH };
    },
  },
  {
    name: 'named-people',
    everyMs: 10_000,
    run: async (ctx) => ({ count: await keepNamed(ctx) }),
  },
  {
    name: 'purge',
    everyMs: DAY_MS,
    run: async ({ deps, scope, now }) => {
      const forget = {
        draft: deleteOldDrafts,
        session: deleteOldSessions,
        request: deleteOldKeys,
        outbox: deleteSentOutbox,
        code: deleteOldCodes,
        link: deleteOldLinks,
        emergency: deleteOldEmergencies,
        arrival: deleteOldArrivals,
      } satisfies Record<RetentionKind, unknown>;
      let count = await deleteOldCounts(deps.db, scope, now);
      for (const kind of RETENTION_KINDS) count += await forget[kind](deps.db, scope, keptSince(kind, now));
      return { count };
    },
  },
];

/** No sweep looks at the clock less often than this. */
const LONGEST_REST_MS = { everyRound: 500, periodic: 5_000 };
const SHORTEST_REST_MS = 10;

/**
 * One round of a sweep: nothing unless its time has come, else until the sweep has enough. Answers how much it did and how
 * many milliseconds to rest. A clock that was set back makes the time come at once.
 */
export const createSweeper = (
  sweep: Sweep,
  makeCtx: (rule: string) => Promise<Ctx>,
): (() => Promise<{ readonly count: number; readonly restMs: number }>) => {
  let ranAt: number | null = null;
  const longest = sweep.everyMs === 0 ? LONGEST_REST_MS.everyRound : LONGEST_REST_MS.periodic;
  return async () => {
    let ctx = await makeCtx(sweep.name);
    const startedAt = ctx.now.epochMilliseconds;
    if (ranAt !== null && startedAt >= ranAt && startedAt < ranAt + sweep.everyMs) return { count: 0, restMs: longest };
    let swept = await sweep.run(ctx);
    let count = swept.count;
    while (swept.again) {
      ctx = await makeCtx(sweep.name);
      swept = await sweep.run(ctx);
      count += swept.count;
    }
    ranAt = startedAt;
    const untilNext = swept.nextAt ? swept.nextAt.epochMilliseconds - ctx.now.epochMilliseconds : longest;
    return { count, restMs: Math.max(SHORTEST_REST_MS, Math.min(untilNext, longest)) };
  };
};
