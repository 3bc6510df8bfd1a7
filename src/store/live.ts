import type { Scope } from '#domain/scope.ts';
import type { Tx } from './db.ts';

/** Where `platform/live.ts` listens, for changes and for sessions that have ended. */
const CHANNEL = 'bindeled_changed';
/** PostgreSQL refuses a payload of 8,000 bytes and more; ids are ASCII. */
const LARGEST_PAYLOAD = 7_900;

type Changes = { readonly units: readonly string[]; readonly persons: readonly string[] };

/** Halves until each part fits, so that no id is lost. */
const parts = ({ units, persons }: Changes): string[] => {
  const text = JSON.stringify({ units, persons });
  if (text.length <= LARGEST_PAYLOAD || (units.length <= 1 && persons.length <= 1)) return [text];
  const [unitsHalf, personsHalf] = [Math.ceil(units.length / 2), Math.ceil(persons.length / 2)];
  return [
    { units: units.slice(0, unitsHalf), persons: persons.slice(0, personsHalf) },
    { units: units.slice(unitsHalf), persons: persons.slice(personsHalf) },
  ].flatMap(parts);
};

/**
 * Tells the open pages of these units and persons, in every API process, to look again: one NOTIFY, more only when
 * the ids do not fit into it. Only the relay's system scope publishes.
 */
export const publishChanges = async (tx: Tx, scope: Scope, changes: Changes): Promise<void> => {
  const units = [...new Set(changes.units)];
  const persons = [...new Set(changes.persons)];
  if (units.length + persons.length === 0) return;
  await tx.$executeRaw`
    select pg_notify(${CHANNEL}, payload) from unnest(${parts({ units, persons })}::text[]) as payload
    where ${scope.unitIds === 'all'}`;
};

/** Tells every API process to close the pages of these sessions. Whoever ended one may say so. */
export const publishEnded = async (tx: Tx, _scope: Scope, sessions: readonly string[]): Promise<void> => {
  for (let at = 0; at < sessions.length; at += 100) {
    const payload = JSON.stringify({ ended: sessions.slice(at, at + 100) });
    await tx.$executeRaw`select pg_notify(${CHANNEL}, ${payload})`;
  }
};
