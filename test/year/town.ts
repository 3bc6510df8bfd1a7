import { randomBytes } from 'node:crypto';
import { actorOf, reachOf } from '#domain/actors.ts';
import type { Organisation } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, instant, T } from '#domain/time.ts';
import type { MakeCtx } from '#jobs/handlers/handler.ts';
import { createHandling } from '#jobs/handling.ts';
import { createMailer, senderAt } from '#jobs/mail/transport.ts';
import { type Job, type Queues, ROUTES } from '#jobs/queues.ts';
import { createRelay } from '#jobs/relay.ts';
import { createSweeper, SWEEPS } from '#jobs/schedule.ts';
import type { Deps } from '#platform/deps.ts';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { freshDatabase } from '#test/support/database.ts';
import { inParallel } from '#test/support/parallel.ts';
import type { Ctx } from '#usecases/context.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { startMailSink } from './mail-sink.ts';
import { makeSightings } from './planted.ts';

export type Town = {
  readonly deps: Deps;
  readonly databaseUrl: string;
  /** Where planted texts were seen in what left: mails, log lines, jobs. */
  readonly sightings: ReadonlyMap<string, number>;
  readonly organisation: Organisation;
  readonly standAt: (at: Instant) => void;
  /** As the person, by the clock as it stands; null when they do not work here then. */
  readonly ctxFor: (personId: string) => Ctx | null;
  readonly systemCtx: () => Ctx;
  /** The sweeps if something is `due`, then whatever waits, until nothing moves. Answers the ids of the mails that left. */
  readonly settle: (due: boolean) => Promise<string[]>;
  /** The soonest instant at which the system has something to do; it may be now. */
  readonly nextDue: () => Promise<Instant | null>;
  readonly stop: () => Promise<void>;
};

const key = (): string => randomBytes(32).toString('base64');
const AT_ONCE = 6;
const FIRST_ATTEMPT = 1;

/**
 * A municipality at work: real database, use cases, sweeps, relay, handlers, mailer and mail server. What the relay hands
 * over is handled here and now, in batches, where a jobs process has a queue in between, so that a year takes minutes.
 */
export const makeTown = async (text: string, organisation: Organisation, begin: string): Promise<Town> => {
  const database = await freshDatabase();
  const { seen, look } = makeSightings();
  const sink = await startMailSink({ look });
  let now = instant(begin);
  const deps = nodeDeps({
    databaseUrl: database.url,
    keys: parseEncryptionKeys(`index:${key()},1:${key()}`),
    training: true,
    publicUrl: 'http://localhost:4000',
    clock: { now: async () => now },
    log: createLogger('year', { write: (line) => look('log', line) }),
    connections: AT_ONCE + 2,
  });
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const systemCtx = (rule = 'year'): Ctx => ({ deps, actor: { kind: 'system', rule }, scope, now, key: null });
  const makeCtx: MakeCtx = async (rule) => systemCtx(rule);
  const mailer = createMailer(sink.url, senderAt(deps.publicUrl));
  await importOrganisation(systemCtx('import'), text);

  const handle = createHandling({ mailer, keep: async () => {} }, makeCtx, deps.log);
  let waiting: Job[] = [];
  const add: Queues['add'] = async (jobs) => {
    look('job', JSON.stringify(jobs));
    waiting.push(...jobs.map(({ id, name, payload }) => ({ id, name, data: payload, attempt: FIRST_ATTEMPT })));
  };
  const relay = createRelay(makeCtx, add);
  const sweeps = SWEEPS.map((sweep) => createSweeper(sweep, makeCtx));

  /** What waits in the outbox, handed over and handled. */
  const deliver = async (): Promise<number> => {
    const { moved } = await relay();
    const jobs = waiting;
    waiting = [];
    // Acts first, as their queue has workers of its own; then the mails, which the acts may have made moot.
    for (const queue of ['acts', 'mail'] as const) {
      const mine = jobs.filter(({ name }) => ROUTES[name] === queue);
      await inParallel(mine, AT_ONCE, (job) => handle(queue, job));
    }
    return moved;
  };

  return {
    deps,
    databaseUrl: database.url,
    sightings: seen,
    organisation,
    standAt: (at) => {
      now = at;
    },
    systemCtx,
    ctxFor: (personId) => {
      const person = organisation.people.get(personId);
      const actor = person ? actorOf(person, organisation, now) : null;
      if (!actor) return null;
      return {
        deps,
        actor,
        scope: mintScope(reachOf(actor)),
        now,
        key: { keyHash: randomBytes(32), requestHash: randomBytes(32) },
      };
    },
    settle: async (due) => {
      if (due) for (const sweep of sweeps) await sweep();
      while ((await deliver()) > 0);
      return sink.take();
    },
    nextDue: async () => {
      const rows = await deps.db.$queryRaw<{ at: Date | null }[]>`
        select least(
          (select min(next_alarm_at) from deadline where state = 'running'),
          (select min(available_at) from outbox where sent_at is null)) as at`;
      const due = rows[0]?.at;
      return due ? T.Instant.fromEpochMilliseconds(due.getTime()) : null;
    },
    stop: async () => {
      mailer.close();
      await sink.stop();
      await deps.db.$disconnect();
      await database.drop();
    },
  };
};
