import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleep, stopwatch } from '#platform/clock.ts';
import { emptyEmbeddedPostgres, startEmbeddedPostgres } from '#training/embedded-postgres.ts';
import { LOOPBACK } from '#training/ports.ts';
import { commandLine, isAlive } from '#training/process-identity.ts';

const isRoot = process.getuid?.() === 0;
const HOLDER = new URL('../support/hold-postgres.ts', import.meta.url);
const silent = (): void => undefined;

let temporary: string;
let dir: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'bindeled-embedded-'));
  chmodSync(temporary, 0o755);
  dir = join(temporary, '.bindeled', 'postgres');
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const one = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
};

const hold = async (): Promise<{ parent: ChildProcess; pid: number }> => {
  const parent = spawn(process.execPath, [fileURLToPath(HOLDER), dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout ?? parent, 'data');
  return { parent, pid: Number(String(line)) };
};

const kill = async (parent: ChildProcess): Promise<void> => {
  parent.kill('SIGKILL');
  await once(parent, 'exit');
};

const ended = async (pid: number): Promise<boolean> => {
  for (const waited = stopwatch(); waited() < 20_000; await sleep(20)) if (!isAlive(pid)) return true;
  return false;
};

const everyPid = (): number[] =>
  (existsSync('/proc/self')
    ? readdirSync('/proc')
    : spawnSync('ps', ['-A', '-o', 'pid='], { encoding: 'utf8' }).stdout.split(/\s+/)
  ).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

const watcherOf = (pid: number): number =>
  everyPid().find((one) => new RegExp(`read -r line .* ${pid}\\s*$`).test(commandLine(one))) ?? 0;

describe('the embedded PostgreSQL', () => {
  test('keeps its data over a clean stop, durable, on the loopback alone', async () => {
    const first = await startEmbeddedPostgres({ dir, say: silent });
    await one(first.url, 'create table kept as select 42 as it');
    expect(
      await one(
        first.url,
        `select string_agg(setting, ' ' order by name) from pg_settings
      where name in ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit', 'unix_socket_directories')`,
      ),
    ).toBe('on on 127.0.0.1 on ');
    expect(
      await one(
        first.url,
        `select pg_encoding_to_char(encoding) || datcollate from pg_database where datname = 'bindeled'`,
      ),
    ).toBe('UTF8C');
    expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600);
    await first.stop();
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startEmbeddedPostgres({ dir, say: silent });
    expect(await one(second.url, 'select it from kept')).toBe(42);
    await second.stop();
  });

  test('refuses a second start while the first is alive, and leaves that one alone', async () => {
    const { parent, pid } = await hold();
    await expect(startEmbeddedPostgres({ dir, say: silent })).rejects.toThrow(
      `The data in ${dir} is in use by Bindeled running as process ${parent.pid}; stop that one first.`,
    );
    expect(isAlive(pid)).toBe(true);
    await kill(parent);
    expect(await ended(pid)).toBe(true);
  });

  test('goes when its parent is killed, and is ended by the next start when the watcher was killed too', async () => {
    const { parent, pid } = await hold();
    const watcher = watcherOf(pid);
    expect(commandLine(watcher)).toContain('read -r line');
    process.kill(watcher, 'SIGKILL');
    await ended(watcher);
    await kill(parent);
    expect(isAlive(pid)).toBe(true);
    const next = await startEmbeddedPostgres({ dir, say: silent });
    expect(isAlive(pid)).toBe(false);
    expect(await one(next.url, 'select it from kept')).toBe(42);
    await next.stop();
  });

  test('starts over a lock file whose process number now belongs to a stranger', async () => {
    writeFileSync(join(dir, 'data', 'postmaster.pid'), `${process.pid}\n${join(dir, 'data')}\n`);
    const next = await startEmbeddedPostgres({ dir, say: silent });
    expect(await one(next.url, 'select it from kept')).toBe(42);
    await next.stop();
  });

  test('its log says nothing of what was asked of it', async () => {
    const server = await startEmbeddedPostgres({ dir, say: silent });
    await expect(one(server.url, `select '0101901234'::uuid`)).rejects.toThrow('invalid input syntax');
    await server.stop();
    expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).not.toContain('0101901234');
  });

  test('says in one sentence that its port is in use or its folder of no use', async () => {
    const taken = createServer();
    taken.listen(0, LOOPBACK);
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startEmbeddedPostgres({ dir, port, say: silent })).rejects.toThrow(
      `Port ${port}, which the embedded PostgreSQL needs, is already in use; stop what uses it or choose another.`,
    );
    taken.close();
    writeFileSync(join(temporary, 'file'), '');
    await expect(startEmbeddedPostgres({ dir: join(temporary, 'file', 'postgres'), say: silent })).rejects.toThrow(
      /^The folder .* cannot be made or written to \(ENOTDIR\)\.$/,
    );
  });

  test('in a home that only its owner may enter it runs all the same, and the home stays shut', async () => {
    const home = join(temporary, 'home');
    mkdirSync(home, { mode: 0o700 });
    const shut = join(home, 'checkout', '.bindeled', 'postgres');
    const said: string[] = [];
    const start = () => startEmbeddedPostgres({ dir: shut, say: (line) => said.push(line) });
    const first = await start();
    await one(first.url, 'create table kept as select 42 as it');
    const place = String(await one(first.url, 'show data_directory'));
    await first.stop();
    const second = await start();
    expect(await one(second.url, 'select it from kept')).toBe(42);
    await second.stop();
    expect(statSync(home).mode & 0o777).toBe(0o700);
    // Only root's server runs as somebody else, who may not come in.
    expect(said).toHaveLength(isRoot ? 1 : 0);
    expect(place.startsWith(home)).toBe(!isRoot);
    rmSync(join(home, 'checkout', '.bindeled'), { recursive: true });
    const fresh = await start();
    expect(await one(fresh.url, `select to_regclass('kept')`)).toBeNull();
    await fresh.stop();
    await emptyEmbeddedPostgres({ dir: shut, say: silent });
    expect(existsSync(place)).toBe(false);
  });
});
