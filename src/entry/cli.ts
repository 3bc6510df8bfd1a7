/**
 * `bindeled`: the command line. Exit status 0 for success, 1 for a refusal, 2 for wrong usage; errors are one sentence
 * on standard error.
 */
import { join } from 'node:path';
import { env } from 'node:process';
import { mintScope } from '#domain/scope.ts';
import { type Command, type Edge, SUCCESS, sentenceOf, statusOf, UsageError } from './cli/edge.ts';

type Entry = { readonly usage: string; readonly does: string; readonly load: () => Promise<Command> };

const COMMANDS: Readonly<Record<string, Entry>> = {
  deadlines: {
    usage: '--received INSTANT [--decided INSTANT] [--measure-started INSTANT] | --cases FILE',
    does: 'when everything is due, counted day by day',
    load: async () => (await import('./cli/deadlines.ts')).deadlines,
  },
  ladder: {
    usage: '--raised INSTANT [--acute] | --cases FILE',
    does: 'the steps of a dispute as they run if nobody acts',
    load: async () => (await import('./cli/ladder.ts')).ladder,
  },
  route: {
    usage: '--notification FILE --at INSTANT [--known FILE] | --cases FILE',
    does: 'whose a notification is and who acts now',
    load: async () => (await import('./cli/route.ts')).route,
  },
  'import-cases': {
    usage: 'FILE',
    does: 'takes in what the case system knows of children',
    load: async () => (await import('./cli/imports.ts')).importCasesCommand,
  },
  'import-organisation': {
    usage: 'FILE',
    does: 'replaces units, people and rules of the municipality',
    load: async () => (await import('./cli/imports.ts')).importOrganisationCommand,
  },
  'verify-journal': {
    usage: '[--anchors FILE]',
    does: 'checks every case event and every read on record',
    load: async () => (await import('./cli/verify-journal.ts')).verifyJournalCommand,
  },
  'export-records': {
    usage: '--closed-before DAY --out FOLDER',
    does: 'writes what the archives get before records are destroyed',
    load: async () => (await import('./cli/export-records.ts')).exportRecordsCommand,
  },
  keys: {
    usage: '',
    does: 'says how many records each master key opens, and which key may be removed',
    load: async () => (await import('./cli/keys.ts')).keysCommand,
  },
  migrate: {
    usage: '',
    does: 'applies the migrations that the database lacks',
    load: async () => (await import('./cli/processes.ts')).migrateCommand,
  },
  serve: {
    usage: '',
    does: 'serves API and pages',
    load: async () => (await import('./cli/processes.ts')).serveCommand,
  },
  jobs: {
    usage: '',
    does: 'sends mail and acts on clocks',
    load: async () => (await import('./cli/processes.ts')).jobsCommand,
  },
  doctor: {
    usage: '',
    does: 'checks the installation and says what to do',
    load: async () => (await import('./cli/doctor.ts')).doctor,
  },
};

const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`);

const edge: Edge = {
  env,
  root: join(import.meta.dirname, '..', '..'),
  say: line(process.stdout),
  note: line(process.stderr),
  withCtx: async (work) => {
    const { withDatabase } = await import('./cli/database.ts');
    const scope = mintScope({ personId: null, unitIds: 'all' });
    const actor = { kind: 'system', rule: 'command line' } as const;
    return withDatabase(edge, (deps, now) => work({ deps, actor, scope, now, key: null }));
  },
};

const help = (names: readonly string[]): number => {
  const rows = names.map((name) => [`bindeled ${name} ${COMMANDS[name]?.usage ?? ''}`.trim(), COMMANDS[name]?.does]);
  edge.say(rows.map(([usage, does]) => `${usage}\n    ${does}`).join('\n'));
  edge.say('INSTANT is ISO 8601 with an offset; --json prints JSON; --organisation FILE replaces the training one.');
  return SUCCESS;
};

const run = async ([name, ...args]: readonly string[]): Promise<number | null> => {
  if (name === '--help' || name === 'help') return help(Object.keys(COMMANDS));
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (name === undefined || !command) {
    const wrong = name === undefined ? 'No command is named' : 'There is no such command';
    throw new UsageError(`${wrong}; there are ${Object.keys(COMMANDS).join(', ')}`);
  }
  if (args.includes('--help')) return help([name]);
  return (await command.load())(args, edge);
};

/** At once: libraries leave timers behind (the schema engine waits ten seconds for a lock that it has). */
const end = (status: number): void => {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
};

// Whoever reads has read enough (`| head`): nothing is left to say.
process.stdout.on('error', () => process.exit());
try {
  const status = await run(process.argv.slice(2));
  if (status !== null) end(status);
} catch (error) {
  edge.note(sentenceOf(error));
  end(statusOf(error));
}
