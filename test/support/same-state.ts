import pg from 'pg';

/** Of UUIDs only when they were made, because the rest is chance. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Hashes and sealed words: they depend on ids and keys. */
const BYTES = /"\\\\x[0-9a-f]*"/g;
/** A mail whose sender was killed is tried again. */
const ATTEMPTS = /"attempts":\d+/g;

const comparable = (row: string): string =>
  row
    .replaceAll(UUID, (id) => id.slice(0, 13))
    .replaceAll(BYTES, '"bytes"')
    .replaceAll(ATTEMPTS, '"attempts"');

/**
 * What stands in every table of ours, as sorted rows by the table's name, so that two databases with the same history
 * are equal: without what chance has made, ids, keys, seals and attempts.
 */
export const stateOf = async (url: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
    );
    const state: Record<string, readonly string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`);
      state[name] = rows.map(({ row }) => comparable(row)).sort();
    }
    return state;
  } finally {
    await client.end();
  }
};
