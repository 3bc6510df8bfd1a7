import { describe, expect, test } from 'vitest';
import {
  type Answer,
  afterAttempt,
  DELIVERY_POLICIES,
  deliveryPolicyAt,
  isUrgent,
  reasonOf,
  type UndeliveredReason,
} from '#domain/delivery.ts';
import { type Instant, instant, withOffset } from '#domain/time.ts';

const FIRST = instant('2026-11-03T09:00:00+01:00');
const answer = (code: number | null, enhanced: string | null = null, more: Partial<Answer> = {}): Answer => ({
  taken: false,
  code,
  enhanced,
  at: 'receiver',
  whole: false,
  ...more,
});

test.each<[string, Answer, UndeliveredReason | null]>([
  ['taken', answer(250, null, { taken: true }), null],
  ['550', answer(550), 'unknown-address'],
  ['550 5.1.1', answer(550, '5.1.1'), 'unknown-address'],
  ['553', answer(553), 'unknown-address'],
  ['501', answer(501), 'unknown-address'],
  ['550 5.7.1', answer(550, '5.7.1'), 'refused'],
  ['554', answer(554), 'refused'],
  ['552 5.3.4: too big', answer(552, '5.3.4'), 'refused'],
  ['552', answer(552), 'full'],
  ['552 5.2.2', answer(552, '5.2.2'), 'full'],
  ['452', answer(452), 'full'],
  ['452 4.2.2', answer(452, '4.2.2'), 'full'],
  ['452 4.3.1: the server is full', answer(452, '4.3.1'), 'later'],
  ['451 4.7.1', answer(451, '4.7.1'), 'later'],
  ['421 at the receiver', answer(421), 'later'],
  ['421 at greeting', answer(421, null, { at: 'server' }), 'away'],
  ['535 at login', answer(535, '5.7.8', { at: 'server' }), 'away'],
  ['553 at the sender', answer(553, null, { at: 'server' }), 'away'],
  ['nothing', answer(null, null, { at: 'server' }), 'away'],
  ['nothing after DATA', answer(null, null, { at: 'server', whole: true }), 'cut-off'],
  ['no address', answer(null, null, { at: 'address' }), 'unknown-address'],
])('%s', (_, given, reason) => expect(reasonOf(given)).toBe(reason));

/** Attempts of a message until it ends, each `reason`: when each next one is, and how it ends. */
const played = (reason: UndeliveredReason, urgent = false) => {
  const at: string[] = [];
  let now: Instant = FIRST;
  for (let attempts = 1; ; attempts += 1) {
    const outcome = afterAttempt({ urgent, attempts, firstAttemptAt: FIRST }, reason, now);
    if (!outcome.nextAttemptAt) return { at, attempts, ...outcome };
    expect(outcome.state).toBe('deferred');
    now = outcome.nextAttemptAt;
    at.push(withOffset(now).slice(5, 16));
  }
};

describe('after an attempt', () => {
  test('pauses grow, and the last attempt is two days after the first', () => {
    const { at, state, countsAgainst } = played('later');
    expect(at.slice(0, 5)).toEqual(['11-03T09:01', '11-03T09:06', '11-03T09:21', '11-03T09:51', '11-03T10:51']);
    expect(at.at(-1)).toBe('11-05T09:00');
    expect({ state, countsAgainst }).toEqual({ state: 'failed', countsAgainst: true });
  });

  test('what is urgent ends within the hour', () => {
    expect(played('later', true).at).toEqual([
      '11-03T09:01',
      '11-03T09:03',
      '11-03T09:08',
      '11-03T09:18',
      '11-03T09:33',
      '11-03T09:48',
      '11-03T10:00',
    ]);
  });

  test('a server that is away is asked every quarter of an hour, and the address is not blamed', () => {
    const { at, attempts, state, countsAgainst } = played('away');
    expect(at.slice(0, 6)).toEqual([
      '11-03T09:01',
      '11-03T09:03',
      '11-03T09:08',
      '11-03T09:18',
      '11-03T09:33',
      '11-03T09:48',
    ]);
    expect(attempts).toBeGreaterThan(180);
    expect({ state, countsAgainst }).toEqual({ state: 'failed', countsAgainst: false });
    expect(played('cut-off')).toMatchObject({ state: 'failed', countsAgainst: false });
  });

  test.each(['unknown-address', 'refused', 'full'] as const)('%s is for ever at once', (reason) => {
    expect(played(reason)).toMatchObject({ at: [], attempts: 1, state: 'bounced', reason, countsAgainst: true });
  });
});

test('the policy is dated data', () => {
  const [first] = DELIVERY_POLICIES;
  if (!first) throw new Error('no policy');
  const later = { ...first, id: 'later', from: '2026-11-04' };
  const at = (when: string) => deliveryPolicyAt(instant(when), [first, later]).id;
  expect([at('2026-11-03T22:59:59Z'), at('2026-11-03T23:00:00Z')]).toEqual(['delivery-default', 'later']);
});

test('the 24 hours and acute matters are urgent, what a notifier is told is not', () => {
  expect(isUrgent({ template: 'alarm', exempt: true })).toBe(true);
  expect(isUrgent({ template: 'alarm', exempt: false })).toBe(false);
  expect(isUrgent({ template: 'receipt', exempt: true })).toBe(false);
});
