import { appendFileSync, closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportRecords, type Writing } from '#usecases/export-records.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, Refusal, SUCCESS, UsageError } from './edge.ts';

const OPTIONS = { json: { type: 'boolean' }, 'closed-before': { type: 'string' }, out: { type: 'string' } } as const;

/** Nobody but whoever runs it may read what comes out. */
const OWNERS_FILE = 0o600;
const OWNERS_FOLDER = 0o700;

/** A folder with nothing in it. Throws Refusal. */
const emptyFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNERS_FOLDER });
    if (readdirSync(folder).length > 0) throw new Refusal(`${folder} is not empty`);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${folder} cannot be made`);
  }
};

const into = (folder: string): Writing & { readonly end: () => void; readonly finish: () => void } => {
  // By its name it is whole only once it is: a process may be killed.
  const [part, whole] = [join(folder, 'records.part'), join(folder, 'records.ndjson')];
  const records = openSync(part, 'wx', OWNERS_FILE);
  mkdirSync(join(folder, 'files'), { mode: OWNERS_FOLDER });
  return {
    line: (value) => appendFileSync(records, `${JSON.stringify(value)}\n`),
    file: async (name, content) => {
      await writeFile(join(folder, 'files', name), content, { flag: 'wx', mode: OWNERS_FILE });
    },
    end: () => closeSync(records),
    finish: () => renameSync(part, whole),
  };
};

/**
 * `bindeled export-records`: everything on record of cases that were over by a day, for the archives. Prints what a
 * destruction of just these is proposed with.
 */
export const exportRecordsCommand: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  const { out: folder, 'closed-before': closedBefore = '' } = values;
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(closedBefore)) {
    throw new UsageError('--closed-before is no day such as 2020-01-31');
  }
  if (folder === undefined) throw new UsageError('--out FOLDER is missing');
  emptyFolder(folder);
  const writing = into(folder);
  try {
    const exported = await edge.withCtx((ctx) => exportRecords(ctx, closedBefore, writing));
    writing.finish();
    if (values.json) sayJson(edge, exported);
    else {
      edge.say(
        `${exported.cases} cases and ${exported.files} files are in ${folder}. Keep them as you keep the database.`,
      );
      edge.say(`They are covered by ${exported.covers}`);
    }
    return SUCCESS;
  } catch (error) {
    // Half an export looks like a whole one.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    writing.end();
  }
};
