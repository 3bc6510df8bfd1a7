/** `npm start`: training mode. `-- --fresh` empties it first, `-- --with-examples` sends the training notifications. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { portSetting } from '#platform/env.ts';
import { StartError } from '#platform/start-error.ts';
import { emptyEmbeddedPostgres } from './embedded-postgres.ts';
import { loadExamples } from './examples.ts';
import { startMunicipality } from './municipality.ts';
import { demandPort } from './ports.ts';
import { demandFolder } from './settings.ts';

const DIR = resolve('.bindeled');

const options = () => {
  try {
    return parseArgs({ options: { fresh: { type: 'boolean' }, 'with-examples': { type: 'boolean' } } }).values;
  } catch {
    process.stderr.write('Usage: npm start [-- --fresh] [-- --with-examples]\n');
    process.exit(2);
  }
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const PEOPLE = [
  ['school-social-worker-skole-norrebro', 'writes a notification'],
  ['intake-bbu-norrebro', 'receives it'],
  ['duty-officer-dognvagten', 'acts when the others are closed'],
] as const;

const run = async (): Promise<void> => {
  const { fresh, 'with-examples': withExamples } = options();
  const port = portSetting(process.env);
  await demandPort(port, 'Bindeled');
  if (fresh) {
    await emptyEmbeddedPostgres({ dir: join(DIR, 'postgres') });
    rmSync(DIR, { recursive: true, force: true });
  }
  demandFolder(DIR);
  const municipality = await startMunicipality({
    dir: DIR,
    port,
    pages: true,
    logTo: pino.destination({ dest: join(DIR, 'training.log'), mkdir: true, sync: true }),
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    say('\nStopping …');
    municipality.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (withExamples) say(`${await loadExamples(municipality.deps)} training notifications sent.`);
  say(`\nBindeled is ready: ${municipality.url}\nTraining mode; log in as whom you like, for example`);
  for (const [id, does] of PEOPLE) say(`  ${id.padEnd(38)} ${does}`);
  say(`Mailbox: ${municipality.url}/oevelse/postkasse   Clock: ${municipality.url}/oevelse/ur\nCtrl-C ends it.`);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : String(error)}\n`);
  process.exit(1);
});
