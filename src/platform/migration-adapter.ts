import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** What PostgreSQL's catalogue uses for its one-letter columns, and the adapter knows no column type for. */
const CHAR = 18;
const TEXT = 25;

type Fields = { fields: { dataTypeID: number }[]; rows: unknown[] };
type Query = (...args: unknown[]) => Promise<Fields>;

/**
 * A pool of one connection that passes `"char"` columns off as text, so that the adapter lets them through, and
 * remembers by the identity of the rows which columns they were.
 */
const poolWithChars = (config: pg.PoolConfig, chars: WeakMap<object, number[]>): pg.Pool => {
  const pool = new pg.Pool({ ...config, max: 1 });
  const query: Query = pool.query.bind(pool) as Query;
  const remembering: Query = async (...args) => {
    const result = await query(...args);
    // A script of several statements answers an array of results, which nobody reads.
    if (!Array.isArray(result.fields)) return result;
    chars.set(
      result.rows,
      result.fields.flatMap((field, column) => (field.dataTypeID === CHAR ? [column] : [])),
    );
    for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT;
    return result;
  };
  return Object.assign(pool, { query: remembering });
};

const withChars = (result: SqlResultSet, columns: readonly number[]): SqlResultSet => ({
  ...result,
  columnTypes: result.columnTypes.map((type, at) => (columns.includes(at) ? ColumnTypeEnum.Character : type)),
});

/** PostgreSQL's words where they name tables and columns (classes 42 and 23), its code where they may quote data. */
export const scriptFailure = (error: unknown): string => {
  if (!(error instanceof pg.DatabaseError)) return 'the connection to the database was lost';
  return /^(42|23)/.test(error.code ?? '') ? `${error.message} (SQLSTATE ${error.code})` : `SQLSTATE ${error.code}`;
};

/** What the engine writes into `_prisma_migrations`: without PostgreSQL's detail, which quotes rows. */
const told = (error: unknown): DriverAdapterError =>
  new DriverAdapterError({
    kind: 'postgres',
    code: error instanceof pg.DatabaseError ? (error.code ?? 'N/A') : 'N/A',
    severity: 'ERROR',
    message: scriptFailure(error),
    detail: undefined,
    column: undefined,
    hint: undefined,
  });

export type ScriptHooks = {
  /** SQL that runs after each migration's script, in the same transaction. */
  readonly afterScript?: string;
  /** Told why a script failed: the engine keeps only part of it. */
  readonly onScriptError?: (error: unknown) => void;
};

const connect = async (config: pg.PoolConfig, hooks: ScriptHooks, after?: () => Promise<void>) => {
  let disposed: Promise<void> | undefined;
  const chars = new WeakMap<object, number[]>();
  const pool = poolWithChars(config, chars);
  const inner = await new PrismaPg(pool).connect();
  const adapter: SqlDriverAdapter = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: async (query) => {
      const result = await inner.queryRaw(query);
      return withChars(result, chars.get(result.rows) ?? []);
    },
    executeRaw: (query) => inner.executeRaw(query),
    startTransaction: (level) => inner.startTransaction(level),
    getConnectionInfo: () => inner.getConnectionInfo(),
    // The stock adapter cuts a script at each semicolon, through the bodies of functions. A statement without
    // parameters goes over the simple protocol, which takes many and runs them as one transaction.
    executeScript: async (script) => {
      const sql = hooks.afterScript === undefined ? script : `${script}\n;\n${hooks.afterScript}`;
      try {
        await pool.query(sql);
      } catch (error) {
        hooks.onScriptError?.(error);
        throw told(error);
      }
    },
    dispose: () => {
      disposed ??= pool.end().then(after);
      return disposed;
    },
  };
  return adapter;
};

const onDatabase = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

const once = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/**
 * Prisma's PostgreSQL adapter as its schema engine needs it. Three things differ from the stock one: scripts go whole,
 * `"char"` columns are read, and the shadow database is a database of its own: given a connection string, the stock
 * adapter takes the string's database instead of the one that it has just made.
 * `close` is ours to call: the engine leaves its connection open, and with it the lock that it holds.
 */
export const migrationAdapter = (
  url: string,
  hooks: ScriptHooks = {},
): { factory: SqlMigrationAwareDriverAdapterFactory; close: () => Promise<void> } => {
  const open: SqlDriverAdapter[] = [];
  const remember = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    open.push(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: async () => remember(await connect({ connectionString: url }, hooks)),
    connectToShadowDb: async () => {
      const database = `bindeled_shadow_${crypto.randomUUID().replaceAll('-', '')}`;
      await once(url, `create database ${database}`);
      const drop = (): Promise<void> => once(url, `drop database ${database} with (force)`);
      return remember(await connect({ connectionString: onDatabase(url, database) }, {}, drop));
    },
  };
  return { factory, close: async () => void (await Promise.all(open.map((adapter) => adapter.dispose()))) };
};
