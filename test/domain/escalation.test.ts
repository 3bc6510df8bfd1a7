import { describe, expect, it } from 'vitest';
import { advanceDispute } from '#domain/advance-dispute.ts';
import { raiseDispute } from '#domain/dispute.ts';
import { acknowledgedAfterSilence, escalate } from '#domain/escalation.ts';
import { checkReturn, proposeHandover, withdrawHandover } from '#domain/handover.ts';
import { acceptHandover, declineHandover } from '#domain/handover-answer.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { agree, decideDispute, proposeSettlement } from '#domain/settlement.ts';
import { instant, withOffset } from '#domain/time.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
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
/** Acknowledgement of a referral received Monday 09:00 is due Tuesday 23:59:59. */
const ACK_DUE = '2026-11-03T23:59:59+01:00';
const HANDOVER_DUE = '2026-11-04T23:59:59+01:00';
const silence = (matter: Matter, awaited: 'acknowledge' | 'handover', now: string): Decision | null =>
  escalate(matter.referral, openOf(matter), { awaited, id: 'e1' }, world, at(now));
const escalated = (matter: Matter, awaited: 'acknowledge' | 'handover', now: string): Matter =>
  applied(matter, silence(matter, awaited, now) ?? expect.fail(), at(now));
const proposed = (referral: Referral = assessedReferral(), owners?: string[]): Matter => {
  const matter = matterOf(referral, owners);
  const input = { id: 'h1', to: 'bbu-valby', reason: 'x' };
  const now = at('2026-11-02T10:00:00+01:00');
  return applied(matter, proposeHandover(matter.referral, openOf(matter), input, world, now), now);
};
/** What ends by somebody's having acknowledged it. */
const taken = (matter: Matter, now: string, handlerId = 'p'): Decision => {
  const after: Referral = { ...matter.referral, status: 'acknowledged', handlerId, acknowledgedAt: at(now) };
  return acknowledgedAfterSilence(after, openOf(matter), world, at(now));
};
const state = (decision: Decision | undefined | null) => decision?.disputes?.map(({ is }) => [is.kind, is.state]);
const decline = (matter: Matter, instead: string, now: string): Decision =>
  declineHandover(
    matter.referral,
    openOf(matter),
    { nextId: 'next', instead, basis: 'b', reason: 'x' },
    world,
    at(now),
  );

describe('silence about the acknowledgement', () => {
  it('escalates at the end of its clock, not before; its party is the silent unit', () => {
    const matter = matterOf(makeReferral());
    expect(silence(matter, 'acknowledge', '2026-11-03T23:59:58+01:00')).toBeNull();
    const decision = silence(matter, 'acknowledge', ACK_DUE);
    expect(decision?.disputes?.[0]?.is).toMatchObject({
      kind: 'escalation',
      awaited: 'acknowledge',
      step: 1,
      parties: [{ unit: 'bbu-norrebro', claim: null }],
    });
    expect(started(decision ?? expect.fail())).toEqual({ 'ladder.1:e1': '2026-11-05T23:59:59+01:00' });
    expect(decision?.move).toBeUndefined();
  });

  it('acute: after the hour, on the acute ladder from step 2', () => {
    const referral = makeReferral({ acute: true, clocks: [runningClock('acknowledge', undefined, { acute: true })] });
    const decision = silence(matterOf(referral), 'acknowledge', '2026-11-02T10:00:00+01:00');
    expect(started(decision ?? expect.fail())).toEqual({ 'ladder.2:e1': '2026-11-02T14:00:00+01:00' });
  });

  it('not once it is acknowledged', () => {
    expect(silence(matterOf(assessedReferral()), 'acknowledge', ACK_DUE)).toBeNull();
  });

  it('ends when the unit acknowledges', () => {
    const matter = escalated(matterOf(makeReferral()), 'acknowledge', ACK_DUE);
    const decision = taken(matter, '2026-11-04T09:00:00+01:00');
    expect([state(decision), ended(decision), decision.move]).toEqual([
      [['escalation', 'settled']],
      ['ladder.1:e1 met'],
      undefined,
    ]);
    expect(state(taken(matterOf(makeReferral()), ACK_DUE))).toBeUndefined();
  });

  const acuteAtValby = (now: string): Matter => {
    const clocks = [runningClock('acknowledge', at(now), { acute: true })];
    const held = { ownerUnit: 'bbu-valby', responsibleUnit: 'bbu-valby', acute: true, clocks };
    return matterOf(makeReferral(held), ['bbu-norrebro', 'bbu-valby']);
  };
  const heldBy = ({ referral }: Matter) => [referral.ownerUnit, referral.responsibleUnit, referral.provisionalRule];

  it('acute: whoever held it meanwhile takes it, and the responsible unit has it again, with its own hour', () => {
    const due = '2026-11-03T11:00:00+01:00';
    const matter = escalated(acuteAtValby('2026-11-03T10:00:00+01:00'), 'acknowledge', due);
    expect(heldBy(matter)).toEqual(['bbu-norrebro', 'bbu-valby', 'dispute']);
    const decision = taken(matter, '2026-11-03T11:20:00+01:00');
    expect(heldBy(applied(matter, decision, at('2026-11-03T11:20:00+01:00')))).toEqual([
      'bbu-valby',
      'bbu-valby',
      null,
    ]);
    expect(started(decision)).toMatchObject({ acknowledge: '2026-11-03T12:20:00+01:00' });
    expect(ended(decision)).not.toContain('acknowledge lapsed');
  });

  it('acute, by night: the duty unit that takes it has taken it, and keeps it until the responsible unit opens', () => {
    const due = '2026-11-03T16:30:00+01:00';
    const matter = escalated(acuteAtValby('2026-11-03T15:30:00+01:00'), 'acknowledge', due);
    expect(heldBy(matter)).toEqual(['dognvagten', 'bbu-valby', 'dispute']);
    const now = '2026-11-03T16:40:00+01:00';
    const decision = taken(matter, now, 'duty');
    expect(heldBy(applied(matter, decision, at(now)))).toEqual(['dognvagten', 'bbu-valby', 'acute-while-closed']);
    expect([decision.start, decision.patch.status, decision.patch.handlerId]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(decision.facts.at(-1)).toMatchObject({ kind: 'owned', data: { unit: 'dognvagten', handler: 'duty' } });
    expect(decision.timers).toMatchObject([{ kind: 'opening', dueAt: at('2026-11-04T08:00:00+01:00') }]);
  });

  it('ends when another unit accepts it', () => {
    const matter = escalated(proposed(makeReferral()), 'acknowledge', ACK_DUE);
    const decision = acceptHandover(matter.referral, openOf(matter), { personId: 'p' }, world, at(ACK_DUE));
    expect(state(decision)).toEqual([['escalation', 'settled']]);
  });

  it('climbs like a dispute and ends when a decider names the owner, who then has the time again', () => {
    let matter = escalated(matterOf(makeReferral()), 'acknowledge', ACK_DUE);
    const end = openOf(matter).dispute?.stepEndsAt ?? expect.fail();
    matter = applied(matter, advanceDispute(openOf(matter), world, end), end);
    const personId = 'buf-sof-coordinator-sof-stab';
    const now = at('2026-11-06T10:00:00+01:00');
    const decide = (owner: string): Decision =>
      decideDispute(matter.referral, openOf(matter), { owner, personId, basis: 'b', reason: 'x' }, world, now);
    expect(started(decide('bbu-norrebro'))).toEqual({ acknowledge: '2026-11-09T23:59:59+01:00' });
    expect(decide('bbu-norrebro').move).toBeUndefined();
    expect(decide('bbu-valby').move).toMatchObject({ unit: 'bbu-valby', reason: 'decided' });
    expect(silence(applied(matter, decide('bbu-norrebro'), now), 'acknowledge', withOffset(now))).toBeNull();
  });

  it('is nothing to agree about', () => {
    const { referral, ...rest } = escalated(matterOf(makeReferral()), 'acknowledge', ACK_DUE);
    const open = openOf({ referral, ...rest });
    const input = { owner: 'bbu-valby', personId: 'intake-bbu-norrebro', reason: 'x' };
    expect(refusal(() => agree(referral, open, input, world, at(ACK_DUE)))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => proposeSettlement(referral, open, input, world, at(ACK_DUE)))).toBe('ILLEGAL_TRANSITION');
  });

  it('the next owner that is silent too joins the ladder that has begun', () => {
    const matter = escalated(matterOf(makeReferral()), 'acknowledge', ACK_DUE);
    const moved = { ...matter, referral: { ...matter.referral, ownerUnit: 'bbu-valby', responsibleUnit: 'bbu-valby' } };
    const decision = silence(moved, 'acknowledge', '2026-11-05T09:00:00+01:00');
    expect(decision?.disputes?.[0]?.is.parties.map(({ unit }) => unit)).toEqual(['bbu-norrebro', 'bbu-valby']);
    expect(decision?.start).toBeUndefined();
    expect(silence(matter, 'acknowledge', '2026-11-05T09:00:00+01:00')).toBeNull();
  });
});

describe('silence about a hand-over', () => {
  it('escalates the receiver; the sender stays owner', () => {
    const matter = proposed();
    expect(silence(matter, 'handover', '2026-11-04T23:59:58+01:00')).toBeNull();
    const decision = silence(matter, 'handover', HANDOVER_DUE);
    expect(decision?.disputes?.[0]?.is).toMatchObject({
      kind: 'escalation',
      awaited: 'handover',
      handoverId: 'h1',
      parties: [{ unit: 'bbu-valby' }],
    });
    expect([decision?.move, decision?.patch]).toEqual([undefined, {}]);
  });

  it('acute: the sender stays owner too', () => {
    const acute = assessedReferral({ acute: true, ownerUnit: 'bbu-amager-ost', responsibleUnit: 'bbu-amager-ost' });
    const decision = silence(
      proposed(acute, ['bbu-norrebro', 'bbu-amager-ost']),
      'handover',
      '2026-11-02T14:00:00+01:00',
    );
    expect([state(decision), decision?.move]).toEqual([[['escalation', 'open']], undefined]);
  });

  it('ends with the answer, whichever it is', () => {
    const matter = escalated(proposed(), 'handover', HANDOVER_DUE);
    const now = '2026-11-05T09:00:00+01:00';
    const accept = acceptHandover(matter.referral, openOf(matter), { personId: 'p' }, world, at(now));
    expect(state(accept)).toEqual([['escalation', 'settled']]);
    expect(state(decline(matter, 'bch-modtagelsen', now))).toEqual([['escalation', 'settled']]);
    expect(state(decline(matter, 'bbu-norrebro', now))).toEqual([
      ['escalation', 'settled'],
      ['dispute', 'open'],
    ]);
    const withdraw = withdrawHandover(matter.referral, openOf(matter), { reason: 'x' }, world, at(now));
    expect(state(withdraw)).toEqual([['escalation', 'withdrawn']]);
  });

  it('a hand-over in dispute does not escalate', () => {
    const matter = proposed();
    const input = { id: 'd1', unit: 'bbu-valby', whose: 'bbu-norrebro', basis: 'b', reason: 'x' };
    const now = at('2026-11-03T10:00:00+01:00');
    const inDispute = applied(matter, raiseDispute(matter.referral, openOf(matter), input, world, now), now);
    expect(silence(inDispute, 'handover', HANDOVER_DUE)).toBeNull();
  });
});

describe('silence that turns into a dispute', () => {
  it('keeps its step: work proposed back at 15:00, acute, silent at 19:00, in dispute at 11:00', () => {
    const owners = ['bbu-valby', 'bbu-norrebro'];
    const start = matterOf(assessedReferral({ acute: true }), owners);
    const asked = at('2026-11-03T15:00:00+01:00');
    const input = { id: 'h1', to: 'bbu-valby', reason: 'x' };
    let matter = applied(start, proposeHandover(start.referral, openOf(start), input, world, asked), asked);
    matter = escalated(matter, 'handover', '2026-11-03T19:00:00+01:00');
    const end = openOf(matter).dispute?.stepEndsAt ?? expect.fail();
    matter = applied(matter, advanceDispute(openOf(matter), world, end), end);
    const check = at('2026-11-04T11:00:00+01:00');
    const decision = checkReturn(matter.referral, openOf(matter), { handoverId: 'h1', id: 'd1' }, world, check);
    expect(decision.disputes).toMatchObject([
      { was: 'open', is: { id: 'e1', kind: 'dispute', step: 3, awaited: null } },
    ]);
    expect(started(decision)).not.toHaveProperty('ladder.2:d1');
    expect(decision.disputes?.[0]?.is.parties.map(({ unit }) => unit)).toEqual(['bbu-norrebro', 'bbu-valby']);
  });

  it('also when the unit named instead is the proposer while its own acknowledgement is late', () => {
    const matter = escalated(proposed(makeReferral()), 'acknowledge', ACK_DUE);
    const decision = decline(matter, 'bbu-norrebro', '2026-11-04T09:00:00+01:00');
    expect(state(decision)).toEqual([['dispute', 'open']]);
    expect(decision.disputes?.[0]?.is.id).toBe('e1');
  });
});
