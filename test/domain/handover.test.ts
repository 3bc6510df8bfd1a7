import { describe, expect, it, test } from 'vitest';
import { acknowledge } from '#domain/acknowledge.ts';
import { proposeHandover, withdrawHandover } from '#domain/handover.ts';
import { namedBy } from '#domain/ownership.ts';
import { instant, T } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { accept, decline, declined, disputeOf, propose, proposedTo, TUESDAY } from '#test/support/handovers.ts';
import { applied, matterOf, openOf } from '#test/support/matter.ts';
import {
  assessedReferral,
  ended,
  makeReferral,
  refusal,
  runningClock,
  started,
  world,
} from '#test/support/referral.ts';

const at = instant;

describe('proposing', () => {
  it('asks the receiver within two workdays; the sender stays owner', () => {
    const decision = propose(matterOf(assessedReferral()), 'bbu-valby');
    expect(started(decision)).toEqual({ 'handover:h1': '2026-11-05T23:59:59+01:00' });
    expect([decision.move, decision.patch, decision.end]).toEqual([undefined, {}, undefined]);
    expect(decision.handovers?.[0]).toMatchObject({
      was: null,
      is: { from: 'bbu-norrebro', to: 'bbu-valby', state: 'proposed', back: false, chain: [] },
    });
    expect(decision.mails).toEqual([{ template: 'handover-proposed', to: { unit: 'bbu-valby' }, exempt: false }]);
  });

  it('within four hours when acute, whatever the hour', () => {
    const decision = propose(matterOf(assessedReferral({ acute: true })), 'bbu-valby', '2026-11-06T22:00:00+01:00');
    expect(started(decision)).toEqual({ 'handover:h1': '2026-11-07T02:00:00+01:00' });
    expect(decision.mails?.[0]?.exempt).toBe(true);
  });

  it.each([
    ['bbu-norrebro', 'own-unit'],
    ['nowhere', 'unknown-choice'],
    ['skole-norrebro', 'may-not-own'],
    ['buf-modtagelse', 'may-not-own'],
  ])('to %s: %s', (to, code) => {
    expect(refusal(() => propose(matterOf(assessedReferral()), to))).toBe(`INVALID to:${code}`);
  });

  it('an inquiry may go to a unit that may own inquiries only', () => {
    const inquiry = assessedReferral({ matter: 'inquiry', clocks: [] });
    expect(refusal(() => propose(matterOf(inquiry), 'buf-modtagelse'))).toBe('allowed');
  });

  it('not to a unit that has closed, nor to one that has not opened', () => {
    for (const [from, until] of [
      [null, '2026-11-03'],
      ['2026-11-04', null],
    ] as const) {
      const units = new Map(world.organisation.units);
      const valby = units.get('bbu-valby') ?? expect.fail();
      const validity = { from: from && T.PlainDate.from(from), until: until && T.PlainDate.from(until) };
      units.set('bbu-valby', { ...valby, validity });
      const other: World = { ...world, organisation: { ...world.organisation, units } };
      const { referral } = matterOf(assessedReferral());
      const input = { id: 'h1', to: 'bbu-valby', reason: 'x' };
      const act = () => proposeHandover(referral, openOf(matterOf(referral)), input, other, at(TUESDAY));
      expect(refusal(act)).toBe('INVALID to:unit-closed');
    }
  });

  it('one at a time, and not past an open dispute', () => {
    const matter = proposedTo('bbu-valby');
    expect(refusal(() => propose(matter, 'bbu-amager-ost'))).toBe('DUPLICATE');
    const inDispute = declined(matter, 'bbu-norrebro', '2026-11-04T09:00:00+01:00');
    expect(refusal(() => propose(inDispute, 'bbu-amager-ost'))).toBe('DUPLICATE');
  });
});

describe('accepting', () => {
  it('is acknowledging: owner, responsible and handler from now on, a move that counts', () => {
    const matter = proposedTo('bbu-valby', makeReferral());
    const decision = accept(matter, '2026-11-03T11:00:00+01:00');
    expect(decision.patch).toMatchObject({
      status: 'acknowledged',
      ownerUnit: 'bbu-valby',
      responsibleUnit: 'bbu-valby',
      provisionalRule: null,
      handlerId: 'caseworker-bbu-valby',
      acknowledgedAt: at('2026-11-03T11:00:00+01:00'),
    });
    expect(decision.move).toEqual({
      unit: 'bbu-valby',
      provisionalRule: null,
      reason: 'accepted',
      countsAsMove: true,
    });
    expect(ended(decision)).toEqual([
      'handover:h1 met',
      'return-check:h1 lapsed',
      'acknowledge met',
      'opening lapsed',
      'closing lapsed',
    ]);
    expect(started(decision)).toEqual({});
    expect(decision.timers).toMatchObject([{ kind: 'closing', dueAt: at('2026-11-03T16:00:00+01:00') }]);
  });

  it('leaves statutory clocks and what was begun as they are', () => {
    const examining = assessedReferral({
      status: 'examining',
      decision: 'investigation',
      examination: 'investigation',
    });
    const after = applied(
      proposedTo('bbu-valby', examining),
      accept(proposedTo('bbu-valby', examining), TUESDAY),
      at(TUESDAY),
    );
    expect(after.referral.status).toBe('examining');
    expect(after.referral.clocks).toContainEqual(runningClock('investigation'));
  });

  it('of a closed unit is still its own: somebody is there', () => {
    const matter = proposedTo('bbu-valby', assessedReferral({ acute: true }));
    expect(accept(matter, '2026-11-03T19:00:00+01:00').move?.unit).toBe('bbu-valby');
  });

  it('gives the assessment to the duty unit when the new owner has no opening hours left for it', () => {
    const matter = proposedTo('bbu-valby', makeReferral());
    const decision = accept(matter, '2026-11-03T08:30:00+01:00');
    expect(decision.patch.assessmentUnit).toBe('dognvagten');
    expect(decision.mails).toContainEqual({ template: 'assessment-task', to: { unit: 'dognvagten' }, exempt: true });
  });

  it('from the duty unit is no move that counts', () => {
    const night = makeReferral({ ownerUnit: 'dognvagten', provisionalRule: 'acute-while-closed', acute: true });
    const matter = proposedTo('bbu-valby', night, '2026-11-06T23:00:00+01:00');
    const decision = accept(matter, '2026-11-06T23:30:00+01:00');
    expect(decision.move).toMatchObject({ unit: 'bbu-valby', countsAsMove: false, provisionalRule: null });
  });

  it('twice, or after it was declined, withdrawn or overtaken, is refused', () => {
    const matter = proposedTo('bbu-valby');
    const twice = applied(matter, accept(matter, TUESDAY), at(TUESDAY));
    expect(refusal(() => accept(twice, TUESDAY))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => decline(twice, 'bbu-norrebro', TUESDAY))).toBe('ILLEGAL_TRANSITION');
    const back = withdrawHandover(matter.referral, openOf(matter), { reason: 'x' }, world, at(TUESDAY));
    expect(refusal(() => accept(applied(matter, back, at(TUESDAY)), TUESDAY))).toBe('ILLEGAL_TRANSITION');
  });

  it('routing does not take back at acknowledgement what an acceptance has given', () => {
    const matter = proposedTo('bbu-valby');
    const after = applied(matter, accept(matter, TUESDAY), at(TUESDAY));
    const named = namedBy(openOf(after).history);
    expect(named).toBe('acceptance');
    const again = { ...after.referral, status: 'received' as const };
    const routing = {
      matter: 'notification',
      child: { postalCode: '2200', age: 7, institution: null },
      senderUnit: null,
      need: null,
      known: null,
      at: at(TUESDAY),
    } as const;
    expect(acknowledge(again, { personId: 'p' }, routing, world, at(TUESDAY)).moved).toBe(true);
    expect(acknowledge(again, { personId: 'p' }, routing, world, at(TUESDAY), named).moved).toBe(false);
  });
});

describe('declining', () => {
  const NEXT_DAY = '2026-11-04T09:00:00+01:00';
  it('with a third unit named proposes the work to that unit at once', () => {
    const decision = decline(proposedTo('bbu-valby'), 'bch-modtagelsen', NEXT_DAY);
    expect(decision.disputes).toBeUndefined();
    expect(decision.handovers?.map(({ was, is }) => [was, is.from, is.to, is.state])).toEqual([
      ['proposed', 'bbu-norrebro', 'bbu-valby', 'declined'],
      [null, 'bbu-norrebro', 'bch-modtagelsen', 'proposed'],
    ]);
    expect(decision.handovers?.[1]?.is.chain).toEqual([
      { unit: 'bbu-valby', claim: 'not-mine', whose: 'bch-modtagelsen', basis: '§ 1' },
    ]);
    expect(started(decision)).toEqual({ 'handover:next': '2026-11-06T23:59:59+01:00' });
    expect(ended(decision)).toEqual(['handover:h1 met', 'return-check:h1 lapsed']);
    expect(decision.move).toBeUndefined();
  });

  it('with the proposer named raises a dispute between the two', () => {
    const decision = decline(proposedTo('bbu-valby'), 'bbu-norrebro', NEXT_DAY);
    expect(decision.handovers).toHaveLength(1);
    expect(decision.disputes?.[0]).toMatchObject({
      was: null,
      is: {
        kind: 'dispute',
        handoverId: 'h1',
        step: 1,
        raisedBy: null,
        parties: [
          { unit: 'bbu-norrebro', claim: 'not-mine', whose: 'bbu-valby' },
          { unit: 'bbu-valby', claim: 'not-mine', whose: 'bbu-norrebro', basis: '§ 1' },
        ],
      },
    });
    expect(started(decision)).toEqual({ 'ladder.1:next': '2026-11-06T23:59:59+01:00' });
    expect(decision.move).toBeUndefined();
  });

  it.each(['bbu-norrebro', 'bbu-valby', 'bbu-amager-ost'])(
    'when the unit named instead declines too (naming %s) raises a dispute of all three',
    (instead) => {
      const third = declined(proposedTo('bbu-valby'), 'bch-modtagelsen', NEXT_DAY, 'h2');
      const matter = declined(third, instead, '2026-11-05T09:00:00+01:00', 'd1');
      expect(disputeOf(matter)?.parties.map((party) => [party.unit, party.whose])).toEqual([
        ['bbu-norrebro', 'bbu-valby'],
        ['bbu-valby', 'bch-modtagelsen'],
        ['bch-modtagelsen', instead],
      ]);
      expect(matter.referral.ownerUnit).toBe('bbu-norrebro');
    },
  );

  it.each([
    ['bbu-valby', 'own-unit'],
    ['sof-stab', 'may-not-own'],
  ])('to say that it is %s is refused: %s', (instead, code) => {
    expect(refusal(() => decline(proposedTo('bbu-valby'), instead, NEXT_DAY))).toBe(`INVALID instead:${code}`);
  });

  it('the hand-over in dispute can still be accepted, which settles it', () => {
    const matter = declined(proposedTo('bbu-valby'), 'bbu-norrebro', NEXT_DAY, 'd1');
    const decision = accept(matter, '2026-11-05T09:00:00+01:00');
    expect(decision.move).toMatchObject({ unit: 'bbu-valby', countsAsMove: true });
    expect(decision.disputes?.[0]?.is.state).toBe('settled');
    expect(ended(decision)).toContain('ladder.1:d1 met');
    expect(decision.handovers).toMatchObject([{ was: 'declined', is: { state: 'accepted' } }]);
    expect(refusal(() => decline(matter, 'bbu-norrebro', NEXT_DAY))).toBe('ILLEGAL_TRANSITION');
  });

  it('never touches a statutory clock', () => {
    const { referral } = declined(proposedTo('bbu-valby', makeReferral()), 'bbu-norrebro', TUESDAY, 'd1');
    expect(referral.clocks).toEqual(
      expect.arrayContaining([runningClock('assess-24h'), runningClock('investigation'), runningClock('acknowledge')]),
    );
  });
});

describe('withdrawing', () => {
  it('the sender keeps it; the clock ends', () => {
    const matter = proposedTo('bbu-valby');
    const decision = withdrawHandover(matter.referral, openOf(matter), { reason: 'x' }, world, at(TUESDAY));
    expect(decision.handovers).toMatchObject([{ is: { state: 'withdrawn' } }]);
    expect(ended(decision)).toEqual(['handover:h1 lapsed', 'return-check:h1 lapsed']);
    expect(decision.move).toBeUndefined();
  });

  it('ends the dispute that the refusal led to', () => {
    const matter = declined(proposedTo('bbu-valby'), 'bbu-norrebro', TUESDAY, 'd1');
    const decision = withdrawHandover(matter.referral, openOf(matter), { reason: 'x' }, world, at(TUESDAY));
    expect(decision.disputes?.[0]?.is.state).toBe('withdrawn');
    expect(ended(decision)).toContain('ladder.1:d1 lapsed');
  });
});

test('reasons are sealed, never in the open part of a fact', () => {
  const facts = [
    propose(matterOf(assessedReferral()), 'bbu-valby'),
    decline(proposedTo('bbu-valby'), 'bbu-norrebro', TUESDAY),
  ].flatMap((decision) => decision.facts);
  expect(facts[0]?.sealed).toEqual({ text: 'flyttet' });
  expect(JSON.stringify(facts.map(({ data }) => data))).not.toContain('flyttet');
});
