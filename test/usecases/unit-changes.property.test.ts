import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import type { Unit } from '#domain/organisation.ts';
import { isValid, mayOwn } from '#domain/organisation-tree.ts';
import { ownerThen } from '#domain/owner-history.ts';
import { iso, T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { takesPlaceAt } from '#domain/unit-plan.ts';
import { findEvents } from '#store/case-events.ts';
import { findOwnerships } from '#store/case-page.ts';
import { getReferral } from '#store/referrals.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { times } from '#test/support/size.ts';
import { carriedOut, confirmed, ctxNow } from '#test/support/unit-changes.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { currentWorld } from '#usecases/world.ts';

const CODES = ['2200', '2500', '1500', '2450', '2400', '2700', '2720', '1100', '2100'];
const NIGHT = '2026-11-02T22:00:00+01:00';
const FIRST = T.PlainDate.from('2026-11-03');
const LAWFUL = ['assess-24h', 'receipt', 'investigation', 'acknowledge'];
const known = { unit: null, disability: false, elsewhere: false };
const reason = 'Kort';

type Step = { readonly what: UnitChange['what'] | 'offer' | 'refuse'; readonly a: number; readonly b: number };
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('merge', 'merge', 'close', 'split', 'split', 'open', 'offer', 'refuse'),
    a: fc.nat(1_000),
    b: fc.nat(1_000),
  }),
  { minLength: 5, maxLength: 9 },
) as fc.Arbitrary<Step[]>;

let world: TestWorld;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.drop());

const pick = <V>(list: readonly V[], n: number): V => list[n % list.length] ?? expect.fail('nothing to pick');
const fresh = (id: string) => ({ id, name: id, phone: '1', email: null, nameIsNeutral: true });

/** Two units, the codes of one shared out one by one; what a code's range cannot part, or an age, goes to the first. */
const splitOf = (unit: Unit, people: readonly string[], on: string, { a }: Step): UnitChange => {
  const [one, two] = [`${unit.id}-a${a}`, `${unit.id}-b${a}`];
  const [first, ...rest] = unit.postalCodes;
  const parted = first && first.from < first.to;
  const middle = first ? Math.floor((first.from + first.to) / 2) : 0;
  const ofOne = parted ? [{ from: first.from, to: middle }] : first ? [first] : [];
  const ofTwo = [...(parted ? [{ from: middle + 1, to: first.to }] : []), ...rest];
  const [taker = '', ...others] = people;
  const by = rest.length > 0 || parted ? 'area' : 'age';
  return {
    what: 'split',
    on,
    unit: unit.id,
    by,
    main: one,
    parts: [
      { ...fresh(one), postalCodes: by === 'area' ? ofOne : [], ages: by === 'age' ? [0, 6] : null, people: others },
      { ...fresh(two), postalCodes: by === 'area' ? ofTwo : [], ages: by === 'age' ? [7, 150] : null, people: [taker] },
    ],
  };
};

const changeOf = (step: Step, units: readonly Unit[], peopleAt: (unit: string) => string[], on: string): UnitChange => {
  const [one, two] = [pick(units, step.a), pick(units, step.b)];
  const unit = { ...fresh(`ny-${step.a}-${step.b}-${on}`), postalCodes: [], ages: null };
  switch (step.what) {
    case 'open':
      return { what: 'open', on, like: one.id, unit };
    case 'close':
      return { what: 'close', on, unit: one.id, into: two.id };
    case 'split':
      return splitOf(one, peopleAt(one.id), on, step);
    default: {
      const { postalCodes: _codes, ages: _ages, ...named } = unit;
      return step.a % 2 === 0
        ? { what: 'merge', on, units: [one.id, two.id], into: null, unit: named }
        : { what: 'merge', on, units: [one.id, two.id], into: two.id, unit: null };
    }
  }
};

/** Nobody is lost, everybody has one owner that exists and may own it, all through the history. */
const demandWhole = async (all: number, at: string): Promise<void> => {
  const { db } = world.deps;
  const { organisation } = await currentWorld(world.systemCtx(at));
  const day = T.Instant.from(at).toZonedDateTimeISO('Europe/Copenhagen').toPlainDate();
  const there = (id: string): boolean => {
    const unit = organisation.units.get(id);
    return unit !== undefined && isValid(unit.validity, day);
  };
  const referrals = await db.referral.findMany({
    include: { ownerships: { orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] } },
  });
  expect(referrals).toHaveLength(all);
  for (const { ownerships, ownerUnitId, responsibleUnitId, handlerId, status } of referrals) {
    expect(ownerships.at(-1)).toMatchObject({ unitId: ownerUnitId, endedAt: null });
    for (const [n, { startedAt }] of ownerships.entries()) {
      if (n > 0) expect(ownerships[n - 1]?.endedAt).toEqual(startedAt);
    }
    expect([ownerUnitId, responsibleUnitId].every(there), `${ownerUnitId} for ${responsibleUnitId}`).toBe(true);
    const owner = organisation.units.get(ownerUnitId) ?? expect.fail();
    expect(mayOwn(owner, 'notification')).toBe(true);
    // Whoever has taken it works where it is.
    if (status === 'acknowledged') {
      expect(organisation.people.get(handlerId ?? '')?.roles.some((held) => held.unit === ownerUnitId)).toBe(true);
    }
  }
  const offered = await db.handover.findMany({ where: { state: 'proposed' } });
  for (const { fromUnitId, toUnitId } of offered) {
    expect(fromUnitId).not.toBe(toUnitId);
    expect([fromUnitId, toUnitId].every(there)).toBe(true);
  }
  const disputes = await db.dispute.findMany({ where: { state: 'open' } });
  for (const { kind, partyUnitIds } of disputes) {
    expect(partyUnitIds.every(there)).toBe(true);
    expect(new Set(partyUnitIds).size).toBe(partyUnitIds.length);
    if (kind === 'dispute') expect(partyUnitIds.length).toBeGreaterThan(1);
  }
};

/** The journal of each tells what its row says, whatever has become of its unit. */
const demandReplayed = async (at: string): Promise<void> => {
  const { db } = world.deps;
  const { scope } = world.systemCtx(at);
  for (const { id } of await db.referral.findMany({ select: { id: true } })) {
    const present = await getReferral(db, scope, id);
    const owners = await findOwnerships(db, scope, id);
    const lines = await findEvents(db, scope, id);
    const { ownerUnit, responsibleUnit, provisionalRule, assessmentUnit, handlerId } = present;
    expect(ownerThen({ owners, lines, clocks: [] }, T.Instant.from(at)), id).toMatchObject({
      ownerUnit,
      responsibleUnit,
      provisionalRule,
      assessmentUnit,
      handlerId,
    });
  }
};

/** What has taken place, over all runs: what is refused proves nothing. */
const done = new Set<string>();

test('whatever opens, closes, merges and splits: one owner that may own it at every instant, no clock moved, nobody lost', async () => {
  const run = fc.asyncProperty(steps, async (all) => {
    await world.drop();
    world = await makeWorld();
    const sent: string[] = [];
    const start = '2026-11-02T09:00:00+01:00';
    for (const [n, postalCode] of [...CODES, ...CODES].entries()) {
      const children = [
        {
          identity: n % 3 === 0 ? 'unborn' : 'unknown',
          ageEstimate: n % 3 === 0 ? undefined : n,
          address: { postalCode },
        },
      ];
      // Some come at night: the duty unit has them for the unit, or assesses for it. Some are taken the day before.
      const sender = world.ctxFor('school-social-worker-skole-valby', n % 4 === 3 ? NIGHT : start);
      const { referrals } = await submitNotification(sender, makeForm({ children, ...(n % 3 === 0 ? ACUTE : {}) }));
      const id = referrals[0]?.id ?? '';
      const { ownerUnitId } = await world.deps.db.referral.findUniqueOrThrow({ where: { id } });
      if (n % 2 === 0) {
        await acknowledgeReferral(world.ctxFor(`intake-${ownerUnitId}`, start), { id, known, need: null });
      }
      sent.push(id);
    }
    const dues = async () => {
      const rows = await world.deps.db.deadline.findMany({ where: { kind: { in: LAWFUL } }, orderBy: { id: 'asc' } });
      return new Map(rows.map(({ id, dueAt, state }) => [id, state === 'running' ? dueAt.toISOString() : state]));
    };
    let day = FIRST;
    for (const step of all) {
      const noon = `${day.toString()}T10:00:00+01:00`;
      const { organisation } = await currentWorld(world.systemCtx(noon));
      const peopleAt = (unit: string): string[] =>
        [...organisation.people.values()]
          .filter(({ roles }) =>
            roles.some((held) => held.unit === unit && held.role === 'intake' && isValid(held.validity, day)),
          )
          .map(({ id }) => id);
      const units = [...organisation.units.values()].filter(
        (unit) => isValid(unit.validity, day) && mayOwn(unit, 'notification'),
      );
      const before = await dues();
      try {
        if (step.what === 'offer' || step.what === 'refuse') {
          const id = pick(sent, step.a);
          const { ownerUnitId } = await world.deps.db.referral.findUniqueOrThrow({ where: { id } });
          const [intake = ''] = peopleAt(ownerUnitId);
          await acknowledgeReferral(await ctxNow(world, intake, noon), { id, known, need: null }).catch(
            () => undefined,
          );
          const to = pick(units, step.b).id;
          await proposeHandover(await ctxNow(world, intake, noon), { id, to, reason });
          if (step.what === 'refuse') {
            await declineHandover(await ctxNow(world, peopleAt(to)[0] ?? '', noon), {
              id,
              instead: ownerUnitId,
              basis: '§ 9',
              reason,
            });
          }
        } else {
          const next = day.add({ days: 1 });
          const change = changeOf(step, units, peopleAt, next.toString());
          const id = await confirmed(world, change, noon);
          const begins = iso(takesPlaceAt({ on: next }));
          await carriedOut(world, id, begins);
          done.add(change.what);
          const after = await dues();
          for (const [clock, due] of before)
            expect(after.get(clock) === due || after.get(clock) === 'lapsed', clock).toBe(true);
        }
      } catch (error) {
        // What the organisation does not allow is refused whole.
        if (
          !(error instanceof DomainError) &&
          !(error instanceof Error && error.message.includes('does not work here'))
        )
          throw error;
      }
      day = day.add({ days: 1 });
      await demandWhole(sent.length, `${day.toString()}T00:05:00+01:00`);
      await demandReplayed(`${day.toString()}T00:05:00+01:00`);
    }
    expect(await verifyJournal(world.systemCtx('2027-01-01T00:00:00Z'))).toMatchObject({ intact: true });
  });
  await fc.assert(run, { numRuns: times(3, 30) });
  expect(done.size).toBeGreaterThan(1);
});
