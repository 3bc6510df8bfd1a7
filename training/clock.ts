import { type Instant, isAfter, isBefore, T } from '#domain/time.ts';
import type { Jobs } from '#jobs/main.ts';
import type { Deps } from '#platform/deps.ts';

type Db = Deps['db'];

import { offsetMsTo, type TrainingClockRow } from '#platform/clock.ts';

const toInstant = (d: Date): Instant => T.Instant.fromEpochMilliseconds(d.getTime());

/** The row that all processes of training mode read their time from. */
export const readClockRow = async (db: Db): Promise<TrainingClockRow | null> => {
  const row = await db.trainingClock.findUnique({ where: { id: 1 } });
  return row ? { offsetMs: row.offsetMs, fixedAt: row.fixedAt ? toInstant(row.fixedAt) : null } : null;
};

const write = async (db: Db, data: { offsetMs?: bigint; fixedAt: Date | null }): Promise<void> => {
  await db.trainingClock.upsert({ where: { id: 1 }, create: { id: 1, offsetMs: 0n, ...data }, update: data });
};

/** Stands still at `at`, until it is let go. */
export const holdClock = (db: Db, at: Instant): Promise<void> => write(db, { fixedAt: new Date(at.epochMilliseconds) });

/** Runs on from `at`. */
const letClockRun = (db: Db, at: Instant): Promise<void> =>
  write(db, { offsetMs: BigInt(offsetMsTo(at)), fixedAt: null });

/** The soonest instant after `now` at which the system has something to do, or null. */
const nextDue = async (db: Db, now: Instant): Promise<Instant | null> => {
  const rows = await db.$queryRaw<{ at: Date | null }[]>`
    select least(
      (select min(next_alarm_at) from deadline where state = 'running' and next_alarm_at > ${new Date(now.epochMilliseconds)}),
      (select min(next_at) from unit_change where next_at > ${new Date(now.epochMilliseconds)}),
      (select min(available_at) from outbox where sent_at is null and available_at > ${new Date(now.epochMilliseconds)})) as at`;
  const at = rows[0]?.at;
  return at ? toInstant(at) : null;
};

/**
 * Walks the clock from `from` to `to`, stopping at each due instant in between: lets everything finish there, then asks
 * `pause`. Leaves the clock standing still at `to`. Throws RangeError for an instant that has been.
 */
export const walkClock = async (
  db: Db,
  jobs: Pick<Jobs, 'settle'>,
  from: Instant,
  to: Instant,
  pause: (at: Instant) => Promise<void> = async () => undefined,
): Promise<void> => {
  if (isBefore(to, from)) throw new RangeError('the clock only moves forward');
  const stand = async (at: Instant): Promise<void> => {
    await holdClock(db, at);
    await jobs.settle();
    await pause(at);
  };
  let now = from;
  await stand(now);
  for (;;) {
    const due = await nextDue(db, now);
    if (!due || isAfter(due, to)) break;
    now = due;
    await stand(now);
  }
  await stand(to);
};

/**
 * Moves the clock forward: stops at each due instant in between, lets everything finish there, and answers when all is
 * quiet at `to`, from where it runs on. Throws RangeError for an instant that has been.
 */
export const moveClock = async (db: Db, jobs: Jobs, from: Instant, to: Instant): Promise<void> => {
  await walkClock(db, jobs, from, to);
  await letClockRun(db, to);
};
