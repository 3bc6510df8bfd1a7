import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from './db.ts';

/** Where the client says how to reach its own connections: `platform/prisma.ts`. */
type Reached = { readonly direct?: { readonly of: unknown; readonly connected: () => SqlQueryable | null } };

/** What both ways answer alike. Other types are asked for as one of these. */
type Cell = string | number | boolean | null;

const AS_IT_IS = { scalarType: 'unknown', arity: 'scalar' } as const;

/**
 * For the statements that every burst meets: what `$queryRaw` would answer, by the client's own adapter and connections,
 * past the client, which writes all parameters and rows as JSON and reads them back (measured: 290 microseconds of CPU
 * a statement, and 600 more for 90 kB). A transaction has a connection of its own and is asked through the client, and
 * so is a client that has not connected yet. A refusal is the adapter's own error, for `isUniqueViolation`.
 */
export const askDirectly = async <R extends Readonly<Record<string, Cell>>>(
  tx: Tx,
  query: Prisma.Sql,
): Promise<R[]> => {
  const { direct } = tx as Reached;
  const adapter = direct?.of === tx ? direct.connected() : null;
  if (!adapter) return tx.$queryRaw<R[]>(query);
  const { text: sql, values: args } = query;
  const { columnNames, rows } = await adapter.queryRaw({ sql, args, argTypes: args.map(() => AS_IT_IS) });
  return rows.map((row) => Object.fromEntries(columnNames.map((name, at) => [name, row[at]])) as R);
};
