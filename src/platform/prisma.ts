import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '#generated/prisma/client.ts';

/** Connections of one process; a burst queues for them inside the process, not in the database. */
const CONNECTIONS = 10;
/** For a connection, also while others have them all: as long as a transaction waits to begin, or a burst is refused. */
const LONGEST_WAIT_MS = 20_000;
/** Each connection keeps every statement it has prepared, so texts without end (lists of all lengths) stay unnamed. */
const NAMED_STATEMENTS = 500;

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** The same text always has the same name, on every connection; '' once there are too many: not kept prepared. */
const statementNames = (): ((query: { readonly sql: string }) => string) => {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= NAMED_STATEMENTS) return '';
    const name = shortHash(sql);
    names.set(sql, name);
    return name;
  };
};

export type PrismaOptions = {
  readonly connections?: number;
  /** By which the database knows them. */
  readonly name?: string;
  /** Keep statements prepared, for connections that live long enough to gain by it. True when left out. */
  readonly prepared?: boolean;
};

/** A factory of adapters, and the one that the client is connected by: null before its first query and after its end. */
const observed = (inner: PrismaPg): { adapter: SqlDriverAdapterFactory; connected: () => SqlDriverAdapter | null } => {
  let now: SqlDriverAdapter | null = null;
  const connect = async (): Promise<SqlDriverAdapter> => {
    const made = await inner.connect();
    const dispose = made.dispose.bind(made);
    const ending = (): Promise<void> => {
      now = null;
      return dispose();
    };
    now = Object.assign(made, { dispose: ending });
    return now;
  };
  return { adapter: { provider: inner.provider, adapterName: inner.adapterName, connect }, connected: () => now };
};

/**
 * A Prisma client over a pool of at most `connections`. Connects with the first query; end it with `$disconnect()`.
 * Statements are kept prepared: without it the path of submission does a fifth less.
 */
export const createPrisma = (databaseUrl: string, options: PrismaOptions = {}): PrismaClient => {
  const pool = {
    connectionString: databaseUrl,
    application_name: options.name ?? 'bindeled',
    max: options.connections ?? CONNECTIONS,
    connectionTimeoutMillis: LONGEST_WAIT_MS,
    keepAlive: true,
  };
  const names = options.prepared === false ? {} : { statementNameGenerator: statementNames() };
  const { adapter, connected } = observed(new PrismaPg(pool, names));
  const client = new PrismaClient({ adapter });
  // For `store/direct.ts`. A transaction shows its client's properties as its own, so this says whose it is.
  return Object.assign(client, { direct: { of: client, connected } });
};
