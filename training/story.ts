/** `npm run story`: the main job in the terminal, by a moved clock. `-- --json` for programs, `-- --fresh` begins anew. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { mintScope } from '#domain/scope.ts';
import { StartError } from '#platform/start-error.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { currentWorld } from '#usecases/world.ts';
import { walkClock } from './clock.ts';
import { emptyEmbeddedPostgres } from './embedded-postgres.ts';
import { type Municipality, startMunicipality } from './municipality.ts';
import { personalTexts } from './story/forms.ts';
import { invariantsOf } from './story/invariants.ts';
import { type Line, linesOf } from './story/lines.ts';
import { mailText } from './story/mail-text.ts';
import { play } from './story/play.ts';
import { BEGINS_AT, PLOT } from './story/plot.ts';
import { type Progress, readProgress, writeProgress } from './story/progress.ts';
import { readRecord } from './story/record.ts';
import { tell, tellInvariant } from './story/tell.ts';

const DIR = resolve('.bindeled', 'story');
const THREADS = { father: 'Faren og hans søn', school: 'Skolens underretning', friday: 'Fredag aften' };

const options = () => {
  try {
    return parseArgs({ options: { fresh: { type: 'boolean' }, json: { type: 'boolean' } } }).values;
  } catch {
    process.stderr.write('Usage: npm run story [-- --json] [-- --fresh]\n');
    process.exit(2);
  }
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const scope = mintScope({ personId: null, unitIds: 'all' });

/** Tells the rest of the story, from wherever it stands. Answers whether everything held. */
const tellStory = async ({ deps, jobs, catcher }: Municipality, json: boolean): Promise<boolean> => {
  const { organisation } = await currentWorld({ deps, scope });
  let progress: Progress = readProgress(DIR);
  const note = (change: Partial<Progress>): void => {
    progress = { ...progress, ...change };
    writeProgress(DIR, progress);
  };
  const threadOf = ({ referral }: Line): string =>
    Object.entries(THREADS).find(([name]) => progress.known[name] === referral)?.[1] ?? referral;
  const linesNow = async () => linesOf(await readRecord(deps.db), catcher.list(), PLOT);
  const print = async (): Promise<void> => {
    const lines = await linesNow();
    for (const line of lines.slice(progress.printed)) {
      say(json ? JSON.stringify(line) : tell(line, threadOf(line), organisation));
    }
    if (lines.length > progress.printed) note({ printed: lines.length });
  };

  for (const step of PLOT) {
    if (progress.done.includes(step.id)) continue;
    await walkClock(deps.db, jobs, await deps.clock.now(), step.at, print);
    note({ known: await play(deps, step, progress.known), done: [...progress.done, step.id] });
    await jobs.settle();
    await print();
  }
  await jobs.settle();
  await print();

  const now = await deps.clock.now();
  const auditor = { kind: 'system', rule: 'story' } as const;
  const { intact } = await verifyJournal({ deps, actor: auditor, scope, now, key: null });
  const invariants = invariantsOf({
    record: await readRecord(deps.db),
    lines: await linesNow(),
    organisation,
    journalIntact: intact,
    mailed: catcher.list().map(({ messageId }) => messageId ?? ''),
    mailText: mailText(catcher),
    personal: personalTexts(),
  });
  const ok = Object.values(invariants).every(Boolean);
  if (json) say(JSON.stringify({ ok, invariants }));
  else for (const [name, holds] of Object.entries(invariants)) say(tellInvariant(name, holds));
  return ok;
};

const run = async (): Promise<number> => {
  const { fresh = false, json = false } = options();
  if (fresh) {
    await emptyEmbeddedPostgres({ dir: join(DIR, 'postgres') });
    rmSync(DIR, { recursive: true, force: true });
  }
  const municipality = await startMunicipality({
    dir: DIR,
    port: 0,
    pages: false,
    clockAt: BEGINS_AT,
    logTo: pino.destination({ dest: join(DIR, 'training.log'), mkdir: true, sync: true }),
  });
  try {
    return (await tellStory(municipality, json)) ? 0 : 1;
  } finally {
    await municipality.stop();
  }
};

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(1);
  },
);
