/**
 * `npm run check`: everything that can be said about the code without running it. With names, only those:
 * `npm run check -- size clock`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clock } from './checks/clock.ts';
import { inlineTypes } from './checks/inline-types.ts';
import { licences } from './checks/licences.ts';
import { lock } from './checks/lock.ts';
import { mint } from './checks/mint.ts';
import { size, sizeSummary } from './checks/size.ts';
import { type Check, repositoryTree } from './checks/tree.ts';
import { words } from './checks/words.ts';
import { inParallel, type Outcome, root, run } from './run.ts';

const folders = ['src', 'jobs', 'training', 'test', 'bench', 'scripts'].filter((name) => existsSync(join(root, name)));

const own = (name: string, check: Check) => async (): Promise<Outcome> => {
  const began = performance.now();
  const tree = repositoryTree(root);
  const findings = check(tree);
  return {
    name: check === size ? `${name}: ${sizeSummary(tree)}` : name,
    passed: findings.length === 0,
    seconds: (performance.now() - began) / 1000,
    output: findings.join('\n'),
  };
};

const checks: Readonly<Record<string, () => Promise<Outcome>>> = {
  types: () => run('types', ['tsc', '-p', '.']),
  lint: () => run('lint', ['biome', 'ci', '--colors=off', '--error-on-warnings', '.']),
  imports: () => run('imports', ['depcruise', '--config', '.dependency-cruiser.mjs', ...folders]),
  unused: () => run('unused', ['knip', '--no-progress']),
  size: own('size', size),
  clock: own('clock', clock),
  mint: own('mint', mint),
  'inline types': own('inline types', inlineTypes),
  words: own('words', words),
  lock: own('lock', lock),
  licences: own('licences', licences),
};

/** Runs the named checks, or all, and prints one line for each. Throws on a name that is no check. */
export const check = (names: readonly string[] = Object.keys(checks)): Promise<readonly Outcome[]> =>
  inParallel(
    2,
    names.map((name) => {
      const found = checks[name];
      if (!found) throw new Error(`There is no check ${name}; there are ${Object.keys(checks).join(', ')}.`);
      return found;
    }),
  );

if (import.meta.main) {
  const asked = process.argv.slice(2);
  const outcomes = await check(asked.length > 0 ? asked : undefined);
  process.exitCode = outcomes.every((outcome) => outcome.passed) ? 0 : 1;
}
