import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import type * as SchemaEngineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationAdapter, type ScriptHooks } from './migration-adapter.ts';

type Glue = typeof SchemaEngineGlue;

let loaded: Promise<Glue> | undefined;

/** Loads the WebAssembly by hand: as an import it makes Node print a warning about an experiment at every start. */
const load = async (): Promise<Glue> => {
  const name = '@prisma/schema-engine-wasm/schema_engine_bg';
  const glue: Glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(createRequire(import.meta.url).resolve(name));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  const begin = instance.exports['__wbindgen_start'];
  if (typeof begin === 'function') begin();
  return glue;
};

/** One schema file: name and text. */
export type SchemaFile = { readonly path: string; readonly content: string };

/**
 * Runs `work` with Prisma's schema engine on a database: what `prisma migrate` does, without the binary that its
 * command line would download.
 */
export const withSchemaEngine = async <R>(
  options: { readonly url: string; readonly schema: readonly SchemaFile[]; readonly hooks?: ScriptHooks },
  work: (engine: SchemaEngine) => Promise<R>,
): Promise<R> => {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  const datamodels = options.schema.map(({ path, content }): [string, string] => [path, content]);
  const { factory, close } = migrationAdapter(options.url, options.hooks);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
    return await work(engine).finally(() => engine.free());
  } finally {
    await close();
  }
};
