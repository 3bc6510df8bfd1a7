import { expect, test } from 'vitest';
import { namedIn } from '#domain/matters-after.ts';
import { declined, proposedTo } from '#test/support/handovers.ts';
import { openOf } from '#test/support/matter.ts';

test('a unit that has declined a hand-over stands in what is open: a change of it concerns the referral', () => {
  const third = declined(proposedTo('bbu-valby'), 'bch-modtagelsen', '2026-11-04T09:00:00+01:00');
  expect(namedIn(openOf(third)).toSorted()).toEqual(['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen']);
});
