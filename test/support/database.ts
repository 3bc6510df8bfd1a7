import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export type TestDatabase = {
  readonly url: string;
  /** Ends open connections too. */
  readonly drop: () => Promise<void>;
};

const named = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

const onServer = async (sql: string): Promise<void> => {
  // Not the template itself: a template with a session on it cannot be cloned.
  const client = new pg.Client({ connectionString: named(inject('templateUrl'), 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const database = async (template: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${template}`);
  return {
    url: named(inject('templateUrl'), name),
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  };
};

/** A database with all migrations and no rows, for one test file: `beforeAll` makes it, `afterAll` drops it. */
export const freshDatabase = (): Promise<TestDatabase> => database(new URL(inject('templateUrl')).pathname.slice(1));

/** A database without a table, for tests of migrating. */
export const emptyDatabase = (): Promise<TestDatabase> => database('template0');
