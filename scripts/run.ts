import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export type Outcome = {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
};

/** The repository's own tools come before those of the machine, whose Node may be too old for them. */
export const environment = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
  ...extra,
});

/** Runs a command in the repository. Its output is collected, or shown as it comes with `live`. Never throws. */
export const run = (
  name: string,
  command: readonly [string, ...string[]],
  options: { readonly live?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> => {
  const began = performance.now();
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      // What is collected is shown as text later; some tools colour whatever CI sees.
      env: environment({ ...(options.live ? {} : { NO_COLOR: '1' }), ...options.env }),
      stdio: ['ignore', options.live ? 'inherit' : 'pipe', options.live ? 'inherit' : 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const end = (passed: boolean, last = '') =>
      resolve({
        name,
        passed,
        seconds: (performance.now() - began) / 1000,
        output: Buffer.concat(chunks).toString('utf8') + last,
      });
    child.on('error', (error) => end(false, `${program}: ${error.message}\n`));
    child.on('close', (code) => end(code === 0));
  });
};

/** One line for each outcome, and what a failed one said. */
export const report = (outcome: Outcome): void => {
  console.log(`${outcome.passed ? 'ok  ' : 'FAIL'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`);
  if (!outcome.passed && outcome.output.trim() !== '') console.log(outcome.output.trimEnd());
};

/** Starts at most `width` at a time: more only fight for the same two cores. */
export const inParallel = async (
  width: number,
  tasks: readonly (() => Promise<Outcome>)[],
): Promise<readonly Outcome[]> => {
  const waiting = [...tasks];
  const done: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const outcome = await task();
      report(outcome);
      done.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return done;
};
