import { reachOf } from '#domain/actors.ts';
import type { Claimed } from '#domain/login-claims.ts';
import type { Machine } from '#domain/machine.ts';
import { mintScope, type Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import type { Ctx } from '#usecases/context.ts';
import { countRequests } from '#usecases/count-requests.ts';
import type { DoorCtx } from '#usecases/door-visit.ts';
import { resumeMachine } from '#usecases/machine-keys.ts';
import { readHealth } from '#usecases/read-health.ts';
import { beginSession, endSession, type Login, resumeSession } from '#usecases/sessions.ts';
import { currentWorld } from '#usecases/world.ts';

/** The cookie that carries a session's secret. */
export const SESSION_COOKIE = 'bindeled_session';

export const isSecure = ({ publicUrl }: Pick<Deps, 'publicUrl'>): boolean => publicUrl.startsWith('https:');

/** Over https a cookie is bound to this host: no neighbour of the same domain can plant one. */
export const cookieName = (deps: Pick<Deps, 'publicUrl'>, name: string): string =>
  isSecure(deps) ? `__Host-${name}` : name;

/** Reaches nothing: for reading who somebody is, before it is known. */
const nobody = mintScope({ personId: null, unitIds: [] });
/** Somebody without a login: may hand in, and ask for what a secret of theirs opens. */
const atDoor = mintScope({ personId: null, unitIds: [], door: { notificationId: null } });
/** For what the server tells of itself: numbers of the whole and the organisation, never a row of a case. */
const itself = mintScope({ personId: null, unitIds: 'all' });

export type ApiContext = {
  readonly deps: Deps;
  readonly now: Instant;
  readonly login: (Login & { readonly scope: Scope; readonly token: string }) | null;
  /** A program with a key of its own, which opens these acts and nothing else. */
  readonly machine: (Machine & { readonly scope: Scope }) | null;
  readonly idempotencyKey: string | null;
  /** The network address that it came from, where that is known; for counting at the open door only. */
  readonly visitor: string | null;
};

/** Somebody at the door, whoever may be logged in in the same browser. */
export const doorCtx = ({ deps, now, visitor }: ApiContext, key: DoorCtx['key']): DoorCtx => ({
  deps,
  now,
  key,
  visitor,
  actor: { kind: 'outsider', as: 'visitor' },
  scope: atDoor,
});

/** Whoever has opened a link with its code reaches the one notification of it. */
export const returned = (ctx: DoorCtx, notificationId: string): DoorCtx => ({
  ...ctx,
  key: null,
  actor: { kind: 'outsider', as: 'returning' },
  scope: mintScope({ personId: null, unitIds: [], door: { notificationId } }),
});

/** Reads the clock once and finds out who asks. Every kind of login ends in this same actor and scope. */
export const createContext = async (
  deps: Deps,
  request: {
    readonly token: string | null;
    readonly machineKey: string | null;
    readonly idle: boolean;
  } & Pick<ApiContext, 'idempotencyKey' | 'visitor'>,
): Promise<ApiContext> => {
  const now = await deps.clock.now();
  const { token, machineKey, idle, ...asked } = request;
  const unknown = { deps, now, login: null, machine: null, ...asked };
  if (machineKey !== null) {
    const machine = await resumeMachine({ deps, now, scope: nobody }, machineKey);
    return { ...unknown, machine: machine && { ...machine, scope: mintScope(reachOf(machine.actor)) } };
  }
  const login = token ? await resumeSession({ deps, now, scope: nobody }, token, { idle }) : null;
  if (login?.actor.kind !== 'person' || !token) return unknown;
  const scope = mintScope(reachOf(login.actor));
  return { ...unknown, login: { ...login, scope, token } };
};

/** Whether the journal holds, whoever asks: counts and hashes of the whole, never a row of a case. */
export const wholeJournal = (act: Ctx): Ctx => ({ ...act, scope: itself });

/** For the load balancer: no login, and nothing but numbers. */
export const healthOf = (deps: Deps) => readHealth(deps, itself);

/** So many requests more of somebody, in this minute and all processes; how many by now. */
export const countFor = (deps: Deps, now: Instant, who: string, more: number): Promise<number> =>
  countRequests({ deps, now, scope: itself }, who, more);

/** For choosing who to be in training mode: no login. */
export const municipalityOf = async (deps: Deps) => (await currentWorld({ deps, scope: itself })).organisation;

/** Begins a session for a person whose identity has been proved by whoever calls this. */
export const logIn = async (deps: Deps, personId: string, claimed?: Claimed) =>
  beginSession({ deps, scope: nobody, now: await deps.clock.now() }, personId, claimed);

export const logOut = (deps: Deps, token: string): Promise<void> => endSession({ deps, scope: nobody }, token);
