import { describe, expect, it } from 'vitest';
import { returnAtOpening, reviewAtClosing } from '#domain/closing.ts';
import { raiseDispute, withdrawDispute } from '#domain/dispute.ts';
import { provisionalOwner } from '#domain/provisional.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { instant, withOffset } from '#domain/time.ts';
import { applied, type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { assessedReferral, started, world } from '#test/support/referral.ts';

const at = instant;
const MONDAY = '2026-11-02T10:00:00+01:00';
const TUESDAY = '2026-11-03T10:00:00+01:00';
const WHY = { basis: '§ 1', reason: 'x' };
const raising = (matter: Matter, now = MONDAY, whose = 'bch-modtagelsen', unit = matter.referral.ownerUnit): Decision =>
  raiseDispute(matter.referral, openOf(matter), { id: 'd1', unit, whose, ...WHY }, world, at(now));
const disputed = (referral: Referral = assessedReferral(), now = MONDAY, whose?: string, owners?: string[]): Matter => {
  const matter = matterOf(referral, owners);
  return applied(matter, raising(matter, now, whose), at(now));
};

describe('who acts while it is in dispute', () => {
  const owners = ['bbu-norrebro', 'bbu-valby'];
  const atValby = (overrides: Partial<Referral> = {}): Referral =>
    assessedReferral({ ownerUnit: 'bbu-valby', responsibleUnit: 'bbu-valby', ...overrides });

  it.each<[string, Referral, string[], string, string]>([
    ['the present owner', atValby(), owners, TUESDAY, 'bbu-valby'],
    [
      'if it may not own what is running, the last that may',
      atValby({ ownerUnit: 'buf-modtagelse' }),
      [...owners, 'buf-modtagelse'],
      TUESDAY,
      'bbu-valby',
    ],
    ['acute: the unit first routed to', atValby({ acute: true }), owners, TUESDAY, 'bbu-norrebro'],
    [
      'acute while that is closed: the duty unit',
      atValby({ acute: true }),
      owners,
      '2026-11-03T16:00:00+01:00',
      'dognvagten',
    ],
  ])('%s', (_name, referral, history, now, expected) => {
    expect(provisionalOwner(referral, openOf(matterOf(referral, history)), world, at(now))).toBe(expected);
  });

  it('is marked where it is not the responsible unit, must acknowledge, and is no move that counts', () => {
    const decision = raising(matterOf(atValby({ acute: true }), owners), TUESDAY);
    expect(decision.move).toEqual({
      unit: 'bbu-norrebro',
      provisionalRule: 'dispute',
      reason: 'dispute',
      countsAsMove: false,
    });
    expect(decision.patch).not.toHaveProperty('responsibleUnit');
    expect(started(decision)).toMatchObject({ acknowledge: '2026-11-03T11:00:00+01:00' });
  });

  it('acute: the duty unit by night and the unit first routed to by day, until it has ended', () => {
    let matter = disputed(atValby({ acute: true }), TUESDAY, 'bch-modtagelsen', owners);
    const owned = (): string[] => [matter.referral.ownerUnit, matter.referral.provisionalRule ?? '-'];
    expect(owned()).toEqual(['bbu-norrebro', 'dispute']);
    const closing = matter.referral.clocks.find(({ kind }) => kind === 'closing')?.dueAt ?? expect.fail();
    expect(withOffset(closing)).toBe('2026-11-03T16:00:00+01:00');
    matter = applied(matter, reviewAtClosing(matter.referral, world, closing, openOf(matter)), closing);
    expect(owned()).toEqual(['dognvagten', 'dispute']);
    const opening = matter.referral.clocks.find(({ kind }) => kind === 'opening')?.dueAt ?? expect.fail();
    expect(withOffset(opening)).toBe('2026-11-04T08:00:00+01:00');
    matter = applied(matter, returnAtOpening(matter.referral, world, opening, openOf(matter)), opening);
    expect(owned()).toEqual(['bbu-norrebro', 'dispute']);
    const now = '2026-11-04T10:00:00+01:00';
    matter = applied(
      matter,
      withdrawDispute(matter.referral, openOf(matter), { reason: 'x' }, world, at(now)),
      at(now),
    );
    expect(owned()).toEqual(['bbu-valby', '-']);
    expect(matter.referral.clocks.filter(({ kind }) => kind === 'opening' || kind === 'closing')).toHaveLength(1);
  });

  it('placed for a matter that has ended: closing leaves it with the responsible unit', () => {
    const held = { ownerUnit: 'bbu-norrebro', provisionalRule: 'dispute', status: 'acknowledged' } as const;
    const referral = atValby({ acute: true, assessedAt: null, ...held });
    const closing = at('2026-11-03T16:00:00+01:00');
    const { patch } = reviewAtClosing(referral, world, closing, openOf(matterOf(referral, owners)));
    expect(patch).toMatchObject({ ownerUnit: 'dognvagten', responsibleUnit: 'bbu-valby' });
  });
});
