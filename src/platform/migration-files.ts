import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import type { SchemaFile } from './schema-engine.ts';
import { StartError } from './start-error.ts';

/** The repository's or the image's `prisma` folder, whether we run from `src/platform` or from one bundled file. */
export const prismaFolder = (from = import.meta.dirname): string => {
  const here = join(from, 'prisma');
  if (existsSync(join(here, 'migrations'))) return here;
  if (dirname(from) === from) throw new StartError('The folder prisma/migrations is missing from this installation.');
  return prismaFolder(dirname(from));
};

/** Names of the migrations, oldest first: they begin with their UTC time. */
export const migrationNames = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(folder, 'migrations'), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
};

/** All migrations in the form that the schema engine takes. Throws StartError for a folder without its script. */
export const readMigrations = async (folder: string): Promise<MigrationList> => {
  const baseDir = join(folder, 'migrations');
  const read = async (name: string) => {
    const value = await readFile(join(baseDir, name, 'migration.sql'), 'utf8').catch(() => {
      throw new StartError(`The migration ${name} has no readable migration.sql.`);
    });
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
  };
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all((await migrationNames(folder)).map(read)),
  };
};

/** Every model file, in a stable order. */
export const readModels = async (folder: string): Promise<SchemaFile[]> => {
  const dir = join(folder, 'models');
  const names = (await readdir(dir)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(dir, path), 'utf8') })));
};
