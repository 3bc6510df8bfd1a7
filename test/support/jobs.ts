import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { actorOf, reachOf } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import { instant, localDay } from '#domain/time.ts';
import type { MakeCtx } from '#jobs/handlers/handler.ts';
import type { Message } from '#messages';
import { type Clock, systemClock } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { newId } from '#platform/ids.ts';
import { type Logger, silentLogger } from '#platform/logger.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { replaceOrganisation } from '#store/organisation-import.ts';
import type { Ctx } from '#usecases/context.ts';
import type { Submitted } from '#usecases/store-submission.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { trainingOrganisation } from './organisation.ts';

const [index, first] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
/** As the setting ENCRYPTION_KEYS, for a process that a test starts. */
export const TEST_KEYS = `index:${index},1:${first}`;

/** Real parts over a test's own database; `close` ends its connections. */
export const jobsDeps = (
  databaseUrl: string,
  { clock = systemClock, log = silentLogger, scannerUrl }: { clock?: Clock; log?: Logger; scannerUrl?: string } = {},
): { deps: Deps; makeCtx: MakeCtx; close: () => Promise<void> } => {
  const deps = nodeDeps({
    databaseUrl,
    keys: parseEncryptionKeys(TEST_KEYS),
    training: true,
    publicUrl: 'http://localhost:4000',
    clock,
    log,
    connections: 4,
    ...(scannerUrl === undefined ? {} : { scannerUrl }),
  });
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const makeCtx: MakeCtx = async (rule) => ({
    deps,
    actor: { kind: 'system', rule },
    scope,
    now: await clock.now(),
    key: null,
  });
  return { deps, makeCtx, close: () => deps.db.$disconnect() };
};

/** Writes outbox rows as an act would, free to go at once. Answers their ids. */
export const writeOutbox = async ({ deps }: { deps: Deps }, messages: readonly Message[]): Promise<string[]> => {
  const now = await deps.clock.now();
  const availableAt = new Date(now.epochMilliseconds);
  const rows = messages.map(({ name, payload }) => ({ id: newId(now), name, payload, availableAt }));
  await deps.db.outbox.createMany({ data: rows });
  return rows.map(({ id }) => id);
};

/** A clock that a test moves. */
export const movableClock = (
  start: string,
): Clock & { moveTo: (at: string) => void; advance: (ms: number) => void } => {
  let at = instant(start);
  return {
    now: async () => at,
    moveTo: (to) => {
      at = instant(to);
    },
    advance: (milliseconds) => {
      at = at.add({ milliseconds });
    },
  };
};

/** The training municipality, in the database. */
export const importTraining = async (makeCtx: MakeCtx): Promise<void> => {
  const { deps, scope, now } = await makeCtx('import');
  await replaceOrganisation(deps.db, scope, trainingOrganisation(), localDay(now), now);
};

type Example = { readonly at: string; readonly sender: string; readonly notification: unknown };

export const example = (file: string): Example =>
  JSON.parse(readFileSync(new URL(`../../training/notifications/${file}`, import.meta.url), 'utf8'));

/** One of the training people, now. */
export const ctxOf = async ({ deps }: { deps: Deps }, personId: string): Promise<Ctx> => {
  const now = await deps.clock.now();
  const organisation = trainingOrganisation();
  const person = organisation.people.get(personId);
  const actor = person ? actorOf(person, organisation, now) : null;
  if (actor === null) throw new Error('nobody of that name works here');
  return {
    deps,
    actor,
    scope: mintScope(reachOf(actor)),
    now,
    key: { keyHash: randomBytes(32), requestHash: randomBytes(32) },
  };
};

/** A training notification, sent now by its sender through the use case. */
export const submitExample = async (parts: { deps: Deps }, file: string): Promise<Submitted> => {
  const { sender, notification } = example(file);
  return submitNotification(await ctxOf(parts, sender), notification);
};
