import { expect, test } from 'vitest';
import { keptSince, keptUntil, RETENTION, RETENTION_KINDS, retentionAt } from '#domain/retention.ts';
import { instant, iso } from '#domain/time.ts';

const NOW = instant('2026-11-03T10:05:00+01:00');

test('a draft of 3 November goes on 3 December', () => {
  expect(iso(keptUntil('draft', NOW, NOW))).toBe('2026-12-03T09:05:00.000Z');
  expect(iso(keptSince('draft', instant('2026-12-03T10:05:00+01:00')))).toBe(iso(NOW));
});

test.each(RETENTION_KINDS)('%s has versions in order, each with a ground in both languages', (kind) => {
  const { versions } = RETENTION[kind];
  expect(versions.map(({ from }) => from)).toEqual(versions.map(({ from }) => from).toSorted());
  for (const { days, ground } of versions) {
    expect(days).toBeGreaterThanOrEqual(0);
    expect(ground.da && ground.en).toBeTruthy();
  }
  // Before the first has begun the first holds: nothing is kept for ever because of an early date.
  expect(retentionAt(kind, instant('2020-01-01T00:00:00Z'))).toEqual(versions[0]);
});
