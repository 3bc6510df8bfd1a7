import { expect, test } from 'vitest';
import { actorOf } from '#domain/actors.ts';
import { ACTS, isLegal } from '#domain/lifecycle.ts';
import type { Dispute } from '#domain/ownership.ts';
import { type Action, can } from '#domain/policy.ts';
import type { Subject } from '#domain/policy-relations.ts';
import { coordinatorsOf, decidersOf, speakersOf } from '#domain/speakers.ts';
import { instant, localDay } from '#domain/time.ts';
import { world } from '#test/support/referral.ts';

const { organisation } = world;
const at = instant('2026-11-03T10:00:00+01:00');
const day = localDay(at);
const PARTIES = ['bbu-norrebro', 'buf-modtagelse'];

/** What a use case tells the policy about a dispute: by the ladder's data, so that another ladder needs no new policy. */
const subject = (step: number): Subject => {
  const parties = PARTIES.map((unit) => ({ unit, claim: null, whose: null, basis: null }));
  const dispute: Pick<Dispute, 'acute' | 'step' | 'parties'> = { acute: false, step, parties };
  return {
    ownerUnit: 'bbu-norrebro',
    responsibleUnit: 'bbu-norrebro',
    senderUnit: 'bbu-norrebro',
    receiverUnit: 'buf-modtagelse',
    partyUnits: PARTIES,
    raisedBy: 'bbu-norrebro',
    speakers: speakersOf(dispute, organisation, day),
    deciders: decidersOf(dispute, organisation, day),
    coordinators: coordinatorsOf(dispute, organisation, day),
  };
};
const allowed = (action: Action, step: number): string[] =>
  [...organisation.people.values()]
    .filter((person) => {
      const actor = actorOf(person, organisation, at);
      return actor !== null && can(actor, action, subject(step));
    })
    .map(({ id }) => id)
    .toSorted();

const NORREBRO = ['caseworker', 'intake', 'professional-coordinator', 'team-leader'].map((r) => `${r}-bbu-norrebro`);
const BUF = ['intake-buf-modtagelse', 'team-leader-buf-modtagelse'];
const COORDINATORS = ['buf-sof-coordinator-buf-fagligt-center', 'buf-sof-coordinator-sof-stab'];
const CHIEFS = ['area-manager-bbu', 'centre-director-bbu', 'centre-director-buf-fagligt-center'];
const DIRECTORS = ['director-buf-fagligt-center', 'director-sof-stab'];

test.each<[Action, number, string[]]>([
  ['handover.propose', 1, NORREBRO],
  ['handover.accept', 1, BUF],
  ['handover.decline', 1, BUF],
  ['handover.withdraw', 1, NORREBRO],
  ['dispute.raise', 1, [...CHIEFS, ...NORREBRO, ...BUF]],
  ['dispute.claim', 1, [...CHIEFS, ...NORREBRO, ...BUF]],
  ['dispute.withdraw', 1, ['area-manager-bbu', 'centre-director-bbu', ...NORREBRO]],
  ['dispute.agree', 1, ['caseworker-bbu-norrebro', 'intake-bbu-norrebro', 'intake-buf-modtagelse']],
  ['dispute.agree', 2, ['team-leader-bbu-norrebro', 'team-leader-buf-modtagelse']],
  ['dispute.agree', 3, CHIEFS],
  ['dispute.agree', 4, DIRECTORS],
  ['dispute.propose-settlement', 2, [...COORDINATORS, 'team-leader-bbu-norrebro', 'team-leader-buf-modtagelse']],
  ['dispute.decide', 1, []],
  ['dispute.decide', 2, COORDINATORS],
  ['dispute.decide', 3, COORDINATORS],
  ['dispute.decide', 4, DIRECTORS],
  ['dispute.advance', 1, []],
  ['dispute.escalate', 1, []],
])('%s at step %i', (action, step, expected) => {
  expect(allowed(action, step)).toEqual(expected.toSorted());
});

test('every act on a hand-over or a dispute is legal while the referral is open, none once it is closed', () => {
  const acts = Object.keys(ACTS).filter((act) =>
    /handover|dispute|claim|settlement|agree|escalate|check-return/.test(act),
  );
  expect(acts).toHaveLength(13);
  for (const act of acts as (keyof typeof ACTS)[]) {
    expect(
      ['received', 'acknowledged', 'examining', 'decided', 'closed'].map((s) => isLegal(act, s as 'received')),
    ).toEqual([true, true, true, true, false]);
  }
});
