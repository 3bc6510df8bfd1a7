import { actorOf } from '#domain/actors.ts';
import type { Actor, Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { deleteSession, findSession, insertSession } from '#store/sessions.ts';
import { readWorld } from './world.ts';

/** A login lasts a working day. Hours. */
const SESSION_HOURS = 12;
/** In training mode the clock is moved by days and months, and nobody should have to log in again for that. */
const TRAINING_HOURS = 10 * 365 * 24;

type At = { readonly deps: Deps; readonly scope: Scope; readonly now: Instant };

/** Begins a session for a person whose identity has been proved. Answers the secret that the cookie carries. */
export const beginSession = async (
  { deps, scope, now }: At,
  personId: string,
): Promise<{ token: string; expiresAt: Instant }> => {
  const token = deps.vault.token();
  const expiresAt = now.add({ hours: deps.training ? TRAINING_HOURS : SESSION_HOURS });
  const session = { tokenHash: deps.vault.index('session', token), personId, expiresAt };
  await insertSession(deps.db, scope, session, now);
  return { token, expiresAt };
};

/** Who the session's person is today, or null: unknown, run out, or no longer employed. */
export const resumeSession = async ({ deps, scope, now }: At, token: string): Promise<Actor | null> => {
  const found = await findSession(deps.db, scope, deps.vault.index('session', token), now);
  if (!found) return null;
  const kept = deps.worlds.latest;
  const { world } = kept?.version === found.organisationVersion ? kept : await readWorld({ deps, scope });
  const person = world.organisation.people.get(found.personId);
  return person ? actorOf(person, world.organisation, now) : null;
};

export const endSession = ({ deps, scope }: At, token: string): Promise<void> =>
  deleteSession(deps.db, scope, deps.vault.index('session', token));
