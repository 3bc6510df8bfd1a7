import type { Check } from './tree.ts';

/** `[…]` around a letter keeps this file from finding itself. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~/-])\/([w]ork|[r]oot|[f]arm)(?![\w-])/, 'a path of one machine'],
  [/\bregistry[.]\w[\w-]*[.][a-z]{2,}\b/, 'the address of a package registry'],
  [/\b([T]ODO|[F]IXME|[X]XX)\b/, 'work left over: do it or open an issue'],
  [/[.](skip|only|skipIf|todo)\(/, 'a test that does not run, or keeps others from running'],
  [/\bas any\b/, 'a type thrown away'],
  [/@ts-([i]gnore|[n]ocheck)\b/, 'a silenced compiler'],
  [/\bbiome-[i]gnore\b/, 'a silenced linter'],
];

/** The texts of others: the licence, what npm writes, and data that is copied byte for byte. */
const foreign = /^(LICENSE|package-lock[.]json|test\/acceptance\/.*|training\/organisation[.]json)$/;

/** Words that have no place in the repository. */
export const words: Check = (tree) =>
  tree.files.flatMap((path) => {
    if (foreign.test(path)) return [];
    const text = tree.text(path);
    if (text.includes('\0')) return [];
    return text.split('\n').flatMap((line, index) =>
      patterns.flatMap(([pattern, why]) => {
        const found = pattern.exec(line);
        return found ? [`${path}:${index + 1}: ${why}: ${found[0].trim()}`] : [];
      }),
    );
  });
