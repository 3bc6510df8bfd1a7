import { describe, expect, test } from 'vitest';
import { afterScan, askAbout, demandCleared, verdictOf } from '#domain/scanning.ts';
import { instant, iso } from '#domain/time.ts';

describe('the answer of clamd', () => {
  test.each([
    ['stream: OK', { said: 'clean' }],
    ['stream: OK\n', { said: 'clean' }],
    ['stream: Win.Test.EICAR_HDB-1 FOUND', { said: 'harmful', found: 'Win.Test.EICAR_HDB-1' }],
    ['stream: Eicar Test\u202e"<b> FOUND', { said: 'harmful', found: 'Eicar_Test_b_' }],
    ['stream: OK FOUND', { said: 'harmful', found: 'OK' }],
    ['INSTREAM size limit exceeded. ERROR', { said: 'too-large' }],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND', { said: 'too-large' }],
    ['stream: Can’t allocate memory ERROR', { said: 'away' }],
    ['UNKNOWN COMMAND', { said: 'away' }],
    ['stream: OKAY', { said: 'away' }],
    ['OK', { said: 'away' }],
    ['', { said: 'away' }],
    [null, { said: 'away' }],
  ] as const)('%j', (reply, verdict) => {
    expect(verdictOf(reply)).toEqual(verdict);
  });

  test('a name longer than any signature is no answer', () => {
    expect(verdictOf(`stream: ${'x'.repeat(201)} FOUND`)).toEqual({ said: 'away' });
  });
});

const NOW = instant('2026-11-03T10:00:00+01:00');

test('what a file becomes, and when it is looked at again', () => {
  expect(afterScan({ said: 'clean' }, 9, NOW)).toEqual({ state: 'cleared' });
  expect(afterScan({ said: 'harmful', found: 'X' }, 0, NOW)).toEqual({ state: 'refused' });
  const again = (said: 'away' | 'too-large', attempts: number): string => {
    const next = afterScan({ said }, attempts, NOW);
    return next.state === 'held' ? iso(next.againAt).slice(11, 16) : next.state;
  };
  expect([0, 1, 2, 3, 4, 5, 999].map((attempts) => again('away', attempts))).toEqual([
    '09:01',
    '09:02',
    '09:05',
    '09:10',
    '09:15',
    '09:15',
    '09:15',
  ]);
  expect([again('too-large', 0), again('too-large', 7)]).toEqual(['10:00', '10:00']);
});

test('whoever sees to it is asked once on each local day for each reason', () => {
  expect(askAbout('away', NOW)).toEqual({ reason: 'scanner-away', subject: 'scanner-away 2026-11-03' });
  // Half past midnight in Copenhagen is still yesterday in UTC.
  expect(askAbout('too-large', instant('2026-11-03T23:30:00Z')).subject).toBe('scanner-limit 2026-11-04');
});

test('only what is cleared is opened', () => {
  expect(() => demandCleared('cleared')).not.toThrow();
  for (const state of ['held', 'refused'] as const) {
    expect(() => demandCleared(state)).toThrow(expect.objectContaining({ code: 'ILLEGAL_TRANSITION' }));
  }
});
