import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { scriptFailure } from './migration-adapter.ts';
import { migrationNames, prismaFolder, readMigrations, readModels } from './migration-files.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { StartError } from './start-error.ts';

/** `folder` holds `migrations` and `models`; default the installation's own `prisma`. */
export type MigrateOptions = { readonly folder?: string };

/** One number for all our processes on one database; Prisma's own commands lock another. */
const LOCK = 7_026_101;
const LOCK_WAIT = '5min';
const FILTERS = { externalTables: [], externalEnums: [] };
/** Applying needs to know the kind of database, not the models. */
const NO_MODELS = [{ path: 'base.prisma', content: 'datasource db {\n  provider = "postgresql"\n}\n' }];
const EMPTY = '-- This is an empty migration.';
/** Written in the transaction of the script: tells a script that was cut off from one whose end was not noted. */
const COMMITTED = 'committed';
const NOTE_COMMIT = `update "_prisma_migrations" set logs = '${COMMITTED}' where finished_at is null and rolled_back_at is null`;

const unreachable = (error: unknown): StartError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return new StartError(`The database of DATABASE_URL cannot be reached (${code}).`, { cause: error });
};

const withClient = async <R>(databaseUrl: string, work: (client: pg.Client) => Promise<R>): Promise<R> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A connection that breaks while it idles tells of it here; the next statement then fails.
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const lock = async (client: pg.Client): Promise<void> => {
  await client.query(`set lock_timeout = '${LOCK_WAIT}'`);
  await client.query('select pg_advisory_lock($1)', [LOCK]).catch((error: unknown) => {
    throw new StartError('Another process has been migrating this database for five minutes.', { cause: error });
  });
};

type List = Awaited<ReturnType<typeof readMigrations>>;

const demandKnownHistory = async (engine: SchemaEngine, migrationsList: List): Promise<readonly string[]> => {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: FILTERS,
  });
  const edited = found.editedMigrationNames.filter((name) => !found.failedMigrationNames.includes(name));
  if (edited.length > 0) {
    throw new StartError(`The migration ${edited[0]} was changed after it had been applied to this database.`);
  }
  const history = found.history;
  if (history !== null && history.diagnostic !== 'databaseIsBehind') {
    throw new StartError(
      `The database holds the migration ${history.unpersistedMigrationNames[0]}, unknown to this version.`,
    );
  }
  return found.failedMigrationNames;
};

/**
 * Takes up what a killed or failed run left. Each script is one transaction, so one without its note was undone whole
 * and may run again, and one with it is done. We hold the lock: nobody is still at it.
 */
const settle = async (engine: SchemaEngine, client: pg.Client, migrationsList: List, names: readonly string[]) => {
  for (const migrationName of names) {
    const { rowCount } = await client.query(
      'select 1 from "_prisma_migrations" where migration_name = $1 and rolled_back_at is null and logs = $2',
      [migrationName, COMMITTED],
    );
    if (rowCount === 0) await engine.markMigrationRolledBack({ migrationName });
    else await engine.markMigrationApplied({ migrationName, migrationsList });
  }
};

/**
 * Applies the migrations that the database lacks, in order, each as one transaction, and answers their names. Safe to
 * repeat and to run from many processes at once: they wait for each other. A script that fails leaves nothing of
 * itself behind and is tried again next time. Keeps the table of Prisma's own commands. Throws StartError.
 */
export const migrate = async (databaseUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> => {
  const migrationsList = await readMigrations(options.folder ?? prismaFolder());
  let cause: unknown;
  const hooks = {
    afterScript: NOTE_COMMIT,
    onScriptError: (error: unknown) => {
      cause = error;
    },
  };
  return withClient(databaseUrl, async (client) => {
    await lock(client);
    return withSchemaEngine({ url: databaseUrl, schema: NO_MODELS, hooks }, async (engine) => {
      await settle(engine, client, migrationsList, await demandKnownHistory(engine, migrationsList));
      const done = await engine.applyMigrations({ migrationsList, filters: FILTERS }).catch(async (error: unknown) => {
        const [failed] = await demandKnownHistory(engine, migrationsList);
        if (failed === undefined) throw error;
        await settle(engine, client, migrationsList, [failed]);
        throw new StartError(`The migration ${failed} failed and was undone: ${scriptFailure(cause)}.`, { cause });
      });
      await client.query('update "_prisma_migrations" set logs = null where logs = $1', [COMMITTED]);
      return { applied: done.appliedMigrationNames };
    });
  });
};

/** Names of the migrations that this version has and the database lacks. Throws StartError if it cannot be reached. */
export const pendingMigrations = async (databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> => {
  const names = await migrationNames(options.folder ?? prismaFolder());
  return withClient(databaseUrl, async (client) => {
    const table = await client.query<{ found: boolean }>(
      `select to_regclass('"_prisma_migrations"') is not null as found`,
    );
    if (table.rows[0]?.found !== true) return names;
    const applied = await client.query<{ name: string }>(
      'select migration_name as name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null',
    );
    const done = new Set(applied.rows.map((row) => row.name));
    return names.filter((name) => !done.has(name));
  });
};

/**
 * The SQL that would bring the state after all migrations to the models, '' when they are equal. Replays the migrations
 * in a database of its own beside `databaseUrl`, whose role must be allowed to create one. Checks and triggers are not
 * models' business and are not seen.
 */
export const schemaDiff = async (databaseUrl: string, options: MigrateOptions = {}): Promise<string> => {
  const folder = options.folder ?? prismaFolder();
  const [list, files] = [await readMigrations(folder), await readModels(folder)];
  return withSchemaEngine({ url: databaseUrl, schema: files }, async (engine) => {
    const from = { tag: 'migrations' as const, ...list };
    const to = { tag: 'schemaDatamodel' as const, files };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: FILTERS });
    const sql = stdout?.trim() ?? '';
    return sql === EMPTY ? '' : sql;
  });
};
