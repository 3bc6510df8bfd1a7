import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import type { Validity } from '#domain/organisation.ts';
import { type Instant, iso, type LocalDay, T } from '#domain/time.ts';
import { Prisma, type PrismaClient } from '#generated/prisma/client.ts';

export type Db = PrismaClient;
/** What store functions take: a transaction, or the client itself for a single statement. */
export type Tx = Prisma.TransactionClient;

export const { sql, join } = Prisma;

export const fromDate = (d: Date): Instant => T.Instant.fromEpochMilliseconds(d.getTime());
export const fromDateOrNull = (d: Date | null): Instant | null => (d ? fromDate(d) : null);
export const toDate = (at: Instant): Date => new Date(at.epochMilliseconds);
/** A `date` column: midnight UTC stands for the local day. */
export const dayFromDate = (d: Date | null): LocalDay | null =>
  d ? T.PlainDate.from(d.toISOString().slice(0, 10)) : null;

/** The same the other way. */
const date = (day: LocalDay | null): Date | null => (day ? new Date(`${day.toString()}T00:00:00Z`) : null);
export const dates = (v: Validity): { validFrom: Date | null; validUntil: Date | null } => ({
  validFrom: date(v.from),
  validUntil: date(v.until),
});

const snakes = new Map<string, string>();
/** The column of a property. */
export const snake = (name: string): string => {
  const known = snakes.get(name);
  if (known) return known;
  const made = name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  snakes.set(name, made);
  return made;
};

export const column = (value: unknown): unknown => {
  if (typeof value !== 'object') return value;
  if (value instanceof Uint8Array)
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  if (value instanceof T.Instant) return iso(value);
  return value;
};

/**
 * A row for `jsonb_populate_recordset(null::table, …)`: one parameter carries all rows of a statement, and
 * PostgreSQL converts each field by its column's type.
 */
export const toRow = (row: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const made: Record<string, unknown> = {};
  for (const name in row) {
    const value = row[name];
    // A column that is left out is null; there are many, and each would be written and read twice.
    if (value !== null && value !== undefined) made[snake(name)] = column(value);
  }
  return made;
};

/** Columns to be changed, for `jsonb_populate_record(old, …)`: what is named is written, null too; what is not stays. */
export const toPatch = (set: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(set).map(([name, value]) => [snake(name), column(value)]));

export const toRows = (rows: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown>[] =>
  rows.map(toRow);

/**
 * Rows of one table as the first of them, and what each says otherwise; null is named there, unlike in `toRow`. Rows that are
 * written at the same time say much the same, which is written and read once this way. For
 * `jsonb_populate_recordset(jsonb_populate_record(null::table, first), otherwise)`.
 */
export const toAlike = (
  rows: readonly Readonly<Record<string, unknown>>[],
): { first: Record<string, unknown>; otherwise: Record<string, unknown>[] } => {
  const [one = {}] = rows;
  const first = toRow(one);
  const otherwise = rows.map((row) => {
    const made: Record<string, unknown> = {};
    for (const name in row) {
      const value = row[name];
      if (value === one[name]) continue;
      const is = column(value) ?? null;
      if (is !== (first[snake(name)] ?? null)) made[snake(name)] = is;
    }
    for (const name in one) if (row[name] === undefined && first[snake(name)] !== undefined) made[snake(name)] = null;
    return made;
  });
  return { first, otherwise };
};

type Waiting<A, R> = { readonly asked: A; readonly answer: (r: R) => void; readonly fail: (error: unknown) => void };

/**
 * So many waiting are worth a statement beside the one under way; fewer wait for it. A statement costs as much to begin as
 * two submissions cost in it, and two beside each other wait for each other (`bench -- submit`: 1,190 a second by sixteen, 960
 * by six).
 */
const ENOUGH = 16;
/** So many leave in one statement, if so many wait, whatever else is said of groups. */
const LEAST = 8;
/** Statements of one kind under way on one client, so that a slow one does not hold everybody up. */
const MOST_UNDER_WAY = 4;

/**
 * One statement for what many ask for at the same time: while one is under way on a client, further askers wait and
 * leave together when it comes back, at most `most`. Alone, nobody waits. `run` answers each by its place. When it throws,
 * each is asked for alone, so that nobody fails by another's fault; what it did must be undone by then or harmless to do twice.
 * A transaction is a client of its own and shares with nobody. `level`: for statements that take as long as what their askers
 * do in between; groups then become of one size (decision 055).
 */
export const together = <A, R>(
  run: (tx: Tx, asked: readonly A[]) => Promise<readonly R[]>,
  { most, level }: { readonly most: number; readonly level: boolean },
) => {
  const clients = new WeakMap<Tx, { waiting: Waiting<A, R>[]; underWay: number }>();
  return (tx: Tx, asked: A): Promise<R> => {
    const client = clients.get(tx) ?? { waiting: [], underWay: 0 };
    clients.set(tx, client);
    const settle = async (group: readonly Waiting<A, R>[]): Promise<void> => {
      try {
        const answers = await run(
          tx,
          group.map((one) => one.asked),
        );
        for (const [place, one] of group.entries()) one.answer(answers[place] as R);
      } catch (error) {
        if (group.length === 1) group[0]?.fail(error);
        else await Promise.all(group.map((one) => settle([one])));
      }
    };
    const leave = async (): Promise<void> => {
      let back = 0;
      for (;;) {
        // Whoever comes in the same turn of the loop goes along, beside those who wait: a tenth more submissions a second
        // than by leaving as soon as the one before has come back, and a tenth less CPU each.
        await new Promise((turn) => setImmediate(turn));
        if (client.waiting.length < (client.underWay === 1 ? 1 : ENOUGH)) break;
        // Whoever has just been answered asks again before long: half of all leave now and half with those, or a few and many
        // would leave by turns for ever, and the database and this process wait for each other.
        const half = Math.max(LEAST, Math.ceil((client.waiting.length + back) / 2));
        const group = client.waiting.splice(0, level && back > 0 ? Math.min(half, most) : most);
        back = group.length;
        await settle(group);
      }
      client.underWay -= 1;
    };
    return new Promise((answer, fail) => {
      client.waiting.push({ asked, answer, fail });
      if (client.underWay < (client.waiting.length < ENOUGH ? 1 : MOST_UNDER_WAY)) {
        client.underWay += 1;
        void leave();
      }
    });
  };
};

export const inTransaction = <R>(db: Db, work: (tx: Tx) => Promise<R>): Promise<R> =>
  db.$transaction(work, { timeout: 20_000, maxWait: 20_000 });

/** PostgreSQL's 23505, however the client or its adapter wraps it. */
export const isUniqueViolation = (error: unknown): boolean =>
  isDriverAdapterError(error)
    ? error.cause.kind === 'UniqueConstraintViolation'
    : error instanceof Prisma.PrismaClientKnownRequestError &&
      (error.code === 'P2002' || JSON.stringify(error.meta ?? {}).includes('23505') || error.message.includes('23505'));

/** One after the other: a transaction has one connection, and locks taken in a fixed order cannot deadlock. */
export const inOrder = async <A, B>(list: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> => {
  const done: B[] = [];
  for (const item of list) done.push(await work(item));
  return done;
};
