import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Organisation } from '#domain/organisation.ts';
import { parseOrganisation } from '#domain/organisation-file.ts';
import { instantIn } from './args.ts';
import { Refusal } from './edge.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** A file's text. Throws Refusal when it cannot be read or is not UTF-8. */
export const readText = (file: string): string => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new Refusal(code === 'ENOENT' ? `There is no file ${file}` : `${file} cannot be read (${code})`);
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Refusal(`${file} is not text in UTF-8`);
  }
};

/** JSON of any shape. Throws Refusal with the line at fault, never with its text. */
export const parseJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const line = error instanceof Error ? /\(line (\d+) /.exec(error.message)?.[1] : undefined;
    throw new Refusal(`${file} is not JSON${line === undefined ? '' : `: see line ${line}`}`);
  }
};

export const readJson = (file: string): unknown => parseJson(file, readText(file));

/** `value` in the given shape. Throws Refusal with the first field at fault, never with what stands there. */
export const shaped = <S extends z.ZodType>(file: string, shape: S, value: unknown): z.output<S> => {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')} ` : '';
  const what = issue?.code === 'custom' ? issue.message : 'has not the form that is asked for';
  throw new Refusal(`${basename(file)}: ${where}${what}`);
};

export const INSTANT = z.string().refine((text) => instantIn(text) !== null, 'is no instant with an offset');

const trainingOrganisation = (folder: string): string => {
  const file = join(folder, 'training', 'organisation.json');
  if (existsSync(file)) return file;
  if (dirname(folder) !== folder) return trainingOrganisation(dirname(folder));
  throw new Refusal('This installation has no training organisation; name one with --organisation FILE');
};

/** The organisation of a file, else the training organisation. Throws Refusal with the first line and field at fault. */
export const readOrganisation = (file: string | undefined, root: string): Organisation => {
  const path = file ?? trainingOrganisation(root);
  const parsed = parseOrganisation(readText(path));
  if ('organisation' in parsed) return parsed.organisation;
  const [first] = parsed.errors;
  const where = [`line ${first?.line ?? 1}`, first?.field].filter(Boolean).join(', ');
  throw new Refusal(`${basename(path)}: ${where}: ${first?.message ?? 'is no organisation'}`);
};
