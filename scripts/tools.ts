import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that come from the machine, not from npm. `package` is Debian's name. */
export const TOOLS = [
  { name: 'chromium', programs: ['chromium', 'chromium-browser'], package: 'chromium', for: 'the browser tests' },
  { name: 'redis-server', programs: ['redis-server'], package: 'redis-server', for: 'the queue tests on Redis' },
  { name: 'clamd', programs: ['clamd'], package: 'clamav-daemon', for: 'the tests with a real scanner' },
] as const;
export type Tool = (typeof TOOLS)[number];

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const missing = (): readonly Tool[] => TOOLS.filter((tool) => !tool.programs.some(onPath));

/**
 * Answers what is still missing after installing what may be installed: as root on Debian, nothing elsewhere.
 * Repeating it changes nothing.
 */
export const ensureTools = (): readonly Tool[] => {
  const wanted = missing();
  if (wanted.length === 0 || process.getuid?.() !== 0 || !onPath('apt-get')) return wanted;
  console.log(`Installing ${wanted.map((tool) => tool.package).join(' and ')} from Debian's packages.`);
  // Run level 1 keeps Debian from starting services of the machine: the tests start and stop their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args: string[]) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...wanted.map((tool) => tool.package));
  return missing();
};
