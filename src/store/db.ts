import { type Instant, iso, type LocalDay, T } from '#domain/time.ts';
import { Prisma, type PrismaClient } from '#generated/prisma/client.ts';

export type Db = PrismaClient;
/** What store functions take: a transaction, or the client itself for a single statement. */
export type Tx = Prisma.TransactionClient;

export const { sql, join, empty } = Prisma;

export const fromDate = (d: Date): Instant => T.Instant.fromEpochMilliseconds(d.getTime());
export const fromDateOrNull = (d: Date | null): Instant | null => (d ? fromDate(d) : null);
export const toDate = (at: Instant): Date => new Date(at.epochMilliseconds);
/** A `date` column: midnight UTC stands for the local day. */
export const dayFromDate = (d: Date | null): LocalDay | null =>
  d ? T.PlainDate.from(d.toISOString().slice(0, 10)) : null;

const snakes = new Map<string, string>();
const snake = (name: string): string => {
  const known = snakes.get(name);
  if (known) return known;
  const made = name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  snakes.set(name, made);
  return made;
};

const column = (value: unknown): unknown => {
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
  for (const name in row) made[snake(name)] = column(row[name]);
  return made;
};

export const toRows = (rows: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown>[] =>
  rows.map(toRow);

export const inTransaction = <R>(db: Db, work: (tx: Tx) => Promise<R>): Promise<R> =>
  db.$transaction(work, { timeout: 20_000, maxWait: 20_000 });

/** PostgreSQL's 23505, however the client wraps it. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2002' || JSON.stringify(error.meta ?? {}).includes('23505') || error.message.includes('23505'));

/** One after the other: a transaction has one connection, and locks taken in a fixed order cannot deadlock. */
export const inOrder = async <A, B>(list: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> => {
  const done: B[] = [];
  for (const item of list) done.push(await work(item));
  return done;
};
