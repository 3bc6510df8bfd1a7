import { DomainError } from '#domain/errors.ts';
import { isPersonChange, onItsDay, organisationWith } from '#domain/person-change.ts';
import { demandOneMayDecide, demandPersonChange } from '#domain/person-change-checks.ts';
import { demand } from '#domain/policy.ts';
import type { Mail } from '#domain/referral.ts';
import { matrixAfter } from '#domain/split-rules.ts';
import { instant, isBefore, iso, T } from '#domain/time.ts';
import { demandTaker, demandUnitChange, withoutGone } from '#domain/unit-change-checks.ts';
import { organisationAfter, planOf, type UnitPlan } from '#domain/unit-plan.ts';
import { addFollowed, type Followed, NOTHING_FOLLOWED } from '#domain/unit-report.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { replaceMatrix } from '#store/matrix.ts';
import { findOrganisation } from '#store/organisation.ts';
import { writeOrganisation } from '#store/organisation-plan.ts';
import { insertRecords } from '#store/records.ts';
import { findChange, lockSetup, raiseOrganisationVersion } from '#store/setup.ts';
import { findUnitChange, type UnitChangeRow, writeProgress } from '#store/unit-changes.ts';
import { findConcerned, moveLooseEnds } from '#store/unit-work.ts';
import type { Ctx } from './context.ts';
import { followBatch } from './follow-batch.ts';
import { recordSetup } from './record-setup.ts';
import { mailRows } from './rows.ts';
import { currentWorld } from './world.ts';

/** By then whatever began before the change, by the organisation as it was, has been written or has failed. */
const SETTLED_AFTER = { minutes: 2 } as const;

const followedOf = ({ moved }: UnitChangeRow): Followed => (moved as Followed | null) ?? NOTHING_FOLLOWED;

const tellPeople = async (ctx: Ctx, tx: Tx, plan: UnitPlan, people: readonly string[]): Promise<void> => {
  const world = await currentWorld(ctx, tx);
  const about = { referralId: null, notificationId: null, language: 'da' as const };
  const mails = people.map(
    (person): Mail => ({ template: 'units-changed', to: { person }, exempt: false, stage: plan.what }),
  );
  const rows = mails.map((mail) => mailRows(ctx, world, about, mail));
  await insertRecords(tx, ctx.scope, {
    events: [],
    deadlines: [],
    outbound: rows.map(({ outbound }) => outbound),
    outbox: rows.map(({ outbox }) => outbox),
  });
};

/** What is no longer possible, as after another import, lapses and is told in the setup's log. */
const stillPossible = async (ctx: Ctx, tx: Tx, { id }: UnitChangeRow, check: () => void): Promise<boolean> => {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const lapsed = { id, was: 'planned', is: 'lapsed', nextAt: null, moved: NOTHING_FOLLOWED, at: ctx.now } as const;
    if (await writeProgress(tx, ctx.scope, lapsed)) {
      const fields = error.fields?.map(({ path, code }) => ({ path, code })) ?? [];
      await recordSetup(ctx, tx, { kind: 'unit-change-lapsed', changeId: id, data: { fields } });
    }
    return false;
  }
};

/** The units themselves, or the person; of a person all of it. */
const begin = async (ctx: Ctx, tx: Tx, row: UnitChangeRow): Promise<void> => {
  const found = await findOrganisation(tx, ctx.scope);
  if (!found) throw new DomainError('NOT_FOUND');
  const { organisation } = found;
  const base = { id: row.id, was: 'planned', at: ctx.now } as const;
  // It was tomorrow or later when it was confirmed.
  const asked = { changing: [], today: T.PlainDate.from(row.change.on).subtract({ days: 1 }) };
  if (isPersonChange(row.change)) {
    const change = onItsDay(row.change, organisation);
    const decided = await findChange(tx, ctx.scope, row.id);
    const possible = await stillPossible(ctx, tx, row, () => {
      demandPersonChange(change, organisation, asked);
      if (decided?.proposedBy === decided?.decidedBy) demandOneMayDecide(change, organisation);
    });
    if (!possible) return;
    if (!(await writeProgress(tx, ctx.scope, { ...base, is: 'done', nextAt: null, moved: NOTHING_FOLLOWED }))) return;
    await writeOrganisation(tx, ctx.scope, organisation, organisationWith(organisation, change));
    await raiseOrganisationVersion(tx, ctx.scope);
    await recordSetup(ctx, tx, {
      kind: 'person-changed',
      changeId: row.id,
      data: { what: change.what, person: change.person },
    });
    return;
  }
  const change = withoutGone(row.change, organisation);
  const plan = planOf(change, organisation);
  const matrix = matrixAfter(organisation.matrix, plan, row.id);
  const after = { ...organisationAfter(organisation, plan), matrix };
  const possible = await stillPossible(ctx, tx, row, () => {
    demandUnitChange(change, organisation, asked);
    demandTaker(plan, after);
  });
  if (!possible) return;
  const moved = [...after.people.values()].filter(({ id, unit }) => organisation.people.get(id)?.unit !== unit);
  const followed = addFollowed(NOTHING_FOLLOWED, { people: moved.length });
  if (!(await writeProgress(tx, ctx.scope, { ...base, is: 'running', nextAt: ctx.now, moved: followed }))) return;
  await writeOrganisation(tx, ctx.scope, organisation, after);
  if (Object.keys(plan.split?.rows ?? {}).length > 0) await replaceMatrix(tx, ctx.scope, matrix);
  await raiseOrganisationVersion(tx, ctx.scope);
  await recordSetup(ctx, tx, {
    kind: 'unit-change-begun',
    changeId: row.id,
    data: { what: plan.what, closing: plan.closing, into: plan.into },
  });
  await tellPeople(
    ctx,
    tx,
    plan,
    moved.map(({ id }) => id),
  );
};

const looseEnds = (plan: UnitPlan): Record<string, string> =>
  Object.fromEntries(plan.closing.flatMap((unit) => (plan.into === null ? [] : [[unit, plan.into]])));

/** Everything that the units have, in batches; each stands when the next begins, so that a kill loses none. */
const followAll = async (ctx: Ctx, { id, state }: UnitChangeRow, plan: UnitPlan, limit: number): Promise<void> => {
  if (plan.closing.length === 0) return;
  for (let after: string | null = null; ; ) {
    const found: readonly { id: string }[] = await findConcerned(ctx.deps.db, ctx.scope, {
      units: plan.closing,
      after,
      limit,
    });
    const ids = found.map(({ id: referralId }) => referralId);
    if (ids.length > 0) {
      await inTransaction(ctx.deps.db, async (tx) => {
        const world = await currentWorld(ctx, tx);
        const row = await lockedChange(ctx, tx, id);
        // Another has gone on meanwhile: what it wrote as done must not be due again.
        if (row.state !== state) return;
        const did = await followBatch(ctx, tx, { id, plan }, ids, world);
        const moved = addFollowed(followedOf(row), did);
        await writeProgress(tx, ctx.scope, { id, was: state, is: state, nextAt: ctx.now, moved, at: ctx.now });
      });
    }
    if (ids.length < limit) return;
    after = ids.at(-1) ?? null;
  }
};

/** One process at a time carries out a change: another that has it too waits for the batch and finds it done. */
const lockedChange = async (ctx: Ctx, tx: Tx, id: string): Promise<UnitChangeRow> => {
  await lockSetup(tx, ctx.scope);
  const row = await findUnitChange(tx, ctx.scope, id);
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
};

const NEXT = { running: 'settling', settling: 'done' } as const;

/**
 * Carries out a confirmed change of units or of a person whose day has come: the units, then all that is open in them. Idempotent, and
 * goes on where a killed process left it. A second look after two minutes finds what was under way meanwhile by the
 * organisation as it had been. Does nothing before its day. `limit`: how many in one transaction.
 */
export const carryOutUnitChange = async (ctx: Ctx, id: string, limit: number): Promise<void> => {
  demand(ctx.actor, 'unit.follow');
  await inTransaction(ctx.deps.db, async (tx) => {
    const row = await lockedChange(ctx, tx, id);
    if (row.state === 'planned' && !isBefore(ctx.now, row.dueAt)) await begin(ctx, tx, row);
  });
  const begun = await findUnitChange(ctx.deps.db, ctx.scope, id);
  if (begun?.state !== 'running' && begun?.state !== 'settling') return;
  const { settlesAt } = followedOf(begun);
  if (settlesAt !== null && isBefore(ctx.now, instant(settlesAt))) return;
  if (isPersonChange(begun.change)) return;
  const plan = planOf(begun.change, (await currentWorld(ctx)).organisation);
  await followAll(ctx, begun, plan, limit);
  await inTransaction(ctx.deps.db, async (tx) => {
    const row = await lockedChange(ctx, tx, id);
    if (row.state !== begun.state) return;
    const is = NEXT[begun.state as keyof typeof NEXT];
    const nextAt = is === 'settling' ? ctx.now.add(SETTLED_AFTER) : null;
    const loose = await moveLooseEnds(tx, ctx.scope, looseEnds(plan), plan.split?.parts ?? []);
    const moved = addFollowed(followedOf(row), { ...loose, settlesAt: nextAt && iso(nextAt) });
    await writeProgress(tx, ctx.scope, { id, was: begun.state, is, nextAt, moved, at: ctx.now });
    if (is === 'done')
      await recordSetup(ctx, tx, {
        kind: 'unit-change-done',
        changeId: id,
        data: { moved: moved.referrals, ended: moved.ended },
      });
  });
};
