import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
export const PAGES = join(ROOT, 'dist', 'web');
const STAMP = join(PAGES, '.stamp');

/** What the pages are built from; another sum means build again. */
const sourceSum = (): string => {
  const files = globSync(['src/web/**/*', 'src/domain/**/*.ts', 'package-lock.json'], {
    cwd: ROOT,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const sum = createHash('sha256');
  for (const file of files) sum.update(file.slice(ROOT.length)).update(readFileSync(file));
  return sum.digest('hex');
};

/** Builds the pages unless they are there already. */
export const buildPages = async (): Promise<void> => {
  const sum = sourceSum();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sum) return;
  await build({
    configFile: join(ROOT, 'src', 'web', 'vite.config.ts'),
    root: join(ROOT, 'src', 'web'),
    logLevel: 'warn',
  });
  writeFileSync(STAMP, sum);
};
