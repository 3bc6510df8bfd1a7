import { actorOf } from '#domain/actors.ts';
import { kept } from '#domain/kept.ts';
import { asClaimed, type Claimed } from '#domain/login-claims.ts';
import type { Organisation } from '#domain/organisation.ts';
import type { Actor, PersonActor, Scope } from '#domain/scope.ts';
import { endOf, isStolen, isToNote, isToRotate, limitsOf, type SessionTimes } from '#domain/session-limits.ts';
import { type Instant, isAfter, localDay } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { publishEnded } from '#store/live.ts';
import { deleteSession, findSession, insertSession, noteSeen, offerSecret, takeSecret } from '#store/sessions.ts';
import { currentWorld, readWorld } from './world.ts';

/** In training mode the clock is moved by days and months, and nobody should have to log in again for that. */
const TRAINING_HOURS = 10 * 365 * 24;
const AS_ORGANISED: Claimed = { unit: null, roles: null };

type At = { readonly deps: Deps; readonly scope: Scope; readonly now: Instant };

/** A login as it stands: who it is of, when it runs out if nothing is done, and its next secret if it got one. */
export type Login = {
  readonly sessionId: string;
  readonly actor: Actor;
  /** Null in training mode. */
  readonly endsAt: Instant | null;
  /** For the cookie, from now on. */
  readonly renewed: string | null;
};

const hashOf = ({ vault }: Deps, token: string): Uint8Array => vault.index('session', token);

/** Whoever asks again asks as the same, and finding that out goes through all people and units. */
const actors = kept<PersonActor | null>(2000);

/** Who that person is on the day of `at`, as claimed at login; null when they do not work here on it. */
const actorFor = (personId: string, claimed: Claimed, organisation: Organisation, at: Instant): PersonActor | null => {
  const person = organisation.people.get(personId);
  if (!person) return null;
  const as = `${personId} ${localDay(at)} ${JSON.stringify([claimed.unit, claimed.roles])}`;
  return actors([organisation], as, () => actorOf(asClaimed(person, claimed), organisation, at));
};

const rolesOf = (actor: Actor) => (actor.kind === 'person' ? actor.roles.map(({ role }) => role) : []);

/** Begins a session for a person whose identity has been proved. Answers the secret that the cookie carries. */
export const beginSession = async (
  { deps, scope, now }: At,
  personId: string,
  claimed: Claimed = AS_ORGANISED,
): Promise<{ token: string; expiresAt: Instant }> => {
  const { organisation } = await currentWorld({ deps, scope });
  const actor = actorFor(personId, claimed, organisation, now);
  const hours = deps.training ? TRAINING_HOURS : limitsOf(actor ? rolesOf(actor) : []).wholeHours;
  const token = deps.vault.token();
  const expiresAt = now.add({ hours });
  const session = { id: deps.newId(now), tokenHash: hashOf(deps, token), personId, claimed, expiresAt };
  await insertSession(deps.db, scope, session, now);
  return { token, expiresAt };
};

/** Another secret when the present one is old. */
const renew = async ({ deps, scope, now }: At, found: SessionTimes & { id: string }): Promise<string | null> => {
  if (!isToRotate(found, now)) return null;
  const next = deps.vault.token();
  return (await offerSecret(deps.db, scope, found, hashOf(deps, next), now)) ? next : null;
};

/**
 * Who the session's person is today, or null: unknown, run out, or no longer employed. `idle`: the request came by
 * itself, from a page that nobody touches, and keeps no login alive.
 */
export const resumeSession = async (
  { deps, scope, now }: At,
  token: string,
  { idle }: { readonly idle: boolean },
): Promise<Login | null> => {
  const hash = hashOf(deps, token);
  const found = await findSession(deps.db, scope, hash, now);
  if (!found) return null;
  if (isStolen(found, now)) {
    // Whichever of the two shows it, neither goes on: the owner logs in again.
    await endSession({ deps, scope }, token);
    deps.log.warn('session.stolen', { sessionId: found.id });
    return null;
  }
  const { latest } = deps.worlds;
  const { world } = latest?.version === found.organisationVersion ? latest : await readWorld({ deps, scope });
  const today = actorFor(found.personId, found.claimed, world.organisation, now);
  if (!today) return null;
  const { surname } = found.claimed;
  const actor = { ...today, barredFrom: found.barredFrom, ...(surname === undefined ? {} : { surname }) };
  if (deps.training) return { sessionId: found.id, actor, endsAt: null, renewed: null };
  const limits = limitsOf(rolesOf(actor));
  if (!isAfter(endOf(found, limits), now)) return null;
  if (found.byNext) await takeSecret(deps.db, scope, hash, now);
  if (!idle && isToNote(found, now)) await noteSeen(deps.db, scope, found.id, now);
  const renewed = idle || found.byNext || found.spentAt ? null : await renew({ deps, scope, now }, found);
  return {
    sessionId: found.id,
    actor,
    endsAt: endOf(idle ? found : { ...found, seenAt: now }, limits),
    renewed,
  };
};

/** Ends it at once in every process and on every open page. Ending it again changes nothing. */
export const endSession = async ({ deps, scope }: Pick<At, 'deps' | 'scope'>, token: string): Promise<void> => {
  const ended = await deleteSession(deps.db, scope, hashOf(deps, token));
  if (ended !== null) await publishEnded(deps.db, scope, [ended]);
};
