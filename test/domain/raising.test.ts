import { describe, expect, test } from 'vitest';
import { raiseDispute } from '#domain/dispute.ts';
import type { Referral } from '#domain/referral.ts';
import { type Matter, matterOf, openOf } from '#test/support/matter.ts';
import { type Row, SENTENCES } from '#test/support/raising-table.ts';
import { assessedReferral, makeReferral, RECEIVED, refusal, runningClock, world } from '#test/support/referral.ts';
import { afterStory, openNow, when } from '#test/support/told-story.ts';

const referralOf = ({ from = 'taken', acute }: Row): Referral => {
  if (from === 'taken') return assessedReferral(acute ? { acute } : {});
  const clocks = [runningClock('acknowledge', RECEIVED, { acute: acute === true })];
  return makeReferral({ clocks, ...(acute ? { acute } : {}), assessedAt: RECEIVED });
};

const begun = (row: Row): Matter => {
  const matter = matterOf(referralOf(row));
  const owners = row.owners?.map(([unit, reason, countsAsMove]) => ({ unit, reason, countsAsMove }));
  return owners ? { ...matter, owners } : matter;
};

describe.each(Object.entries(SENTENCES))('%s', (_, rows) => {
  test.each(rows.map((row) => [row.open, row.says, row] as const))('%s: %s', (open, _says, row) => {
    expect(openNow(afterStory(begun(row), row.story))).toBe(open);
  });
});

test('by hand only by a party: owner, responsible unit, both sides of an open hand-over', () => {
  const offered = afterStory(matterOf(assessedReferral()), [['Tue 10:00', 'propose', 'bbu-valby']]);
  const by = (unit: string, matter: Matter) =>
    refusal(() => {
      const input = { id: 'd', unit, whose: 'bbu-bhv', basis: '§ 1', reason: 'x' };
      raiseDispute(matter.referral, openOf(matter), input, world, when('Tue 11:00'));
    });
  expect(['bbu-norrebro', 'bbu-valby'].map((unit) => by(unit, offered))).toEqual(['allowed', 'allowed']);
  expect(by('bbu-amager-ost', offered)).toBe('INVALID unit:not-a-party');
  expect(by('bbu-valby', matterOf(assessedReferral()))).toBe('INVALID unit:not-a-party');
});

test('each sentence has a case beside which another comes out otherwise', () => {
  for (const [sentence, rows] of Object.entries(SENTENCES)) {
    const found = new Set(rows.map(({ open }) => open));
    expect(found.size > 1 || sentence.startsWith('Hand-over:'), sentence).toBe(true);
  }
});
