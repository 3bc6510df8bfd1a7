import { DomainError } from '#domain/errors.ts';
import { type Instant, isAfter, latest, T } from '#domain/time.ts';
import { type Arrival, arrivals } from '#test/support/arrivals.ts';
import { inParallel } from '#test/support/parallel.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { currentWorld } from '#usecases/world.ts';
import { makeAgenda } from './agenda.ts';
import { type Chance, chanceOf } from './chance.ts';
import { GRID_MS, type Intention, onMail, onOwnAccord, readersOf } from './habits.ts';
import { isPlantedIn, plant } from './planted.ts';
import { isThere } from './staff.ts';
import type { Town } from './town.ts';
import { workOn } from './work.ts';

/** The same, with texts that are looked for everywhere afterwards. */
const withPlants = (form: Arrival['form']): Arrival['form'] => ({
  ...form,
  children: form.children.map((child) => ({ ...child, name: plant() })),
  concern: { ...form.concern, narrative: plant() },
});

type Plan = { readonly personId: string; readonly referralId: string };

export type Year = {
  /** Referrals about whose 24 hours somebody who was told forgot, or came late. */
  readonly careless: ReadonlySet<string>;
  readonly figures: {
    readonly notifications: number;
    readonly stops: number;
    readonly acts: number;
    /** Acts that were refused because somebody else was first, or it had gone elsewhere. */
    readonly refused: number;
    readonly mails: number;
    /** Refusals that repeated what was written. */
    readonly refusedAloud: number;
  };
};

const AT_ONCE = 6;
const MOST_AGAIN = 20;
export const YEAR = 2026;
const FIRST = Date.UTC(YEAR, 0, 1, 23);
export const END: Instant = T.Instant.from(`${YEAR}-12-31T22:59:00Z`);

const URGENT: ReadonlySet<string> = new Set(['assess-24h', 'assessment-task', 'referral-received', 'became-acute']);

/** Runs the year: every arrival, every due instant and every act of a person at its own time, in order. */
export const simulateYear = async (town: Town, notifications: number, seed: number): Promise<Year> => {
  const { deps, organisation } = town;
  const { db } = deps;
  const chance = chanceOf(seed);
  const world = await currentWorld(town.systemCtx());
  const coming = makeAgenda<{ readonly index: number } & Arrival>();
  arrivals(notifications, seed, 1).forEach((arrival, index) => {
    // Their own instants crowd at both ends: even chances are what a year has.
    const at = FIRST + chance('arrives', index) * (END.epochMilliseconds - FIRST);
    coming.add(Math.ceil(at / GRID_MS) * GRID_MS, { ...arrival, index });
  });
  const plans = makeAgenda<Plan>();
  const planned = new Map<string, number>();
  const labels = new Map<string, string>();
  const careless = new Set<string>();
  const figures = { notifications, stops: 0, acts: 0, refused: 0, mails: 0 };
  let refusedAloud = 0;
  let now = T.Instant.fromEpochMilliseconds(FIRST);

  const drawing =
    (...about: readonly (string | number)[]): Chance =>
    (...words) =>
      chance(...about, ...words);

  const plan = (personId: string, referralId: string, { at }: Intention): void => {
    if (!at || isAfter(at, END)) return;
    const key = `${personId} ${referralId}`;
    const before = planned.get(key);
    const when = Math.max(at.epochMilliseconds, now.epochMilliseconds + GRID_MS);
    if (before !== undefined && before > now.epochMilliseconds && before <= when) return;
    planned.set(key, when);
    plans.add(when, { personId, referralId });
  };

  const submit = async ({ index, sender, form }: Arrival & { readonly index: number }): Promise<void> => {
    const ctx = town.ctxFor(sender);
    if (!ctx) throw new Error(`${sender} does not work here`);
    const { referrals } = await submitNotification(ctx, withPlants(form));
    referrals.forEach(({ id }, child) => {
      labels.set(id, `${index}.${child}`);
    });
  };

  const act = async ({ personId, referralId }: Plan): Promise<void> => {
    const person = organisation.people.get(personId);
    const ctx = town.ctxFor(personId);
    if (!person || !ctx || !isThere(person, now.toZonedDateTimeISO('Europe/Copenhagen').toPlainDate())) return;
    const draw = drawing(labels.get(referralId) ?? '', personId, now.epochMilliseconds);
    try {
      const afterwards = await workOn(ctx, referralId, draw);
      figures.acts += 1;
      if (afterwards !== null) {
        const intention = onOwnAccord(person, afterwards, world, now, draw);
        if (intention.careless && afterwards === 'now') careless.add(referralId);
        plan(personId, referralId, intention);
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (isPlantedIn(Buffer.from(JSON.stringify([error.message, error.reason, error.fields])))) refusedAloud += 1;
      figures.refused += 1;
    }
  };

  const read = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    figures.mails += ids.length;
    const mails = await db.$queryRaw<
      { template: string; referralId: string; person: string | null; unit: string | null; kind: string | null }[]
    >`
      select m.template, m.referral_id::text as "referralId", m.to_person_id as person, m.to_unit_id as unit, d.kind
      from outbound_message m left join deadline d on d.id = m.deadline_id
      where m.id = any(${ids}::uuid[]) and m.referral_id is not null and not m.to_notifier
      order by m.template, m.referral_id, m.to_person_id, m.to_unit_id`;
    for (const { template, referralId, person, unit, kind } of mails) {
      const known = person === null ? undefined : organisation.people.get(person);
      const readers = known ? [known] : unit === null ? [] : readersOf(unit, organisation, now);
      for (const reader of readers) {
        const draw = drawing(labels.get(referralId) ?? '', reader.id, now.epochMilliseconds, template, kind ?? '');
        const urgent = URGENT.has(kind ?? template);
        const intention = onMail(reader, urgent, world, now, draw);
        if (intention.careless && urgent) careless.add(referralId);
        plan(reader.id, referralId, intention);
      }
    }
  };

  let again = 0;
  for (;;) {
    const due = await town.nextDue();
    const soonest = [coming.next(), plans.next(), due?.epochMilliseconds ?? null].filter((at) => at !== null);
    if (soonest.length === 0) break;
    const next = T.Instant.fromEpochMilliseconds(Math.min(...soonest));
    if (isAfter(next, END)) break;
    // What was due at the present and is not yet done is done first.
    again = isAfter(next, now) ? 0 : again + 1;
    if (again > MOST_AGAIN) throw new Error(`${now}: what is due is never done`);
    now = latest(next, now);
    town.standAt(now);
    figures.stops += 1;
    await inParallel(coming.take(now.epochMilliseconds), AT_ONCE, submit);
    // One after the other on one case, as they would come.
    const byCase = Map.groupBy(plans.take(now.epochMilliseconds), ({ referralId }) => referralId);
    await inParallel([...byCase.values()], AT_ONCE, async (acts) => {
      for (const one of acts) await act(one);
    });
    await read(await town.settle(due !== null && !isAfter(due, now)));
  }
  town.standAt(END);
  return { careless, figures: { ...figures, refusedAloud } };
};
