import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOLDER = fileURLToPath(new URL('./hold-municipality.ts', import.meta.url));

export type TrainingProcess = {
  readonly dir: string;
  /** Starts it in the same folder as before and answers its address. */
  readonly start: () => Promise<string>;
  /** The address of the process that runs, or of the next one that will. */
  readonly url: () => Promise<string>;
  /** SIGKILL; answers when it has gone. */
  readonly kill: () => Promise<void>;
  readonly settings: () => { readonly databaseUrl: string; readonly encryptionKeys: string };
  /** Stops it in good order, so that nothing writes there any more, and removes the folder. */
  readonly remove: () => Promise<void>;
};

/** Training mode as a process of its own in a folder of its own, to be killed and started again. */
export const trainingProcess = (): TrainingProcess => {
  const dir = mkdtempSync(join(tmpdir(), 'bindeled-process-'));
  chmodSync(dir, 0o755);
  const place = join(dir, 'bindeled');
  let child: ChildProcess | null = null;
  let output = '';
  let running = Promise.withResolvers<string>();

  const begin = async (): Promise<string> => {
    const started = spawn(process.execPath, [HOLDER, place], { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    started.stderr.on('data', (part: Buffer) => {
      output += part.toString('latin1');
    });
    const lines = createInterface({ input: started.stdout });
    const ended = once(started, 'exit').then(() => {
      throw new Error(`training mode ended before it was up: ${output}`);
    });
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    ended.catch(() => undefined);
    return String(line);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    running = Promise.withResolvers<string>();
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    dir: place,
    start: async () => {
      const url = await begin();
      running.resolve(url);
      return url;
    },
    url: () => running.promise,
    kill: () => end('SIGKILL'),
    settings: () => JSON.parse(readFileSync(join(place, 'settings.json'), 'utf8')),
    remove: async () => {
      await end('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
