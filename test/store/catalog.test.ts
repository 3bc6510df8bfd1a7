import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/support/database.ts';

const LISTING = new URL('./catalog.txt', import.meta.url);
/** Rewrites the committed listing; what changed is then read in review. Never in CI. */
const UPDATE = process.env.UPDATE_CATALOG === '1' && !process.env.CI;

// Each answers lines of text. `public` is ours; extensions and the queue bring schemas of their own.
const PARTS = {
  functions: `
    select pg_get_functiondef(p.oid) as line from pg_proc p
    where p.pronamespace = 'public'::regnamespace order by p.proname`,
  triggers: `
    select pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else ' -- NOT ENABLED' end as line
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by c.relname, t.tgname`,
  checks: `
    select c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
      || case when k.convalidated then '' else ' -- NOT VALIDATED' end as line
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = 'public'::regnamespace and k.contype = 'c' order by c.relname, k.conname`,
  'indexes with a predicate, an expression or included columns': `
    select pg_get_indexdef(i.indexrelid) as line
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace
      and (i.indpred is not null or i.indexprs is not null or i.indnatts <> i.indnkeyatts)
    order by c.relname, x.relname`,
  'invalid indexes': `
    select i.indexrelid::regclass::text as line from pg_index i where not i.indisvalid order by 1`,
  'storage options': `
    select c.relname || ' ' || array_to_string(c.reloptions, ', ') as line
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.reloptions is not null order by c.relname`,
  sequences: `
    select c.relname as line from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by c.relname`,
  'views, rules and policies': `
    select x.line from (
      select 'view ' || relname as line from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
      union all select 'rule ' || rulename from pg_rules where schemaname = 'public'
      union all select 'policy ' || policyname from pg_policies where schemaname = 'public') x order by x.line`,
  defaults: `
    select table_name || '.' || column_name || ' ' || column_default as line from information_schema.columns
    where table_schema = 'public' and column_default is not null and table_name not like '\\_prisma%' order by 1`,
} as const;

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const listing = async (): Promise<string> => {
  const parts: string[] = [];
  for (const [name, sql] of Object.entries(PARTS)) {
    const { rows } = await client.query<{ line: string }>(sql);
    parts.push([`# ${name}`, ...rows.map(({ line }) => line.trim())].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
};

test('what the models cannot say stands in the database as it was committed', async () => {
  const now = await listing();
  if (UPDATE) writeFileSync(LISTING, now);
  expect(now).toBe(readFileSync(LISTING, 'utf8'));
});

test('a guard that is taken away, switched off or weakened is seen', async () => {
  const before = await listing();
  for (const change of [
    'drop trigger notification_immutable on notification',
    'alter table case_event disable trigger case_event_immutable',
    'alter table deadline drop constraint deadline_derivation',
    'drop index ownership_one_open; create unique index ownership_one_open on ownership (referral_id)',
    'alter table outbox reset (autovacuum_vacuum_threshold)',
    `create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'`,
    'alter table read_log alter column purpose set default now()::text',
  ]) {
    await client.query('begin');
    await client.query(change);
    expect(await listing(), change).not.toBe(before);
    await client.query('rollback');
  }
});

test('no default asks the machine for the time', async () => {
  const { rows } = await client.query<{ line: string }>(PARTS.defaults);
  expect(rows.filter(({ line }) => /now\(|current_|timestamp/i.test(line))).toEqual([]);
});
