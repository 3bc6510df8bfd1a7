import { type Instant, isAfter } from '#domain/time.ts';
import { MESSAGES } from '#messages';
import { actOnClock } from '#usecases/act-on-clock.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';
import type { Ctx } from '#usecases/context.ts';

/** As many as a batch of the sweep holds. */
const MOST = 200;
const LOOKS = 5_000;

type System = (at: Instant) => Ctx;

/** Acts on everything that was handed over, once, as the queue's worker would; mails stay unsent. */
const actOnHanded = async (ctx: Ctx): Promise<void> => {
  const { outbox } = ctx.deps.db;
  const rows = await outbox.findMany({ where: { name: 'clock.due', sentAt: null } });
  const sentAt = new Date(ctx.now.epochMilliseconds);
  await outbox.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { sentAt } });
  const due = rows.map(({ payload }) => MESSAGES['clock.due'].parse(payload));
  for (const one of due.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))) await actOnClock(ctx, one);
};

/**
 * Lets time pass from `from` to `until`: the real sweep at each due instant, and the real use case on what it hands
 * over, without queue and mail server between them, so that thousands of instants pass in seconds.
 */
export const sweepUntil = async (system: System, from: Instant, until: Instant): Promise<void> => {
  let now = from;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const { claimed, nextAt } = await claimDueClocks(system(now), MOST);
    await actOnHanded(system(now));
    if (claimed > 0) continue;
    if (nextAt === null || isAfter(nextAt, until)) return;
    if (isAfter(nextAt, now)) now = nextAt;
  }
  throw new Error('the sweep never comes to rest');
};
