import type { Check } from './tree.ts';

export type LockEntry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  resolved?: string;
  license?: string;
  optionalDependencies?: Record<string, string>;
};
export type Lock = { packages: Record<string, LockEntry> };
export type Lacking = { readonly by: LockEntry; readonly name: string; readonly version: string };

const FILE = 'package-lock.json';

/** Optional packages of other platforms that the lock file does not list. */
export const lacking = (lock: Lock): readonly Lacking[] =>
  Object.entries(lock.packages).flatMap(([path, by]) =>
    Object.entries(by.optionalDependencies ?? {})
      .filter(([name]) => !places(path, name).some((place) => place in lock.packages))
      .map(([name, version]) => ({ by, name, version })),
  );

/** Where Node would look for a package, from inside another: `node_modules` of every folder above. */
const places = (path: string, name: string): readonly string[] => {
  const parts = path === '' ? [''] : ['', ...path.split(/(?<!^)\/(?=node_modules\/)/)];
  return parts.map((_, index) => [...parts.slice(1, index + 1), `node_modules/${name}`].join('/'));
};

/**
 * `npm ci` refuses a lock file without the optional packages of other platforms, and `npm install` drops them where the
 * registry in use does not have them. Download addresses would tie everybody to one registry.
 */
export const lock: Check = (tree) => {
  if (!tree.files.includes(FILE)) return [];
  const read = JSON.parse(tree.text(FILE)) as Lock;
  const addresses = Object.entries(read.packages).filter(([, entry]) => entry.resolved?.startsWith('http'));
  return [
    ...addresses.map(([path]) => `${FILE}: ${path} has a download address`),
    ...lacking(read).map(({ name }) => `${FILE}: ${name} is missing; run node scripts/complete-lock.ts`),
  ];
};
