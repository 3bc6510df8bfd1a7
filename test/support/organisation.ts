import { readFileSync } from 'node:fs';
import type { Organisation } from '#domain/organisation.ts';
import { parseOrganisation } from '#domain/organisation-file.ts';

/** The training organisation's file as text, for tests that break it on purpose. */
export const trainingOrganisationText = (): string =>
  readFileSync(new URL('../../training/organisation.json', import.meta.url), 'utf8');

let loaded: Organisation | undefined;

/** The training municipality, parsed once per test process; values are read-only. */
export function trainingOrganisation(): Organisation {
  if (loaded) return loaded;
  const parsed = parseOrganisation(trainingOrganisationText());
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  loaded = parsed.organisation;
  return loaded;
}
