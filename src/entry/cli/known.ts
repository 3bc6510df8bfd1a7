import { basename } from 'node:path';
import { z } from 'zod';
import { parseCaseList } from '#domain/case-list-file.ts';
import { parseCpr } from '#domain/cpr.ts';
import type { Organisation } from '#domain/organisation.ts';
import type { RoutingInput } from '#domain/routing.ts';
import type { Instant } from '#domain/time.ts';
import { Refusal } from './edge.ts';
import { parseJson, readText, shaped } from './files.ts';

const text = z.string().nullable().exactOptional();
const FACTS = z.object({
  cpr: z.string().exactOptional(),
  unit: text,
  caseworker: text,
  disability: z.boolean().exactOptional(),
});

/** As in the training notifications: facts about children by their CPR; without one they hold for every child. */
export const KNOWN_LIST = z.array(FACTS);
export type KnownFacts = z.output<typeof KNOWN_LIST>;

/** `--known FILE`: JSON, one object or a list, or the CSV of `import-cases`. Throws Refusal. */
export const readKnown = (file: string, organisation: Organisation, now: Instant): KnownFacts => {
  const content = readText(file);
  if (/^\s*[[{]/.test(content)) {
    const value = parseJson(file, content);
    return shaped(file, KNOWN_LIST, Array.isArray(value) ? value : [value]);
  }
  const parsed = parseCaseList(content, { training: true, organisation, now });
  if ('rows' in parsed) {
    return parsed.rows.map(({ cpr, unit, caseworker, disability }) => ({ cpr, unit, caseworker, disability }));
  }
  const [first] = parsed.errors;
  const where = [`line ${first?.line ?? 1}`, first?.field].filter(Boolean).join(', ');
  throw new Refusal(`${basename(file)}: ${where}: ${first?.message ?? 'is no list of known children'}`);
};

const digitsOf = (cpr: string): string => {
  const parsed = parseCpr(cpr, { training: true });
  return 'error' in parsed ? cpr : parsed.digits;
};

/** What is known of the child with this CPR, or of any child. */
export const knownOf = (cpr: string | undefined, facts: KnownFacts): RoutingInput['known'] => {
  const found = facts.find((row) => row.cpr === undefined || (cpr !== undefined && digitsOf(row.cpr) === cpr));
  if (!found) return null;
  const { cpr: _cpr, ...known } = found;
  return known;
};
