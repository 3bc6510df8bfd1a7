import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Known } from './step.ts';

/**
 * What a story that is ended has behind it. Kept beside the database because idempotency keys live shorter than the
 * story: a step that was done and not yet noted is answered by its key, because the clock has not moved since.
 */
export type Progress = {
  readonly done: readonly string[];
  readonly known: Known;
  /** How many lines have been printed. */
  readonly printed: number;
};

const BEGINNING: Progress = { done: [], known: {}, printed: 0 };

const fileIn = (dir: string): string => join(dir, 'progress.json');

export const readProgress = (dir: string): Progress =>
  existsSync(fileIn(dir)) ? (JSON.parse(readFileSync(fileIn(dir), 'utf8')) as Progress) : BEGINNING;

/** The old one or the new one stands there whole, whenever the process is killed. */
export const writeProgress = (dir: string, progress: Progress): void => {
  const part = `${fileIn(dir)}.part`;
  writeFileSync(part, JSON.stringify(progress));
  renameSync(part, fileIn(dir));
};
