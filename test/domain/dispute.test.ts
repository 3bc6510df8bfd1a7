import { describe, expect, it, test } from 'vitest';
import { advanceDispute, changeDisputePriority, stepReminders } from '#domain/advance-dispute.ts';
import { claim, concernedUnits, raiseDispute, withdrawDispute } from '#domain/dispute.ts';
import { proposeHandover } from '#domain/handover.ts';
import { changePriority } from '#domain/priority.ts';
import type { Decision } from '#domain/referral.ts';
import { agree, decideDispute, dropOpenMatters, proposeSettlement } from '#domain/settlement.ts';
import { instant } from '#domain/time.ts';
import { disputed, steppedTo } from '#test/support/disputed.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { assessedReferral, ended, makeReferral, moved, refusal, started, world } from '#test/support/referral.ts';

const at = instant;
const MONDAY = '2026-11-02T10:00:00+01:00';
const TUESDAY = '2026-11-03T10:00:00+01:00';
const WHY = { basis: '§ 1', reason: 'x' };
const raising = (matter: Matter, now = MONDAY, whose = 'bch-modtagelsen', unit = matter.referral.ownerUnit): Decision =>
  raiseDispute(matter.referral, openOf(matter), { id: 'd1', unit, whose, ...WHY }, world, at(now));
const propose = (matter: Matter, owner: string, personId: string, now = TUESDAY): Decision =>
  proposeSettlement(matter.referral, openOf(matter), { owner, personId, reason: 'x' }, world, at(now));
const agreeing = (matter: Matter, owner: string, personId: string, now = TUESDAY): Decision =>
  agree(matter.referral, openOf(matter), { owner, personId }, world, at(now));
const decide = (matter: Matter, owner: string, personId: string, now = '2026-11-05T10:00:00+01:00'): Decision =>
  decideDispute(matter.referral, openOf(matter), { owner, personId, ...WHY }, world, at(now));
const COORDINATOR = 'buf-sof-coordinator-sof-stab';

describe('raised by hand', () => {
  it('by a party with a reason: step 1, both sides, and the coordinators from the first minute', () => {
    const decision = raising(matterOf(assessedReferral()));
    expect(decision.disputes?.[0]?.is).toMatchObject({
      kind: 'dispute',
      raisedBy: 'bbu-norrebro',
      handoverId: null,
      step: 1,
      parties: [
        { unit: 'bbu-norrebro', claim: 'not-mine', whose: 'bch-modtagelsen', basis: '§ 1' },
        { unit: 'bch-modtagelsen', claim: null },
      ],
    });
    expect(started(decision)).toEqual({ 'ladder.1:d1': '2026-11-04T23:59:59+01:00' });
    expect(decision.mails?.map(({ to }) => to)).toEqual(
      [
        'caseworker-bbu-norrebro',
        'intake-bbu-norrebro',
        'caseworker-bch-modtagelsen',
        'intake-bch-modtagelsen',
        COORDINATOR,
      ].map((person) => ({ person })),
    );
  });

  it('acute starts at step 2, at once also at night', () => {
    const matter = matterOf(assessedReferral({ acute: true }));
    expect(started(raising(matter))).toEqual({ 'ladder.2:d1': '2026-11-02T14:00:00+01:00' });
    expect(raising(matter).mails?.every(({ exempt }) => exempt)).toBe(true);
  });

  it('about an open hand-over, which it then holds', () => {
    const matter = matterOf(assessedReferral());
    const asked = proposeHandover(
      matter.referral,
      openOf(matter),
      { id: 'h1', to: 'bbu-valby', reason: 'x' },
      world,
      at(MONDAY),
    );
    const proposed = applied(matter, asked, at(MONDAY));
    expect(concernedUnits(proposed.referral, openOf(proposed))).toEqual(['bbu-norrebro', 'bbu-valby']);
    const { is } = raising(proposed, TUESDAY, 'bbu-norrebro', 'bbu-valby').disputes?.[0] ?? expect.fail();
    expect([is.handoverId, is.parties.map(({ unit }) => unit)]).toEqual(['h1', ['bbu-valby', 'bbu-norrebro']]);
  });

  it.each([
    ['by a unit that is not concerned', 'bbu-valby', 'bch-modtagelsen', 'INVALID unit:not-a-party'],
    ['by the owner about itself', 'bbu-norrebro', 'bbu-norrebro', 'INVALID whose:own-unit'],
    ['naming a unit that may not own it', 'bbu-norrebro', 'skole-valby', 'INVALID whose:may-not-own'],
  ])('%s is refused', (_name, unit, whose, expected) => {
    expect(refusal(() => raising(matterOf(assessedReferral()), MONDAY, whose, unit))).toBe(expected);
  });

  it('at most one is open', () => {
    expect(refusal(() => raising(disputed()))).toBe('DUPLICATE');
  });

  it('may be withdrawn by who raised it; one that a rule raised may not', () => {
    const matter = disputed();
    const withdraw = (m: Matter) => withdrawDispute(m.referral, openOf(m), { reason: 'x' }, world, at(TUESDAY));
    expect(withdraw(matter).disputes?.[0]?.is.state).toBe('withdrawn');
    expect(ended(withdraw(matter))).toEqual(['ladder.1:d1 lapsed']);
    const byRule = { ...matter, disputes: matter.disputes.map((one) => ({ ...one, raisedBy: null })) };
    expect(refusal(() => withdraw(byRule))).toBe('ILLEGAL_TRANSITION');
  });
});

test('claims: each party says whose it is, and ownership stays', () => {
  const matter = disputed();
  const claiming = (unit: string, whose: string): Decision =>
    claim(matter.referral, openOf(matter), { unit, whose, personId: 'p', ...WHY }, world, at(TUESDAY));
  const said = (unit: string, whose: string) => claiming(unit, whose).disputes?.[0]?.is.parties;
  expect(said('bch-modtagelsen', 'bch-modtagelsen')).toContainEqual({
    unit: 'bch-modtagelsen',
    claim: 'mine',
    whose: 'bch-modtagelsen',
    basis: '§ 1',
  });
  expect(said('bch-modtagelsen', 'bbu-valby')?.[1]).toMatchObject({ claim: 'not-mine', whose: 'bbu-valby' });
  expect(claiming('bbu-norrebro', 'bbu-valby').move).toBeUndefined();
  expect(refusal(() => claiming('bbu-valby', 'bbu-valby'))).toBe('INVALID unit:not-a-party');
});

describe('settling by agreement', () => {
  it('one holder binds the party; when every party has agreed, the owner moves', () => {
    const start = disputed();
    const proposal = propose(start, 'bch-modtagelsen', COORDINATOR);
    expect(proposal.disputes?.[0]?.is).toMatchObject({ state: 'open', proposal: { agreed: [], by: COORDINATOR } });
    const one = applied(start, proposal, at(TUESDAY));
    const first = agreeing(one, 'bch-modtagelsen', 'intake-bbu-norrebro');
    expect(first.disputes?.[0]?.is).toMatchObject({ state: 'open', proposal: { agreed: ['bbu-norrebro'] } });
    expect(first.move).toBeUndefined();
    const last = agreeing(applied(one, first, at(TUESDAY)), 'bch-modtagelsen', 'caseworker-bch-modtagelsen');
    expect(last.disputes?.[0]?.is.state).toBe('settled');
    expect(last.move).toMatchObject({ unit: 'bch-modtagelsen', reason: 'agreed', countsAsMove: true });
    expect(last.patch).toMatchObject({ status: 'received', responsibleUnit: 'bch-modtagelsen', handlerId: null });
    expect(started(last)).toEqual({ acknowledge: '2026-11-04T23:59:59+01:00' });
    expect(ended(last)).toContain('ladder.1:d1 met');
  });

  it('who speaks for every party settles alone', () => {
    const matter = steppedTo(3, disputed(assessedReferral(), MONDAY, 'bbu-valby'));
    const decision = propose(matter, 'bbu-valby', 'area-manager-bbu', '2026-11-10T10:00:00+01:00');
    expect(decision.disputes).toMatchObject([{ is: { state: 'settled' } }]);
    expect(decision.move?.unit).toBe('bbu-valby');
  });

  it.each([
    ['somebody of another step', 'bch-modtagelsen', 'team-leader-bbu-norrebro', 'OUT_OF_SCOPE'],
    ['a coordinator, who only proposes', 'bch-modtagelsen', COORDINATOR, 'OUT_OF_SCOPE'],
    ['another unit than is proposed', 'bbu-valby', 'intake-bbu-norrebro', 'STALE'],
  ])('%s is refused', (_name, owner, personId, expected) => {
    const matter = applied(disputed(), propose(disputed(), 'bch-modtagelsen', COORDINATOR), at(TUESDAY));
    expect(refusal(() => agreeing(matter, owner, personId))).toBe(expected);
  });

  it('a new proposal takes the agreements of the old one with it', () => {
    const start = disputed();
    const one = applied(start, propose(start, 'bch-modtagelsen', 'intake-bbu-norrebro'), at(TUESDAY));
    expect(openOf(one).dispute?.proposal?.agreed).toEqual(['bbu-norrebro']);
    const other = propose(one, 'bbu-norrebro', 'intake-bch-modtagelsen').disputes?.[0]?.is.proposal;
    expect(other).toMatchObject({ owner: 'bbu-norrebro', agreed: ['bch-modtagelsen'] });
  });

  it('nothing proposed, or a unit that may not own: refused', () => {
    expect(refusal(() => agreeing(disputed(), 'bbu-valby', 'intake-bbu-norrebro'))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => propose(disputed(), 'sof-stab', COORDINATOR))).toBe('INVALID owner:may-not-own');
  });
});

describe('deciding', () => {
  it.each<[number, string, string]>([
    [1, COORDINATOR, 'OUT_OF_SCOPE'],
    [2, COORDINATOR, 'allowed'],
    [2, 'team-leader-bbu-norrebro', 'OUT_OF_SCOPE'],
    [3, COORDINATOR, 'allowed'],
    [3, 'buf-sof-coordinator-buf-fagligt-center', 'OUT_OF_SCOPE'],
    [4, COORDINATOR, 'OUT_OF_SCOPE'],
    [4, 'director-sof-stab', 'allowed'],
    [4, 'director-buf-fagligt-center', 'OUT_OF_SCOPE'],
  ])('at step %i by %s: %s', (step, personId, expected) => {
    expect(refusal(() => decide(steppedTo(step, disputed()), 'bch-modtagelsen', personId))).toBe(expected);
  });

  it('the first decision stands', () => {
    const matter = steppedTo(2, disputed());
    const first = decide(matter, 'bch-modtagelsen', COORDINATOR);
    const after = applied(matter, first, at('2026-11-05T10:00:00+01:00'));
    expect(refusal(() => decide(after, 'bbu-norrebro', COORDINATOR))).toBe('ILLEGAL_TRANSITION');
    expect(first.mails).toContainEqual({ template: 'dispute-settled', to: { unit: 'bbu-norrebro' }, exempt: false });
  });

  it('naming the owner changes nothing but the dispute', () => {
    const decision = decide(steppedTo(2, disputed()), 'bbu-norrebro', COORDINATOR);
    expect([decision.patch, decision.move]).toEqual([{}, undefined]);
    expect(decision.disputes?.[0]?.is.state).toBe('settled');
  });

  it('acute at night: the named unit is responsible, the duty unit acts until it opens', () => {
    const matter = disputed(assessedReferral({ acute: true }), '2026-11-06T22:10:00+01:00');
    const decision = decide(matter, 'bch-modtagelsen', COORDINATOR, '2026-11-06T23:00:00+01:00');
    expect(decision.patch).toMatchObject({ responsibleUnit: 'bch-modtagelsen', ownerUnit: 'dognvagten' });
    expect(decision.timers).toMatchObject([{ kind: 'opening', dueAt: at('2026-11-09T08:00:00+01:00') }]);
  });
});

describe('the ladder climbs by itself', () => {
  it('at the instants of the ladder, with notice to the new step', () => {
    const matter = disputed();
    const early = advanceDispute(openOf(matter), world, at('2026-11-04T23:59:58+01:00'));
    expect([early.next.do, early.disputes]).toEqual(['wait', undefined]);
    const decision = advanceDispute(openOf(matter), world, at('2026-11-04T23:59:59+01:00'));
    expect(decision.disputes?.[0]?.is).toMatchObject({ step: 2, stepStartedAt: at('2026-11-04T23:59:59+01:00') });
    expect(started(decision)).toEqual({ 'ladder.2:d1': '2026-11-09T23:59:59+01:00' });
    expect(ended(decision)).toEqual(['ladder.1:d1 lapsed']);
    expect(decision.mails?.[0]).toEqual({
      template: 'step-begun',
      to: { person: 'team-leader-bbu-norrebro' },
      exempt: false,
    });
    expect(decision.facts[0]?.data).toMatchObject({ step: 2, from: 1, outage: null });
  });

  it('an outage is recorded', () => {
    const { facts } = advanceDispute(openOf(disputed()), world, at('2026-11-06T09:00:00+01:00'));
    const outage = { from: '2026-11-04T23:59:59+01:00', until: '2026-11-06T09:00:00+01:00' };
    expect(facts[0]?.data).toMatchObject({ outage, startsAt: outage.until });
  });

  it('after the last step everybody of it is reminded and nothing changes', () => {
    const matter = steppedTo(4, disputed());
    const { dispute } = openOf(matter);
    const end = dispute?.stepEndsAt ?? expect.fail();
    const { next, disputes } = advanceDispute(openOf(matter), world, end);
    expect([next.do, disputes]).toEqual(['remind', undefined]);
    const mails = stepReminders(dispute ?? expect.fail(), { deadlineId: 'x', stage: 'after' }, world, end);
    expect(mails.map(({ to }) => to)).toEqual([{ person: 'director-sof-stab' }]);
  });

  it('a change of priority moves the ladder with the referral', () => {
    const matter = applied(disputed(), { patch: {}, facts: [] }, at(MONDAY));
    const { referral } = matter;
    const change = (m: Matter, acute: boolean, now: string): Decision => {
      const changed = changePriority(m.referral, { acute, reason: 'x' }, world, at(now));
      return changeDisputePriority(m.referral, changed, openOf(m), world, at(now));
    };
    const acute = change(matter, true, TUESDAY);
    expect(started(acute)).toEqual({ 'ladder.2:d1': '2026-11-03T14:00:00+01:00' });
    expect(ended(acute)).toContain('ladder.1:d1 lapsed');
    const back = change(applied(matter, acute, at(TUESDAY)), false, '2026-11-03T11:00:00+01:00');
    expect(moved(back)).toEqual({ 'ladder.2:d1': '2026-11-06T23:59:59+01:00' });
    expect(referral.acute).toBe(false);
  });
});

test('what is open is withdrawn when ownership moves for another reason', () => {
  const matter = disputed(makeReferral());
  const decision = dropOpenMatters(openOf(matter), world, at(TUESDAY));
  expect(decision.disputes?.[0]?.is.state).toBe('withdrawn');
  expect(dropOpenMatters(openOf(matterOf(makeReferral())), world, at(TUESDAY))).toEqual({ patch: {}, facts: [] });
});
