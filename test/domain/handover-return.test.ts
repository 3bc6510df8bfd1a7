import { describe, expect, it } from 'vitest';
import { raiseDispute, withdrawDispute } from '#domain/dispute.ts';
import { checkReturn } from '#domain/handover.ts';
import { hasLeft } from '#domain/ownership.ts';
import { instant } from '#domain/time.ts';
import { accept, declined, disputeOf, propose, proposedTo, TUESDAY } from '#test/support/handovers.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { assessedReferral, ended, RECEIVED, refusal, world } from '#test/support/referral.ts';

const at = instant;

describe('proposed back to a unit that has left it', () => {
  const owners = ['bbu-norrebro', 'bbu-valby'];
  const atValby = assessedReferral({ ownerUnit: 'bbu-valby', responsibleUnit: 'bbu-valby' });
  const back = (now: string): Matter => proposedTo('bbu-norrebro', atValby, now, owners);

  it.each([
    [TUESDAY, '2026-11-03T14:00:00+01:00'],
    ['2026-11-03T15:00:00+01:00', '2026-11-04T11:00:00+01:00'],
    ['2026-11-06T14:00:00+01:00', '2026-11-09T11:00:00+01:00'],
    ['2026-12-23T15:00:00+01:00', '2026-12-28T11:00:00+01:00'],
  ])('proposed %s: accepted by %s or in dispute', (now, due) => {
    expect(propose(matterOf(atValby, owners), 'bbu-norrebro', now).timers).toMatchObject([
      { kind: 'return-check', subjectId: 'h1', dueAt: at(due) },
    ]);
    const matter = back(now);
    const decision = checkReturn(matter.referral, openOf(matter), { handoverId: 'h1', id: 'd1' }, world, at(due));
    expect(decision.disputes?.[0]?.is).toMatchObject({
      kind: 'dispute',
      handoverId: 'h1',
      parties: [
        { unit: 'bbu-valby', claim: 'not-mine', whose: 'bbu-norrebro' },
        { unit: 'bbu-norrebro', claim: null },
      ],
    });
    expect(ended(decision)).toEqual(['return-check:h1 met']);
  });

  it('nothing happens when it has been answered', () => {
    const matter = back(TUESDAY);
    const now = at('2026-11-03T14:00:00+01:00');
    const check = (m: Matter) => checkReturn(m.referral, openOf(m), { handoverId: 'h1', id: 'd1' }, world, now);
    expect(check(applied(matter, accept(matter, TUESDAY), at(TUESDAY))).disputes).toBeUndefined();
    expect(check(declined(matter, 'bch-modtagelsen', TUESDAY)).disputes).toBeUndefined();
    expect(check(declined(matter, 'bbu-valby', TUESDAY)).disputes).toBeUndefined();
  });

  it('in dispute by hand when its time is over: nobody takes that back while the hand-over waits', () => {
    const waiting = back(TUESDAY);
    const raised = { id: 'd1', unit: 'bbu-valby', whose: 'bbu-norrebro', basis: '§ 1', reason: 'x' };
    const matter = applied(
      waiting,
      raiseDispute(waiting.referral, openOf(waiting), raised, world, at(TUESDAY)),
      at(TUESDAY),
    );
    const withdraw = (m: Matter) => withdrawDispute(m.referral, openOf(m), { reason: 'x' }, world, at(TUESDAY));
    expect(withdraw(matter).disputes?.[0]?.is.state).toBe('withdrawn');
    const now = at('2026-11-03T14:00:00+01:00');
    const check = checkReturn(matter.referral, openOf(matter), { handoverId: 'h1', id: 'd2' }, world, now);
    expect(refusal(() => withdraw(applied(matter, check, now)))).toBe('ILLEGAL_TRANSITION');
  });

  it('refused in the dispute: a third unit is asked at once, and its acceptance settles', () => {
    const matter = back(TUESDAY);
    const now = at('2026-11-03T14:00:00+01:00');
    const check = checkReturn(matter.referral, openOf(matter), { handoverId: 'h1', id: 'd1' }, world, now);
    const third = declined(applied(matter, check, now), 'bch-modtagelsen', '2026-11-03T15:00:00+01:00', 'h2');
    expect(disputeOf(third)).toMatchObject({ id: 'd1', handoverId: 'h2' });
    expect(openOf(third).handover).toMatchObject({ id: 'h2', to: 'bch-modtagelsen', state: 'proposed' });
    expect(accept(third, '2026-11-03T15:30:00+01:00').disputes?.[0]?.is.state).toBe('settled');
    const all = declined(third, 'bbu-valby', '2026-11-03T15:30:00+01:00');
    expect(
      disputeOf(all)
        ?.parties.map((party) => party.unit)
        .toSorted(),
    ).toEqual(['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen']);
  });

  it('only a move that counts is leaving', () => {
    const row = (name: string, countsAsMove: boolean) => ({ unit: name, reason: 'x', countsAsMove });
    const left = (...owned: ReturnType<typeof row>[]) =>
      hasLeft('bbu-norrebro', { owners: owned, firstRouted: 'bbu-norrebro', parts: {} }, world.organisation, RECEIVED);
    expect(left(row('bbu-norrebro', false), row('bbu-valby', true))).toBe(true);
    expect(left(row('bbu-norrebro', false), row('bbu-valby', false))).toBe(false);
    expect(left(row('bbu-norrebro', false), row('dognvagten', false), row('bbu-norrebro', false))).toBe(false);
    expect(left(row('bbu-norrebro', false), row('bbu-valby', true), row('dognvagten', false))).toBe(true);
    expect(left(row('bbu-valby', false), row('bbu-norrebro', true))).toBe(false);
  });
});
