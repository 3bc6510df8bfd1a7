import pg from 'pg';

/** Of UUIDs only when they were made, because the rest is chance. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Hashes and sealed words: they depend on ids and keys. */
const BYTES = /"\\\\x[0-9a-f]*"/g;
/** A mail whose sender was killed is tried again. */
const ATTEMPTS = /"attempts":\d+/g;

/** What falls under which seal depends on when the sweep came; that all of it holds, the journal's own check says. */
const SEALS: ReadonlySet<string> = new Set(['journal_seal', 'sealed_head', 'journal_head', 'journal_anchor']);
const SEAL_SEQ = /"seal_seq":(\d+|null)/g;
const OF_ANCHOR = /"name":"anchor[.]made"/;

const comparable = (row: string): string =>
  row
    .replaceAll(UUID, (id) => id.slice(0, 13))
    .replaceAll(BYTES, '"bytes"')
    .replaceAll(ATTEMPTS, '"attempts"')
    .replaceAll(SEAL_SEQ, '"seal_seq"');

/**
 * What stands in every table of ours, as sorted rows by the table's name, so that two databases with the same history
 * are equal: without what chance has made: ids, keys, attempts, and what fell under which seal.
 */
export const stateOf = async (url: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
    );
    const state: Record<string, readonly string[]> = {};
    for (const { name } of tables.filter((table) => !SEALS.has(table.name))) {
      const { rows } = await client.query<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`);
      state[name] = rows.flatMap(({ row }) => (OF_ANCHOR.test(row) ? [] : comparable(row))).sort();
    }
    return state;
  } finally {
    await client.end();
  }
};
