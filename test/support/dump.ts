import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export type Dump = {
  /** `schema.table` of everything that was read. */
  readonly tables: readonly string[];
  readonly bytes: Buffer;
};

/** Every column of every table of every schema but PostgreSQL's own: as text, and bytea once more as its raw bytes. */
export const dumpDatabase = async (url: string): Promise<Dump> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string; binary: string[] }>(`
      select n.nspname as schema, c.relname as name,
        array(select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped) as binary
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg_toast%'
      order by 1, 2`);
    const parts: Buffer[] = [];
    for (const { schema, name, binary } of tables) {
      const table = `${quoted(schema)}.${quoted(name)}`;
      const text = await client.query<{ row: string }>(`select t::text as row from ${table} t`);
      parts.push(...text.rows.map(({ row }) => Buffer.from(`${row}\n`)));
      for (const column of binary) {
        const raw = await client.query<{ raw: Buffer | null }>(`select ${quoted(column)} as raw from ${table}`);
        parts.push(...raw.rows.flatMap(({ raw: bytes }) => (bytes ? [bytes, Buffer.from('\n')] : [])));
      }
    }
    return { tables: tables.map(({ schema, name }) => `${schema}.${name}`), bytes: Buffer.concat(parts) };
  } finally {
    await client.end();
  }
};

/** Every file below a folder. */
export const filesBelow = (folder: string): { readonly path: string; readonly bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }));
