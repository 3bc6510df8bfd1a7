import { describe, expect, test } from 'vitest';
import { clock } from '../../scripts/checks/clock.ts';
import { inlineTypes } from '../../scripts/checks/inline-types.ts';
import { licences } from '../../scripts/checks/licences.ts';
import { type Lock, lock } from '../../scripts/checks/lock.ts';
import { mint } from '../../scripts/checks/mint.ts';
import { size, sizeSummary } from '../../scripts/checks/size.ts';
import { type Check, memoryTree } from '../../scripts/checks/tree.ts';
import { words } from '../../scripts/checks/words.ts';
import { complete } from '../../scripts/complete-lock.ts';

/** Each check must refuse every planted line and let every good one pass: a check that cannot fail proves nothing. */
const judge = (check: Check, path: string, lines: readonly string[]): readonly string[] =>
  lines.filter((line) => check(memoryTree({ [path]: `${line}\n` })).length > 0);

describe('licences', () => {
  const locked = (path: string, entry: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    licences(memoryTree({ 'package-lock.json': JSON.stringify({ packages: { '': {}, [path]: entry, ...more } }) }));
  const of = (license: string) => locked('node_modules/a', { version: '1.0.0', license });
  test('refuses what is not on the list, and what names none', () => {
    for (const one of [
      'GPL-3.0-only',
      'SSPL-1.0',
      'UNLICENSED',
      'MIT AND GPL-2.0-only',
      '(GPL-2.0-only OR AGPL-3.0-only)',
    ]) {
      expect(of(one), one).toEqual([`package-lock.json: a@1.0.0 is under ${one}`]);
    }
    expect(locked('node_modules/a', { version: '1.0.0' })).toHaveLength(1);
    expect(locked('node_modules/@x/a-win32', { version: '1.0.0', optional: true })).toHaveLength(1);
  });
  test('takes what is, and of several to choose from one', () => {
    for (const one of ['MIT', 'Apache-2.0 AND MIT', '(MIT OR GPL-3.0-only)']) expect(of(one), one).toEqual([]);
    const linux = { 'node_modules/@x/a-linux': { version: '1.0.0', optional: true, license: 'MIT' } };
    expect(locked('node_modules/@x/a-win32', { version: '1.0.0', optional: true }, linux)).toEqual([]);
  });
});

describe('clock', () => {
  const readsClock = [
    'const a = Date.now();',
    'const a = globalThis.Date.now();',
    'const a = Date?.now();',
    'const a = new Date();',
    'const a = Date();',
    'const a = Temporal.Now.instant();',
    'const a = T.Now;',
    'const a = performance.now();',
    'const a = process.hrtime.bigint();',
    'const q = sql`select now()`;',
    'const q = sql`update x set at = CURRENT_TIMESTAMP where id = ${id}`;',
    'const q = "select clock_timestamp()";',
    "const q = sql`select 'now'::timestamptz`;",
  ];
  const passes = [
    'const a = await clock.now();',
    'const a = new Date(at.epochMilliseconds);',
    'setTimeout(done, 10);',
    '// Date.now() and now() are for others',
    'const a = { now: Date.parse(x) };',
    'const q = sql`select ${now}::timestamptz as known_at`;',
  ];
  test.each(['src/usecases/x.ts', 'jobs/x.ts', 'src/web/x.tsx'])('in %s', (path) => {
    expect(judge(clock, path, readsClock)).toEqual(readsClock);
    expect(judge(clock, path, passes)).toEqual([]);
  });
  test('the one file that reads it is left alone, tests too', () => {
    expect(judge(clock, 'src/platform/clock.ts', readsClock)).toEqual([]);
    expect(judge(clock, 'test/x.test.ts', readsClock)).toEqual([]);
  });
  test('in models and migrations', () => {
    const model = [
      'at DateTime @default(now())',
      'at DateTime @updatedAt',
      'at DateTime @default(dbgenerated("LOCALTIME"))',
    ];
    expect(judge(clock, 'prisma/models/x.prisma', model)).toEqual(model);
    expect(judge(clock, 'prisma/models/x.prisma', ['at DateTime // never now()', 'knownAt DateTime'])).toEqual([]);
    const migration = ['new.at := now();', 'default CURRENT_DATE', 'select statement_timestamp()'];
    expect(judge(clock, 'prisma/migrations/1/migration.sql', migration)).toEqual(migration);
    expect(judge(clock, 'prisma/migrations/1/migration.sql', ['-- not now()', 'at timestamptz not null'])).toEqual([]);
  });
  test('says where', () => {
    const text = 'const a = 1;\nconst b = Date.now();\n';
    expect(clock(memoryTree({ 'src/x.ts': text }))).toEqual([expect.stringMatching(/^src\/x[.]ts:2: Date[.]now/)]);
  });
});

describe('mint', () => {
  const mints = [
    "import { mintScope } from '#domain/scope.ts';",
    "import { mintScope as harmless } from '../domain/scope.ts';",
    "import { type Scope, mintScope } from '#domain/scope.ts';",
    "import * as scope from '#domain/scope.ts';",
    "export { mintScope } from './scope.ts';",
    "export * from '#domain/scope.ts';",
    "const { mintScope } = await import('#domain/scope.ts');",
  ];
  const passes = [
    "import type { Scope } from '#domain/scope.ts';",
    "import { type Actor, type Scope } from '#domain/scope.ts';",
    "import type * as scope from '#domain/scope.ts';",
    "import { reaches } from './store-scope.ts';",
  ];
  test('is refused everywhere but at the edges', () => {
    for (const path of ['src/usecases/x.ts', 'src/store/x.ts', 'src/entry/node.ts', 'jobs/relay.ts', 'scripts/x.ts']) {
      expect(judge(mint, path, mints)).toEqual(mints);
      expect(judge(mint, path, passes)).toEqual([]);
    }
    for (const path of ['src/api/context.ts', 'jobs/main.ts', 'src/entry/cli.ts', 'training/x.ts', 'test/x.ts']) {
      expect(judge(mint, path, mints)).toEqual([]);
    }
  });
});

describe('inline types', () => {
  test('are refused, dynamic imports are not', () => {
    const refused = ["export type I = import('./a.ts').A;", "const f = (x: import('./a.ts').A) => x;"];
    const passes = ["const a = await import('./a.ts');", "import type { A } from './a.ts';"];
    expect(judge(inlineTypes, 'src/x.ts', [...refused, ...passes])).toEqual(refused);
  });
});

describe('size', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);
  test('300 lines pass, 301 do not', () => {
    const tree = memoryTree({ 'src/a.ts': lines(300), 'jobs/b.ts': lines(301), 'test/c.ts': lines(999) });
    expect(size(tree)).toEqual(['jobs/b.ts: 301 lines, 300 are allowed']);
    expect(sizeSummary(tree)).toBe('2 files, median 301 lines, 90th percentile 301');
  });
});

describe('words', () => {
  // Put together at run time, so that the check does not find them here.
  const refused = [
    `see ${'/'}work/main`,
    `cd ${'/'}root`,
    `https://registry.${'npmjs'}.org/x`,
    `// ${'TO'}DO later`,
    `// ${'FIX'}ME`,
    `test${'.'}skip('x')`,
    `it${'.'}only('x')`,
    `x as ${'any'};`,
    `// @ts-${'ignore'}`,
    `// biome-${'ignore'} lint: x`,
  ];
  const passes = ['GET /worklist', 'src/framework/x', 'https://example.org/work', 'todo', 'as anything', 'skip(x)'];
  test('are found', () => {
    expect(judge(words, 'src/x.ts', refused)).toEqual(refused);
    expect(judge(words, 'docs/x.md', passes)).toEqual([]);
  });
});

describe('lock', () => {
  const judged = (read: Lock) => lock(memoryTree({ 'package-lock.json': JSON.stringify(read) }));
  const tool = { version: '1.0.0', dev: true, optionalDependencies: { '@tool/cli-linux-x64-musl': '1.0.0' } };

  test('holds no download addresses', () => {
    expect(judged({ packages: { 'node_modules/a': { resolved: 'https://example.org/a.tgz' } } })).toHaveLength(1);
    expect(judged({ packages: { 'node_modules/a': { version: '1.0.0' } } })).toEqual([]);
  });
  test('lists the packages of every platform, or is completed', () => {
    const lacks: Lock = { packages: { '': {}, 'node_modules/@tool/all': tool } };
    expect(judged(lacks)).toEqual([expect.stringContaining('@tool/cli-linux-x64-musl is missing')]);
    expect(complete(lacks).packages['node_modules/@tool/cli-linux-x64-musl']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    });
    expect(judged(complete(lacks))).toEqual([]);
  });
  test('finds a package where Node would', () => {
    const inner = 'node_modules/a/node_modules/@b/c';
    const needs = { version: '1.0.0', optionalDependencies: { d: '1.0.0' } };
    for (const place of [`${inner}/node_modules/d`, 'node_modules/a/node_modules/d', 'node_modules/d']) {
      expect(judged({ packages: { [inner]: needs, [place]: { version: '1.0.0' } } })).toEqual([]);
    }
    expect(judged({ packages: { [inner]: needs, 'node_modules/x/node_modules/d': {} } })).toHaveLength(1);
  });
});
