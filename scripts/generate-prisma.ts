/**
 * `prisma generate` without a network: its command line insists on a schema engine that it would download, though
 * generating does not use one, so it is given a file that exists.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageFile = createRequire(import.meta.url).resolve('prisma/package.json');
const root = join(import.meta.dirname, '..');
const cli = join(dirname(packageFile), 'build', 'index.js');

const result = spawnSync(process.execPath, [cli, 'generate', '--schema', 'prisma/models', '--no-hints'], {
  cwd: root,
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: packageFile,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
});
if (result.status !== 0) {
  process.stderr.write(`${result.stdout}${result.stderr}`);
  process.exitCode = 1;
}
