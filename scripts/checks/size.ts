import type { Check, Tree } from './tree.ts';

const LIMIT = 300;
const counted = /^(src|jobs|training|scripts)\/.*[.](ts|tsx|css)$/;

const lines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** A file over 300 lines is two files. */
export const size: Check = (tree) =>
  sizes(tree)
    .filter((file) => file.lines > LIMIT)
    .map((file) => `${file.path}: ${file.lines} lines, ${LIMIT} are allowed`);

/** The house aims for a median of 70 lines and 90 % under 180; this is where it stands. */
export const sizeSummary = (tree: Tree): string => {
  const sorted = sizes(tree)
    .map((file) => file.lines)
    .sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `${sorted.length} files, median ${at(0.5)} lines, 90th percentile ${at(0.9)}`;
};

const sizes = (tree: Tree): readonly { path: string; lines: number }[] =>
  tree.files.filter((path) => counted.test(path)).map((path) => ({ path, lines: lines(tree.text(path)) }));
