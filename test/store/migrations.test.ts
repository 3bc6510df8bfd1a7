import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultRegulations } from '#domain/regulations.ts';
import { migrate, pendingMigrations, schemaDiff } from '#platform/migrate.ts';
import { prismaFolder } from '#platform/migration-files.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '#test/support/database.ts';

const TRIGGER = `
create table note (id integer primary key, word text not null check (word <> ''));
create function refuse() returns trigger language plpgsql as $$
begin
  raise exception 'notes stay; they do'; -- a semicolon in a body; and one here
end;
$$;
create trigger note_stays before update on note for each row execute function refuse();
`;

let database: TestDatabase;
let folder: string;

const write = (name: string, sql: string): void => {
  const dir = join(folder, 'migrations', name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'migration.sql'), sql);
};

const query = async <R extends pg.QueryResultRow>(sql: string, url = database.url): Promise<R[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-migrations-'));
  mkdirSync(join(folder, 'migrations'));
  database = await emptyDatabase();
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('migrate', () => {
  test('sends a script whole, applies it once and keeps the table of Prisma', async () => {
    write('20260101000000_note', TRIGGER);
    expect(await pendingMigrations(database.url, { folder })).toEqual(['20260101000000_note']);
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['20260101000000_note'] });
    expect(await migrate(database.url, { folder })).toEqual({ applied: [] });
    expect(await pendingMigrations(database.url, { folder })).toEqual([]);
    await query(`insert into note values (1, 'a')`);
    await expect(query(`update note set word = 'b'`)).rejects.toThrow('notes stay; they do');
    const rows = await query(
      'select migration_name, applied_steps_count, logs, rolled_back_at from _prisma_migrations',
    );
    expect(rows).toEqual([
      { migration_name: '20260101000000_note', applied_steps_count: 1, logs: null, rolled_back_at: null },
    ]);
  });

  test('ten processes at once apply each migration once', async () => {
    write('20260101000000_note', TRIGGER);
    write('20260102000000_more', 'create table more (id integer);');
    const done = await Promise.all(Array.from({ length: 10 }, () => migrate(database.url, { folder })));
    expect(done.flatMap((one) => one.applied).sort()).toEqual(['20260101000000_note', '20260102000000_more']);
    expect(await query('select 1 from _prisma_migrations')).toHaveLength(2);
  });

  test('a failing script leaves nothing, says one sentence and is tried again once it is mended', async () => {
    write('20260101000000_bad', 'create table kept (id integer); insert into nowhere values (1);');
    const failing = migrate(database.url, { folder });
    await expect(failing).rejects.toThrow(
      'The migration 20260101000000_bad failed and was undone: relation "nowhere" does not exist (SQLSTATE 42P01).',
    );
    expect(await query(`select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
    write('20260101000000_bad', 'create table kept (id integer);');
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['20260101000000_bad'] });
  });

  test('a sentence never quotes what a row holds', async () => {
    write(
      '20260101000000_bad',
      `create table t (cpr text); insert into t values ('0101901234'); select cpr::uuid from t;`,
    );
    await expect(migrate(database.url, { folder })).rejects.toThrow(/failed and was undone: SQLSTATE 22P02\.$/);
    expect(await query(`select 1 from _prisma_migrations where logs like '%0101901234%'`)).toEqual([]);
  });

  test.each([
    { name: 'after its script was committed', logs: `'committed'` },
    { name: 'before its script was committed', logs: 'null' },
  ])('takes up a migration whose process was killed $name', async ({ logs }) => {
    write('20260101000000_note', TRIGGER);
    await migrate(database.url, { folder });
    await query(`update _prisma_migrations set finished_at = null, applied_steps_count = 0, logs = ${logs}`);
    if (logs === 'null') await query('drop table note; drop function refuse;');
    await migrate(database.url, { folder });
    expect(await pendingMigrations(database.url, { folder })).toEqual([]);
    expect(await query(`select to_regclass('note')::text as note`)).toEqual([{ note: 'note' }]);
    expect(await migrate(database.url, { folder })).toEqual({ applied: [] });
  });

  test('refuses a migration that was changed after it ran, and one that it does not know', async () => {
    write('20260101000000_note', TRIGGER);
    write('20260102000000_more', 'create table more (id integer);');
    await migrate(database.url, { folder });
    write('20260102000000_more', 'create table more (id integer, word text);');
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      'The migration 20260102000000_more was changed after it had been applied to this database.',
    );
    rmSync(join(folder, 'migrations', '20260102000000_more'), { recursive: true });
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      'The database holds the migration 20260102000000_more, unknown to this version.',
    );
  });

  test('says which database cannot be reached without its password', async () => {
    await expect(migrate('postgres://a:secret@127.0.0.1:1/x', { folder })).rejects.toThrow(
      'The database of DATABASE_URL cannot be reached (ECONNREFUSED).',
    );
  });
});

describe('the models', () => {
  test('equal the migrations', async () => {
    expect(await schemaDiff(database.url)).toBe('');
  });

  test('a column that no migration makes is found, and the database beside is left alone', async () => {
    cpSync(prismaFolder(), folder, { recursive: true });
    writeFileSync(join(folder, 'models', 'zzz.prisma'), 'model Zzz {\n  id String @id\n}\n');
    expect(await schemaDiff(database.url, { folder })).toContain('CREATE TABLE "Zzz"');
    expect(await query(`select 1 from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
    expect(await query(`select 1 from pg_database where datname like 'bindeled_shadow%'`)).toEqual([]);
  });

  test('a fresh database has every migration', async () => {
    const fresh = await freshDatabase();
    expect(await pendingMigrations(fresh.url)).toEqual([]);
    await fresh.drop();
  });
});

describe('an earlier version', () => {
  const standing = (migrations: number) => {
    cpSync(prismaFolder(), folder, { recursive: true });
    for (const name of readdirSync(join(folder, 'migrations'))
      .filter((one) => /^\d/.test(one))
      .sort()
      .slice(migrations)) {
      rmSync(join(folder, 'migrations', name), { recursive: true });
    }
    return migrate(database.url, { folder });
  };

  test.each([2, 6])('of the first %i migrations takes up the rest', async (migrations) => {
    await standing(migrations);
    await migrate(database.url);
    expect(await pendingMigrations(database.url)).toEqual([]);
    expect(await schemaDiff(database.url)).toBe('');
  });

  test('with regulations in use, of before there was a re-assessment, gets its rules as a version of their own', async () => {
    const { applied } = await standing(6);
    expect(applied.at(-1)).toBe('20261122233000_own_inquiries');
    const delivered = defaultRegulations({ closingDays: ['06-05'], exceptions: [] });
    const { reassessed: _, policies, ...rulebook } = delivered.rulebook;
    const before = {
      ...delivered,
      rulebook: {
        ...rulebook,
        policies: policies.map(({ clocks: { reassess: __, ...clocks }, ...policy }) => ({ ...policy, clocks })),
      },
    };
    const text = JSON.stringify(before).replaceAll("'", "''");
    await query(
      `insert into regulations (version, document, created_at) values (3, '${text}', '2026-11-02T08:00:00Z')`,
    );
    await migrate(database.url);
    const rows = await query('select version, document from regulations order by version');
    expect(rows).toEqual([
      { version: 3, document: before },
      { version: 4, document: delivered },
    ]);
  });
});
