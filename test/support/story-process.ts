import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '#training/embedded-postgres.ts';
import type { Line } from '#training/story/lines.ts';
import { readProgress } from '#training/story/progress.ts';
import { stateOf } from './same-state.ts';

const STORY = fileURLToPath(new URL('../../training/story.ts', import.meta.url));
const DIE_IN_GAP = fileURLToPath(new URL('./die-in-gap.ts', import.meta.url));

export type End = { readonly ok: boolean; readonly invariants: Readonly<Record<string, boolean>> };
/** What one life of the story told. `code` is its exit status, null when it was killed; `wrong` its standard error. */
export type Told = {
  readonly lines: readonly Line[];
  readonly end: End | null;
  readonly code: number | null;
  readonly wrong: string;
};

const placeIn = (cwd: string): string => join(cwd, '.bindeled', 'story');

/** When SIGKILL takes it: after the story's `line`-th line, some real milliseconds later, before the line that follows. */
export type Death = { readonly line: number; readonly afterMs: number };

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
    /** Tells it in the folder, from wherever it stands there, to its end or its death. */
    tellIn: async (cwd: string, args: readonly string[], death?: Death): Promise<Told> => {
      // What it printed and had not noted is printed again.
      const ahead = (death?.line ?? 0) - readProgress(placeIn(cwd)).printed;
      const dying = death ? ['--import', DIE_IN_GAP] : [];
      const env = { ...process.env, DIE_AFTER_LINES: String(ahead), DIE_AFTER_MS: String(death?.afterMs ?? 0) };
      const child = spawn(process.execPath, [...dying, STORY, '--json', ...args], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      alive.add(child);
      const closed = once(child, 'close');
      let [printed, wrong] = ['', ''];
      child.stderr.on('data', (part: Buffer) => {
        wrong += part.toString();
      });
      child.stdout.on('data', (part: Buffer) => {
        printed += part.toString();
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
    /** What stands in its database once no process tells it there. */
    stateIn: async (cwd: string) => {
      const postgres = await startEmbeddedPostgres({ dir: join(placeIn(cwd), 'postgres') });
      try {
        return await stateOf(postgres.url);
      } finally {
        await postgres.stop();
      }
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
