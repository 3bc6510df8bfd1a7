import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Line } from '#training/story/lines.ts';

const STORY = fileURLToPath(new URL('../../training/story.ts', import.meta.url));

export type End = { readonly ok: boolean; readonly invariants: Readonly<Record<string, boolean>> };
/** What one life of the story told. `code` is its exit status, null when it was killed; `wrong` its standard error. */
export type Told = {
  readonly lines: readonly Line[];
  readonly end: End | null;
  readonly code: number | null;
  readonly wrong: string;
};

/** The story as a process of its own, in folders of its own, to be killed and started again. */
export const storyProcesses = () => {
  const folders: string[] = [];
  const alive = new Set<ChildProcess>();
  return {
    newFolder: (): string => {
      const dir = mkdtempSync(join(tmpdir(), 'bindeled-story-'));
      chmodSync(dir, 0o755);
      folders.push(dir);
      return dir;
    },
    /** Tells it in the folder; killed as soon as it has printed `killAfter` lines. */
    tellIn: async (cwd: string, args: readonly string[], killAfter = Number.POSITIVE_INFINITY): Promise<Told> => {
      const child = spawn(process.execPath, [STORY, '--json', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
      alive.add(child);
      const closed = once(child, 'close');
      let [printed, wrong] = ['', ''];
      child.stderr.on('data', (part: Buffer) => {
        wrong += part.toString();
      });
      child.stdout.on('data', (part: Buffer) => {
        printed += part.toString();
        if (printed.split('\n').length > killAfter) child.kill('SIGKILL');
      });
      const [code] = await closed;
      alive.delete(child);
      // What was cut off in the middle of a line has not been told.
      const rows = printed
        .split('\n')
        .slice(0, -1)
        .map((row) => JSON.parse(row) as Line | End);
      const end = rows.find((row): row is End => 'ok' in row) ?? null;
      return { lines: rows.filter((row): row is Line => 'act' in row), end, code, wrong };
    },
    remove: async (): Promise<void> => {
      for (const child of alive) {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      for (const dir of folders) rmSync(dir, { recursive: true, force: true });
    },
  };
};
