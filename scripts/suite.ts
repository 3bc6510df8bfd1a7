import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outcome, run } from './run.ts';

export type SuiteTest = { readonly name: string; readonly status: string; readonly milliseconds: number };

export type Suite = {
  readonly outcome: Outcome;
  readonly passed: number;
  /** Failed tests, files that did not load, and a failure outside any test. Zero exactly when Vitest was content. */
  readonly failed: number;
  readonly notRun: readonly string[];
  readonly tests: readonly SuiteTest[];
};

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
};

/** Runs Vitest, shows what it says as it says it (unless `live` is false), and counts from its own report. */
export const runSuite = async (
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  live = true,
): Promise<Suite> => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-suite-'));
  const file = join(folder, 'report.json');
  try {
    const outcome = await run(
      'tests',
      ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
      { live, env: { ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env } },
    );
    return count(outcome, read(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const read = (file: string): Report => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { testResults: [] };
  }
};

export const count = (outcome: Outcome, report: Report): Suite => {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      name: test.fullName,
      status: test.status,
      milliseconds: test.duration ?? 0,
    })),
  );
  const having = (status: string) => tests.filter((test) => test.status === status);
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = having('failed').length + unloaded;
  return {
    outcome,
    tests,
    passed: having('passed').length,
    // Vitest also fails on an error that nobody awaited, or without a single test.
    failed: failed === 0 && !outcome.passed ? 1 : failed,
    notRun: tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.name),
  };
};
