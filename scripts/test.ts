/**
 * `npm test`: everything. Its last line is `N passed, N failed`, where each check counts as one beside the tests; its
 * exit status says the same. What could not be run is named, and with `CI` set it is a failure.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.ts';
import { inParallel, type Outcome, root, run } from './run.ts';
import { runSuite } from './suite.ts';
import { ensureTools } from './tools.ts';

const strict = Boolean(process.env.CI);
const outcomes: Outcome[] = [];

const missing = ensureTools();
outcomes.push(...(await inParallel(1, [() => run('prisma generate', ['node', 'scripts/generate-prisma.ts'])])));
outcomes.push(...(await check()));
const originals = process.env.ACCEPTANCE_ORIGINALS;
if (originals) {
  const copies = () => run('acceptance copies', ['node', 'scripts/acceptance-copies.ts', originals]);
  outcomes.push(...(await inParallel(1, [copies])));
}
const web = 'src/web/vite.config.ts';
if (existsSync(join(root, web))) {
  outcomes.push(...(await inParallel(1, [() => run('web build', ['vite', 'build', '--config', web])])));
}
const suite = await runSuite([], { WITHOUT: missing.map((tool) => tool.name).join(',') });

const notRun = [...missing.map((tool) => `${tool.for} (no ${tool.name} here)`), ...suite.notRun];
for (const name of notRun) console.log(`NOT RUN ${name}`);
for (const outcome of outcomes.filter((o) => !o.passed)) console.log(`FAIL ${outcome.name}`);

const passed = suite.passed + outcomes.filter((outcome) => outcome.passed).length;
const failed =
  suite.failed + outcomes.filter((outcome) => !outcome.passed).length + (strict && notRun.length > 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
