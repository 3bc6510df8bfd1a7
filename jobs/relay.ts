import type { MessageName, MessagePayload } from '#messages';
import { publishChanges } from '#store/live.ts';
import { claimOutbox, markOutboxSent, type OutboxRow } from '#store/outbox.ts';
import type { Ctx } from '#usecases/context.ts';
import { type QueuedName, type Queues, ROUTES } from './queues.ts';

const BATCH = 200;
/** Another relay takes over rows that this one has not handed on by then. */
const LEASE_MS = 30_000;

type Changed = MessagePayload<'referral.changed'>;

const known = (name: string): name is MessageName => name in ROUTES;

/** An older process may meet a newer message: it stays in the outbox for a process that knows it. */
const sort = (rows: readonly OutboxRow[]) => {
  const queued: { id: string; name: QueuedName; payload: unknown }[] = [];
  const live: Changed[] = [];
  const unknown: OutboxRow[] = [];
  for (const row of rows) {
    if (!known(row.name)) unknown.push(row);
    else if (row.name === 'referral.changed') live.push(row.payload as Changed);
    else queued.push({ id: row.id, name: row.name, payload: row.payload });
  }
  return { queued, live, unknown };
};

/**
 * One round of the relay: leases a batch, tells open pages with one NOTIFY, adds the rest in bulk to the queues, marks
 * the rows as sent. The job's id is the row's, so a crash before the mark only repeats what is harmless to repeat.
 * What could not be handed on is kept here and tried again first, without waiting for its lease to end.
 * Answers how many rows it handed on; `full` when more may wait.
 */
export const createRelay = (
  makeCtx: (rule: string) => Promise<Ctx>,
  add: Queues['add'],
): (() => Promise<{ readonly moved: number; readonly full: boolean }>) => {
  let held: readonly OutboxRow[] = [];
  return async () => {
    const { deps, scope, now } = await makeCtx('relay');
    const rows = held.length > 0 ? held : await claimOutbox(deps.db, scope, now, BATCH, LEASE_MS);
    if (rows.length === 0) return { moved: 0, full: false };
    held = rows;
    const { queued, live, unknown } = sort(rows);
    for (const { id } of unknown) deps.log.warn('outbox.unknown', { outboxId: id });
    await publishChanges(deps.db, scope, {
      units: live.flatMap(({ units }) => units),
      persons: live.flatMap(({ persons }) => persons),
    });
    await add(queued);
    const ids = rows.filter((row) => !unknown.includes(row)).map(({ id }) => id);
    const moved = await markOutboxSent(deps.db, scope, ids, now);
    held = [];
    return { moved, full: rows.length === BATCH };
  };
};
