import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { actorOf, reachOf } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, instant } from '#domain/time.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { silentLogger } from '#platform/logger.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import type { Ctx } from '#usecases/context.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { freshDatabase } from './database.ts';
import { trainingOrganisation, trainingOrganisationText } from './organisation.ts';

export type TestWorld = {
  readonly deps: Deps;
  readonly databaseUrl: string;
  /** As the setting has it, for processes started over the same database. */
  readonly encryptionKeys: string;
  /**
   * One of the training people at an instant (ISO 8601). A new idempotency key each time, as for a new intent, unless
   * `intent` names one; `body` then stands for the request that came with it.
   */
  readonly ctxFor: (personId: string, at: string | Instant, request?: { intent?: string; body?: string }) => Ctx;
  readonly systemCtx: (at: string | Instant, rule?: string) => Ctx;
  /** Ends the connections and drops the database. */
  readonly drop: () => Promise<void>;
};

/** When the organisation of every test world was imported, and where its clock stands. */
const BEGIN = '2026-11-02T08:00:00+01:00';

const key = (): string => randomBytes(32).toString('base64');
const at = (when: string | Instant): Instant => (typeof when === 'string' ? instant(when) : when);

/** Contexts over parts that run already. */
export const contextsOf = (deps: Deps): Pick<TestWorld, 'ctxFor' | 'systemCtx'> => {
  const systemCtx: TestWorld['systemCtx'] = (when, rule = 'test') => ({
    deps,
    actor: { kind: 'system', rule },
    scope: mintScope({ personId: null, unitIds: 'all' }),
    now: at(when),
    key: null,
  });

  const ctxFor: TestWorld['ctxFor'] = (personId, when, { intent = randomUUID(), body = '' } = {}) => {
    const organisation = trainingOrganisation();
    const person = organisation.people.get(personId);
    const actor = person ? actorOf(person, organisation, at(when)) : null;
    if (!actor) throw new Error(`${personId} does not work in the training municipality then`);
    const keyHash = deps.vault.index('idempotency', `${personId}:${intent}`);
    return {
      deps,
      actor,
      scope: mintScope(reachOf(actor)),
      now: at(when),
      key: { keyHash, requestHash: deps.vault.digest(body) },
    };
  };
  return { ctxFor, systemCtx };
};

/** A database of its own with the training municipality imported, keys of its own, real parts throughout. */
export const makeWorld = async (
  options: { readonly connections?: number; readonly scannerUrl?: string } = {},
): Promise<TestWorld> => {
  const database = await freshDatabase();
  const encryptionKeys = `index:${key()},1:${key()}`;
  const deps = nodeDeps({
    databaseUrl: database.url,
    keys: parseEncryptionKeys(encryptionKeys),
    training: true,
    publicUrl: 'http://localhost:4000',
    clock: fixedClock(instant(BEGIN)),
    log: silentLogger,
    connections: 4,
    ...options,
  });
  const drop = async (): Promise<void> => {
    await deps.db.$disconnect();
    await database.drop();
  };

  const { ctxFor, systemCtx } = contextsOf(deps);
  try {
    await importOrganisation(systemCtx(BEGIN), trainingOrganisationText());
  } catch (error) {
    await drop();
    throw error;
  }
  return { deps, databaseUrl: database.url, encryptionKeys, ctxFor, systemCtx, drop };
};

/** One of `training/notifications`, by its name without `.json`: who sends what, when, and what follows. */
export const trainingNotification = (
  name: string,
): {
  readonly at: string;
  readonly sender: string;
  readonly notification: Readonly<Record<string, unknown>>;
  readonly expect: readonly { readonly unit: string }[];
} => JSON.parse(readFileSync(new URL(`../../training/notifications/${name}.json`, import.meta.url), 'utf8'));
