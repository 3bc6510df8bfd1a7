import type { Organisation, Person } from '#domain/organisation.ts';
import { parseOrganisation } from '#domain/organisation-file.ts';
import { type LocalDay, T } from '#domain/time.ts';
import { trainingOrganisationText } from '#test/support/organisation.ts';
import { type Chance, pick } from './chance.ts';

type Row = {
  id: string;
  title: string;
  unit: string;
  email: string;
  roles: string[];
  substitute?: string | null;
  absences?: { from: string; until: string; substitute: string | null }[];
  validFrom?: string;
  validUntil?: string;
};

const WORKS_ON_CASES: ReadonlySet<string> = new Set([
  'caseworker',
  'intake',
  'professional-coordinator',
  'team-leader',
  'duty-officer',
  'area-manager',
]);
const ABSENCES = 4;
const LONGEST_DAYS = 15;
/** One in so many leaves during the year; who comes after begins ten days later. */
const LEAVES = 9;
const VACANT_DAYS = 10;

const dayOfYear = (year: number, n: number): LocalDay => new T.PlainDate(year, 1, 1).add({ days: n });

/** Away four times a year: sometimes with a substitute named for it, sometimes with nobody. */
const absencesOf = (row: Row, colleagues: readonly string[], year: number, chance: Chance) =>
  Array.from({ length: ABSENCES }, (_, n) => {
    const quarter = Math.floor(365 / ABSENCES);
    const from = dayOfYear(year, n * quarter + Math.floor(chance(row.id, n, 'from') * (quarter - LONGEST_DAYS)));
    const days = 1 + Math.floor(chance(row.id, n, 'days') * (LONGEST_DAYS - 1));
    const named = colleagues.length > 0 && chance(row.id, n, 'named') < 0.5;
    const substitute = named ? pick(colleagues, chance(row.id, n, 'who')) : null;
    return { from: from.toString(), until: from.add({ days }).toString(), substitute };
  });

/**
 * The training municipality as its file would be for a year in which everybody who works on cases is away now and then,
 * and some leave. The duty unit, of two people, is never left by both: the leader stands in for the officer.
 */
export const staffOfYear = (
  year: number,
  chance: Chance,
): { readonly text: string; readonly organisation: Organisation } => {
  const file = JSON.parse(trainingOrganisationText()) as { people: Row[] };
  const colleaguesOf = ({ id, unit }: Row): string[] =>
    file.people.filter((other) => other.unit === unit && other.id !== id).map((other) => other.id);
  const people = file.people.flatMap((row): Row[] => {
    const worker = row.roles.some((role) => WORKS_ON_CASES.has(role));
    if (!worker) return [row];
    if (row.unit === 'dognvagten') {
      const away = row.roles.includes('duty-officer') ? absencesOf(row, colleaguesOf(row), year, chance) : [];
      return [{ ...row, substitute: colleaguesOf(row)[0] ?? null, absences: away }];
    }
    const absences = absencesOf(row, colleaguesOf(row), year, chance);
    const leaves = chance(row.id, 'leaves') * LEAVES < 1;
    if (!leaves) return [{ ...row, absences }];
    const until = dayOfYear(year, 60 + Math.floor(chance(row.id, 'when') * 240));
    const next = {
      ...row,
      id: `${row.id}-2`,
      email: `2-${row.email}`,
      absences: [],
      validFrom: until.add({ days: VACANT_DAYS }).toString(),
    };
    return [{ ...row, absences, validUntil: until.toString() }, next];
  });
  const text = JSON.stringify({ ...file, people }, null, 1);
  const parsed = parseOrganisation(text);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return { text, organisation: parsed.organisation };
};

/** Employed and not away on the local day. Plainly, and not with the product's own code. */
export const isThere = ({ validity, absences }: Person, day: LocalDay): boolean => {
  const [on, begins, ends] = [day.toString(), validity.from?.toString(), validity.until?.toString()];
  if ((begins !== undefined && on < begins) || (ends !== undefined && on >= ends)) return false;
  return !absences.some(({ from, until }) => from.toString() <= on && (until === null || on < until.toString()));
};
