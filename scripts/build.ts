/**
 * `npm run build`: the web pages and the programs, into `dist/`. Programs keep their place (`dist/src/entry/node.js`),
 * so that paths relative to a file mean the same before and after; packages stay in node_modules.
 */
import { cpSync, existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { report, root, run } from './run.ts';

rmSync(join(root, 'dist'), { recursive: true, force: true });
const outcomes = [
  await run('prisma generate', ['node', 'scripts/generate-prisma.ts']),
  await run('web', ['vite', 'build', '--config', 'src/web/vite.config.ts']),
];
for (const outcome of outcomes) report(outcome);

await build({
  absWorkingDir: root,
  entryPoints: [...globSync('src/entry/{node,cli}.ts', { cwd: root }), 'jobs/main.ts'],
  outbase: '.',
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node26',
  sourcemap: true,
  logLevel: 'warning',
});
const migrations = join(root, 'prisma', 'migrations');
if (existsSync(migrations)) cpSync(migrations, join(root, 'dist', 'prisma', 'migrations'), { recursive: true });
process.exitCode = outcomes.every((outcome) => outcome.passed) ? 0 : 1;
