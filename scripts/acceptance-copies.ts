/**
 * The worked cases stand in test/acceptance as copies. Where the originals lie beside the clone, both must be the
 * same byte for byte, and none may be missing: `node scripts/acceptance-copies.ts ../shared/acceptance`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.ts';

/** One line for each difference. Throws when the folder of the originals cannot be read. */
export const differences = (originals: string, copies: string): readonly string[] => {
  const names = readdirSync(originals).sort();
  const foreign = (existsSync(copies) ? readdirSync(copies) : []).filter((name) => !names.includes(name));
  return [
    ...names.flatMap((name) => {
      const copy = join(copies, name);
      if (!existsSync(copy)) return [`${name} is missing`];
      return readFileSync(copy).equals(readFileSync(join(originals, name))) ? [] : [`${name} differs`];
    }),
    ...foreign.map((name) => `${name} is no copy of anything`),
  ];
};

if (import.meta.main) {
  const originals = process.argv[2];
  if (!originals) {
    console.error('Say where the originals are: node scripts/acceptance-copies.ts FOLDER');
    process.exitCode = 2;
  } else {
    const found = differences(originals, join(root, 'test', 'acceptance'));
    for (const line of found) console.error(`test/acceptance: ${line}`);
    if (found.length === 0) console.log('The acceptance cases equal their originals.');
    process.exitCode = found.length === 0 ? 0 : 1;
  }
}
