import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actorOf, unitsCoveredBy } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, instant, localDay, T } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { upsertKnownCases } from '#store/children.ts';
import type { Ctx } from '#usecases/context.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import type { Submitted } from '#usecases/store-submission.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { currentWorld } from '#usecases/world.ts';

type Known = { cpr: string; unit?: string; caseworker?: string; disability?: boolean; measure?: string };

/** A file of `training/notifications`: what is sent, by whom, when, and where it should go. */
export type Example = {
  readonly name: string;
  readonly about: { readonly da: string; readonly en: string };
  readonly at: string;
  readonly sender: string | null;
  readonly channel?: string;
  readonly known?: readonly Known[];
  readonly notification: unknown;
  readonly expect: readonly {
    unit: string;
    rule: number;
    actsNow: { unit: string; as: string };
    due: Record<string, string>;
  }[];
};

const FOLDER = join(import.meta.dirname, 'notifications');

export const readExamples = (): Example[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: file.slice(0, -5), ...JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) }) as Example);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The same notification as if it had been written so many days later: its dates move along. */
const shifted = (value: unknown, days: number): unknown => {
  if (typeof value === 'string' && DAY.test(value)) return T.PlainDate.from(value).add({ days }).toString();
  if (Array.isArray(value)) return value.map((one) => shifted(one, days));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shifted(v, days)]));
};

/** What the example sends when it is written at `now`. */
export const notificationAt = (example: Example, now: Instant): unknown => {
  const days = localDay(instant(example.at)).until(localDay(now), { largestUnit: 'days' }).days;
  return shifted(example.notification, days);
};

/** Who takes down what came by phone or letter. */
const REGISTRAR = 'intake-central-intake';

/** Sends one example at `now`, by the person it names; what came by another channel is registered by intake. */
export const sendExample = async (deps: Deps, example: Example, now: Instant, key: string): Promise<Submitted> => {
  const all = mintScope({ personId: null, unitIds: 'all' });
  const { organisation } = await currentWorld({ deps, scope: all });
  const person = organisation.people.get(example.sender ?? REGISTRAR);
  const actor = person ? actorOf(person, organisation, now) : null;
  if (!person || !actor) throw new Error(`${example.name}: nobody to send it`);
  if (example.known) {
    const rows = example.known.map((k) => ({
      cprIndex: deps.vault.index('cpr', k.cpr.replaceAll(/\D/g, '')),
      unitId: k.unit ?? null,
      caseworkerId: k.caseworker ?? null,
      measure: k.measure ?? null,
      since: null,
      disability: k.disability ?? false,
      seenAt: now,
    }));
    await upsertKnownCases(deps.db, all, rows, now);
  }
  const ctx: Ctx = {
    deps,
    actor,
    scope: mintScope({ personId: person.id, unitIds: unitsCoveredBy(actor) }),
    now,
    key: {
      keyHash: deps.vault.index('idempotency', `example:${key}`),
      requestHash: deps.vault.index('idempotency', example.name),
    },
  };
  const notification = notificationAt(example, now);
  return example.sender
    ? submitNotification(ctx, notification)
    : registerNotification(ctx, { channel: example.channel ?? 'phone', receivedAt: now, notification });
};

/** All examples, now. Answers how many were sent. */
export const loadExamples = async (deps: Deps): Promise<number> => {
  const examples = readExamples();
  for (const example of examples) {
    await sendExample(deps, example, await deps.clock.now(), deps.vault.token());
  }
  return examples.length;
};
