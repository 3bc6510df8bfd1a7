import { expect, test } from 'vitest';
import { raiseDispute } from '#domain/dispute.ts';
import { followUnit } from '#domain/follow-unit.ts';
import { namedIn } from '#domain/matters-after.ts';
import { instant } from '#domain/time.ts';
import { declined, disputeOf, proposedTo } from '#test/support/handovers.ts';
import { applied, matterOf, openOf } from '#test/support/matter.ts';
import { assessedReferral, world } from '#test/support/referral.ts';

test('a unit that has declined a hand-over stands in what is open: a change of it concerns the referral', () => {
  const third = declined(proposedTo('bbu-valby'), 'bch-modtagelsen', '2026-11-04T09:00:00+01:00');
  expect(namedIn(openOf(third)).toSorted()).toEqual(['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen']);
});

test('two sides merge while a third is responsible: one line of the journal for the one row of ownership', () => {
  const at = instant('2026-11-03T10:00:00+01:00');
  const referral = assessedReferral({ ownerUnit: 'bbu-norrebro', responsibleUnit: 'bch-modtagelsen' });
  const held = { ...referral, provisionalRule: 'dispute' } as const;
  const input = { id: 'd1', unit: 'bbu-norrebro', whose: 'bbu-valby', basis: '§ 1', reason: 'x' };
  const matter = applied(matterOf(held), raiseDispute(held, openOf(matterOf(held)), input, world, at), at);
  const to = (unit: string): string => (unit === 'bbu-norrebro' ? 'bbu-valby' : unit);
  const following = { change: 'c', what: 'merge', to, parts: {}, handler: null } as const;
  const decision = followUnit(matter.referral, openOf(matter), following, world, at);
  expect(decision?.move).toMatchObject({ unit: 'bbu-valby', provisionalRule: null });
  expect(decision?.facts.filter(({ kind }) => kind === 'owned').map(({ data }) => data)).toEqual([
    expect.objectContaining({ unit: 'bbu-valby', provisionalRule: null }),
  ]);
});

test('who takes over a unit that declined, and declines as well, is one side of what comes of it', () => {
  const at = '2026-11-04T09:00:00+01:00';
  const third = declined(proposedTo('bbu-amager-ost'), 'bbu-valby', at);
  const to = (unit: string): string => (unit === 'bbu-amager-ost' ? 'bbu-valby' : unit);
  const following = { change: 'c', what: 'close', to, parts: {}, handler: null } as const;
  const change = followUnit(third.referral, openOf(third), following, world, instant(at)) ?? expect.fail();
  const disputed = declined(applied(third, change, instant(at)), 'bbu-city-osterbro', at, 'd1');
  expect(disputeOf(disputed)?.parties.map(({ unit, whose }) => [unit, whose])).toEqual([
    ['bbu-norrebro', 'bbu-valby'],
    ['bbu-valby', 'bbu-city-osterbro'],
  ]);
});
