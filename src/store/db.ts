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
  if (value instanceof Uint8Array) return `\\x${value.toHex()}`;
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
