import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a check looks at: paths from the root of the repository, with `/`. In memory in the checks' own tests. */
export type Tree = { readonly files: readonly string[]; readonly text: (path: string) => string };

/** Answers what is wrong, one line each, and nothing when all is well. */
export type Check = (tree: Tree) => readonly string[];

/** Every file that git tracks or would track: what is ignored (node_modules, generated code, data) is not looked at. */
export const repositoryTree = (root: string): Tree => {
  // The clone may belong to another user than the one who tests it; listing its files is harmless.
  const listed = spawnSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (listed.status !== 0) throw new Error(`git could not list the files: ${listed.stderr ?? listed.error?.message}`);
  const files = [...new Set(listed.stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
  return { files: files.sort(), text: (path) => readFileSync(join(root, path), 'utf8') };
};

export const memoryTree = (files: Readonly<Record<string, string>>): Tree => ({
  files: Object.keys(files).sort(),
  text: (path) => files[path] ?? '',
});

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
