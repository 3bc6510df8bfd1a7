import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeDisputePriority } from '#domain/advance-dispute.ts';
import { combine } from '#domain/combine.ts';
import { claim, concernedUnits, raiseDispute, withdrawDispute } from '#domain/dispute.ts';
import { DomainError } from '#domain/errors.ts';
import { acknowledgedAfterSilence } from '#domain/escalation.ts';
import { proposeHandover, withdrawHandover } from '#domain/handover.ts';
import { acceptHandover, declineHandover } from '#domain/handover-answer.ts';
import { takenStatus } from '#domain/lifecycle.ts';
import { changePriority } from '#domain/priority.ts';
import type { Decision, RunningClock } from '#domain/referral.ts';
import { agree, decideDispute, proposeSettlement } from '#domain/settlement.ts';
import { coordinatorsOf, decidersOf, speakersOf } from '#domain/speakers.ts';
import { type Instant, isBefore, localDay } from '#domain/time.ts';
import { lived, newId } from '#test/support/lived.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { makeReferral, RECEIVED, world } from '#test/support/referral.ts';

const UNITS = ['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen', 'bbu-amager-ost'];
const ACTS = [
  'propose',
  'propose',
  'propose',
  'accept',
  'accept',
  'accept',
  'decline',
  'decline',
  'withdraw',
  'acknowledge',
  'raise',
  'claim',
  'settle',
  'settle',
  'agree',
  'agree',
  'agree',
  'decide',
  'withdraw-dispute',
  'priority',
  'wait',
  'wait',
] as const;
type Act = {
  readonly act: (typeof ACTS)[number];
  readonly unit: number;
  readonly minutes: number;
  readonly pick: number;
};

const pickOf = <V>(values: readonly V[], pick: number): V => {
  const found = values[pick % values.length];
  if (found === undefined) throw new DomainError('NOT_FOUND');
  return found;
};

/** What a person does, as the use cases would ask for it; DomainError is what they are told. */
const acting = (matter: Matter, { act, unit, pick }: Act, now: Instant): Decision => {
  const open = openOf(matter);
  const { referral } = matter;
  const { dispute } = open;
  const name = pickOf(UNITS, unit);
  const other = pickOf(UNITS, pick);
  const why = { basis: 'b', reason: 'x' };
  const day = localDay(now);
  const people = (of: typeof speakersOf): readonly string[] => (dispute ? of(dispute, world.organisation, day) : []);
  switch (act) {
    case 'propose':
      return proposeHandover(referral, open, { id: newId(), to: name, reason: 'x' }, world, now);
    case 'accept':
      return acceptHandover(referral, open, { personId: 'p' }, world, now);
    case 'decline':
      return declineHandover(referral, open, { nextId: newId(), instead: name, ...why }, world, now);
    case 'withdraw':
      return withdrawHandover(referral, open, { reason: 'x' }, world, now);
    case 'acknowledge': {
      if (referral.status !== 'received') throw new DomainError('ILLEGAL_TRANSITION');
      const taken: Decision = {
        patch: { status: takenStatus(referral), handlerId: 'p', acknowledgedAt: now },
        facts: [],
        end: [{ kind: 'acknowledge', as: 'met' }],
      };
      return combine(taken, acknowledgedAfterSilence({ ...referral, ...taken.patch }, open, world, now));
    }
    case 'raise': {
      const by = pickOf(concernedUnits(referral, open), pick);
      return raiseDispute(referral, open, { id: newId(), unit: by, whose: name, ...why }, world, now);
    }
    case 'claim':
      return claim(referral, open, { unit: name, whose: other, personId: 'p', ...why }, world, now);
    case 'settle': {
      const personId = pickOf([...people(coordinatorsOf), ...people(speakersOf)], pick);
      return proposeSettlement(referral, open, { owner: name, personId, reason: 'x' }, world, now);
    }
    case 'agree':
      return agree(
        referral,
        open,
        { owner: dispute?.proposal?.owner ?? name, personId: pickOf(people(speakersOf), pick) },
        world,
        now,
      );
    case 'decide':
      return decideDispute(
        referral,
        open,
        { owner: name, personId: pickOf(people(decidersOf), pick), ...why },
        world,
        now,
      );
    case 'withdraw-dispute':
      return withdrawDispute(referral, open, { reason: 'x' }, world, now);
    case 'priority': {
      const changed = changePriority(referral, { acute: !referral.acute, reason: 'x' }, world, now);
      return changeDisputePriority(referral, changed, open, world, now);
    }
    case 'wait':
      return { patch: {}, facts: [] };
  }
};

/** The rules in words, told again from the tables alone. */
const holds = (matter: Matter, now: Instant): void => {
  const { referral, handovers, disputes, owners } = matter;
  const running = (kind: string): RunningClock[] => referral.clocks.filter((clock) => clock.kind === kind);
  // One owner, whom the history replays to; the two units differ only while it is provisional.
  expect(owners.at(-1)?.unit).toBe(referral.ownerUnit);
  expect(referral.provisionalRule !== null).toBe(referral.ownerUnit !== referral.responsibleUnit);
  // One open hand-over, with one clock of its own.
  const proposed = handovers.filter(({ state }) => state === 'proposed');
  expect(proposed.length).toBeLessThanOrEqual(1);
  expect(running('handover').map(({ subjectId }) => subjectId)).toEqual(proposed.map(({ id }) => id));
  expect(running('acknowledge')).toHaveLength(referral.status === 'received' ? 1 : 0);
  expect(running('opening').length + running('closing').length).toBeLessThanOrEqual(1);
  // One open dispute or escalation, with the one clock of its step.
  const open = disputes.filter(({ state }) => state === 'open');
  expect(open.length).toBeLessThanOrEqual(1);
  const ladder = referral.clocks.filter(({ kind }) => kind.startsWith('ladder.'));
  expect(ladder.map(({ kind, subjectId, dueAt }) => [kind, subjectId, String(dueAt)])).toEqual(
    open.map(({ id, step, stepEndsAt }) => [`ladder.${step}`, id, String(stepEndsAt)]),
  );
  const [present] = open;
  expect(present === undefined || present.acute === referral.acute).toBe(true);
  expect(present?.kind === 'dispute' ? present.parties.length >= 2 : true).toBe(true);
  // It is there exactly when the rules say so.
  const late = (kind: string): boolean => running(kind).some(({ dueAt }) => !isBefore(now, dueAt));
  if (late('acknowledge') || late('handover')) expect(present).toBeDefined();
  const [waiting] = proposed;
  if (waiting?.back && running('return-check').length === 0) expect(present?.kind).toBe('dispute');
  if (present?.kind === 'escalation') {
    const awaited =
      present.awaited === 'acknowledge' ? referral.status === 'received' : waiting?.id === present.handoverId;
    expect(awaited).toBe(true);
  }
  if (present?.kind === 'dispute' && present.raisedBy === null) {
    const about = handovers.find(({ id }) => id === present.handoverId);
    const refused = about?.state === 'declined';
    const cameBack = about?.state === 'proposed';
    expect(refused || cameBack).toBe(true);
  }
  // Statutory clocks run on.
  for (const kind of ['assess-24h', 'investigation']) {
    expect(running(kind)).toEqual(makeReferral().clocks.filter((clock) => clock.kind === kind));
  }
};

/** A refusal is a dispute when it names the proposer, or comes from a unit that was itself named instead. */
const refusalHolds = (before: Matter, instead: string, after: Matter): void => {
  const { handover, dispute } = openOf(before);
  const refused = handover ?? expect.fail();
  const present = openOf(after).dispute;
  const byRule = instead === refused.from || refused.chain.length > 0;
  expect(present?.kind === 'dispute').toBe(byRule || dispute?.kind === 'dispute');
  const next = after.handovers.find(({ state }) => state === 'proposed');
  expect(next?.to).toBe(byRule ? undefined : instead);
  expect(after.referral.ownerUnit === before.referral.ownerUnit || after.referral.acute).toBe(true);
};

const act = fc.record({
  act: fc.constantFrom(...ACTS),
  unit: fc.nat(3),
  pick: fc.nat(7),
  minutes: fc.oneof(fc.nat(90), fc.nat(90), fc.nat(2 * 24 * 60)),
});

test('whatever people do and however long they wait, one unit owns it and the rules say what is open', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), fc.boolean(), (acts, acute) => {
      let matter = matterOf(makeReferral(acute ? { acute } : {}));
      let now = RECEIVED;
      for (const one of acts) {
        now = now.add({ minutes: one.minutes });
        matter = lived(matter, now);
        try {
          const before = matter;
          matter = applied(matter, acting(matter, one, now), now);
          if (one.act === 'decline') refusalHolds(before, pickOf(UNITS, one.unit), matter);
          seen.set(one.act, (seen.get(one.act) ?? 0) + 1);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
        matter = lived(matter, now);
        holds(matter, now);
      }
    }),
    { numRuns: 400 },
  );
  // The sequences do reach every act, so that the property says something.
  expect([...seen.keys()].toSorted()).toEqual([...new Set(ACTS)].toSorted());
});
