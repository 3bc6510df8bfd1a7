import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#platform/migrate.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, REFUSED, Refusal, SUCCESS } from './edge.ts';
import { databaseUrlOf } from './settings.ts';

/** `bindeled migrate`: applies what the database lacks. */
export const migrateCommand: Command = async (args, edge) => {
  const { values } = readArgs(args, { json: { type: 'boolean' } });
  const { applied } = await migrate(databaseUrlOf(edge));
  if (values.json) sayJson(edge, { applied });
  else edge.say(applied.length === 0 ? 'The database lacks no migration.' : `Applied: ${applied.join(', ')}`);
  return SUCCESS;
};

/** `bindeled serve`: the HTTP half, until it is ended. */
export const serveCommand: Command = async (args, edge) => {
  readArgs(args, {});
  const { serve } = await import('../node.ts');
  await serve(edge.env);
  return SUCCESS;
};

const jobsMain = (root: string): string => {
  const found = ['main.ts', 'main.js'].map((name) => join(root, 'jobs', name)).find((file) => existsSync(file));
  if (found === undefined) throw new Refusal('The jobs are missing from this installation');
  return found;
};

/**
 * `bindeled jobs`: the jobs as a process of their own, ended with this one. A terminal's Ctrl-C reaches both by itself;
 * a signal to this process alone is passed on.
 */
export const jobsCommand: Command = async (args, edge) => {
  readArgs(args, {});
  const child = spawn(process.execPath, [jobsMain(edge.root)], { stdio: 'inherit', env: edge.env });
  const byTerminal = process.stdin.isTTY === true;
  const pass = (signal: NodeJS.Signals) => (): void => void child.kill(signal);
  process.on('SIGINT', byTerminal ? () => undefined : pass('SIGINT'));
  process.on('SIGTERM', pass('SIGTERM'));
  process.on('SIGHUP', pass('SIGHUP'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? REFUSED));
  });
};
