import type { Lock } from './lock.ts';
import type { Check } from './tree.ts';

const FILE = 'package-lock.json';

/** May be part of what is handed on under the MPL-2.0, or stands beside it as a program or library of its own. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'EPL-2.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
]);

/** Packages whose file names none; what their own licence text says was read. */
const READ: Readonly<Record<string, string>> = { 'png-js@2.0.0': 'MIT', 'seq-queue@0.0.5': 'MIT' };

/** `(MIT OR X)` is ours to choose from, of `MIT AND X` both count. */
const isAllowed = (expression: string): boolean => {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/ OR /i.test(bare)) return bare.split(/ OR /i).some(isAllowed);
  return bare.split(/ and /i).every((one) => ALLOWED.has(one.trim()));
};

const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path;
const scopeOf = (path: string): string => nameOf(path).split('/')[0] ?? '';

/** Every package of the lock file has a licence that ours goes together with; a new kind is looked at by somebody. */
export const licences: Check = (tree) => {
  if (!tree.files.includes(FILE)) return [];
  const packages = Object.entries((JSON.parse(tree.text(FILE)) as Lock).packages).filter(([path]) => path !== '');
  const named = new Map(
    packages.flatMap(([path, { license }]) => (license ? [[scopeOf(path), license] as const] : [])),
  );
  return packages.flatMap(([path, entry]) => {
    const name = nameOf(path);
    // Builds for other platforms come from the scope of the one for this, which is installed and says it.
    const built = entry.optional && name.startsWith('@') ? named.get(scopeOf(path)) : undefined;
    const licence = entry.license ?? READ[`${name}@${entry.version}`] ?? built;
    if (licence === undefined) return [`${FILE}: ${name}@${entry.version} names no licence; read it and say so here`];
    return isAllowed(licence) ? [] : [`${FILE}: ${name}@${entry.version} is under ${licence}`];
  });
};
