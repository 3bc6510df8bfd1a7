/**
 * Puts the optional packages of other platforms back into the lock file, after an `npm install` from a registry that
 * lacks them. Their platform is in their name; nothing is downloaded. Running it again changes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lacking, type Lock, type LockEntry, lacking } from './checks/lock.ts';
import { root } from './run.ts';

const systems: Readonly<Record<string, string>> = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
};
const processors: Readonly<Record<string, string>> = {
  arm64: 'arm64',
  x64: 'x64',
  64: 'x64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

/** Throws on a name that does not say its platform. */
export const entryFor = ({ by, name, version }: Lacking): LockEntry => {
  const words = (name.split('/').at(-1) ?? name).split('-');
  const os = words.flatMap((word) => systems[word] ?? []).at(-1);
  const cpu = words.flatMap((word) => processors[word] ?? []).at(-1);
  if (!os || !cpu) throw new Error(`${name} does not say which platform it is for; add it to the lock file by hand.`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    version,
    cpu: [cpu],
    ...(by.dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    os: [os],
  };
};

export const complete = (lock: Lock): Lock => {
  const added = lacking(lock).map((item) => [`node_modules/${item.name}`, entryFor(item)] as const);
  const packages = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(packages) };
};

if (import.meta.main) {
  const file = join(root, 'package-lock.json');
  const before = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = lacking(before).length;
  if (missing > 0) writeFileSync(file, `${JSON.stringify(complete(before), null, 2)}\n`);
  console.log(missing > 0 ? `Added ${missing} packages of other platforms.` : 'Nothing is missing.');
}
