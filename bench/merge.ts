import { randomBytes, randomUUID } from 'node:crypto';
import { actorOf, unitsCoveredBy } from '#domain/actors.ts';
import { mintScope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { takesPlaceAt } from '#domain/unit-plan.ts';
import { stopwatch } from '#platform/clock.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { insertUnitChange } from '#store/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { carryOutUnitChange } from '#usecases/carry-out-unit-change.ts';
import type { Ctx } from '#usecases/context.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { currentWorld } from '#usecases/world.ts';
import { drive } from './support/load.ts';
import { onStage, type Stage } from './support/stage.ts';

const CLIENTS = 16;
/** As the jobs do it. */
const BATCH = 1_000;
const [FROM, TO, OTHER] = ['bbu-valby', 'bbu-vesterbro', 'bbu-bhv'];
const POSTAL_CODE = '2500';
const KNOWN = { unit: null, disability: false, elsewhere: false };
const reason = 'Kort';

const system = ({ deps }: Stage, now: Instant): Ctx => ({
  deps,
  actor: { kind: 'system', rule: 'unit-change' },
  scope: mintScope({ personId: null, unitIds: 'all' }),
  now,
  key: null,
});

const personIn = async (stage: Stage, personId: string, now: Instant): Promise<Ctx> => {
  const { organisation } = await currentWorld(system(stage, now));
  const person = organisation.people.get(personId);
  const actor = person ? actorOf(person, organisation, now) : null;
  if (!actor) throw new Error('nobody of that name works here');
  return { ...system(stage, now), actor, scope: mintScope({ personId, unitIds: unitsCoveredBy(actor) }) };
};

/** Open referrals of one unit: one in ten taken, of those a part offered to another unit, of those a part in dispute. */
const fill = async (stage: Stage, count: number, now: Instant): Promise<void> => {
  const sender = await personIn(stage, 'school-social-worker-skole-valby', now);
  const intake = await personIn(stage, `intake-${FROM}`, now);
  const ids: string[] = [];
  const child = { identity: 'unborn', address: { postalCode: POSTAL_CODE } };
  const form = {
    children: [{ name: 'Barn', ...child }],
    notifier: { basis: 'professional', notifierCode: 2, name: 'En lærer', role: 'Lærer' },
    concern: { narrative: 'Barnet er ofte træt og har ikke madpakke med.' },
    parentsInformed: { informed: true },
  };
  const once = async (): Promise<void> => {
    const { referrals } = await submitNotification(
      { ...sender, key: { keyHash: randomBytes(32), requestHash: randomBytes(32) } },
      form,
    );
    ids.push(referrals[0]?.id ?? '');
  };
  const { errors } = await drive(CLIENTS, count, once);
  if (errors > 0) throw new Error(`${errors} submissions failed`);
  const taken = ids.filter((_, at) => at % 10 === 0);
  await inOrder(taken, (id) => acknowledgeReferral(intake, { id, known: KNOWN, need: null }));
  const offered = taken.filter((_, at) => at % 3 === 0);
  await inOrder([...offered.entries()], async ([at, id]) => {
    const to = at % 2 === 0 ? TO : OTHER;
    await proposeHandover(intake, { id, to, reason });
    if (at % 4 > 1) return;
    await declineHandover(await personIn(stage, `intake-${to}`, now), { id, instead: FROM, basis: '§ 9', reason });
  });
};

/** What a person has to do and by when, whole. */
const CLOCKS = `select md5(string_agg(id || ' ' || due_at, '|' order by id)) as clocks, count(*)::int as running
  from deadline where state = 'running' and kind not like 'ladder%' and kind not in ('handover', 'opening', 'closing')`;
const OWNERS = `select owner_unit_id as unit, count(*)::int as n from referral where closed_at is null group by 1 order by 1`;

/** Seconds in which one unit's open referrals go over into another, with what is open about them; none may be lost. */
export const merge = ({ tiny }: { readonly tiny: boolean }) =>
  onStage(async (stage) => {
    const count = tiny ? 120 : 10_000;
    const db = await stage.connect();
    const now = await stage.deps.clock.now();
    await fill(stage, count, now);
    const change: UnitChange = {
      what: 'close',
      on: now.toZonedDateTimeISO('Europe/Copenhagen').toPlainDate().add({ days: 1 }).toString(),
      unit: FROM,
      into: TO,
    };
    const id = randomUUID();
    const dueAt = takesPlaceAt({ on: now.toZonedDateTimeISO('Europe/Copenhagen').toPlainDate().add({ days: 1 }) });
    const ctx = system(stage, dueAt);
    await inTransaction(stage.deps.db, (tx) => insertUnitChange(tx, ctx.scope, { id, change, dueAt }));
    const clocks = (await db.query(CLOCKS)).rows[0];
    const [whole, cpu] = [stopwatch(), process.cpuUsage()];
    await carryOutUnitChange(ctx, id, BATCH);
    const seconds = Math.round(whole()) / 1000;
    const { user, system: kernel } = process.cpuUsage(cpu);
    const after = (await db.query(CLOCKS)).rows[0];
    const owners = (await db.query<{ unit: string; n: number }>(OWNERS)).rows;
    const { moved } = await stage.deps.db.unitChange.findUniqueOrThrow({ where: { id } });
    const { intact } = await verifyJournal(ctx);
    return {
      name: 'merge',
      seconds,
      /** Of this process: on a machine that others use, waiting is the rest. */
      cpuSeconds: Math.round((user + kernel) / 1000) / 1000,
      lost: count - (owners.find(({ unit }) => unit === TO)?.n ?? 0),
      clocksKept: clocks.clocks === after.clocks,
      journalIntact: intact,
      bars: { seconds: 10, lost: 0 },
      settings: { referrals: count, running: after.running, moved, owners },
    };
  });
