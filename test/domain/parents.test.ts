import { describe, expect, test } from 'vitest';
import { close } from '#domain/case-ending.ts';
import { beginHearing, endHearing, holdParents, noteParents, releaseParents } from '#domain/parents.ts';
import { instant, iso } from '#domain/time.ts';
import { assessedReferral, refusal, runningClock, world } from '#test/support/referral.ts';

const NOW = instant('2026-11-03T10:05:00+01:00');
const referral = assessedReferral({ status: 'acknowledged' });
const hearing = { ...referral, clocks: [runningClock('partshoring', NOW)] };
const talk = { how: 'meeting', occurredAt: NOW, whom: 'Mor', text: 'Talt sammen' } as const;
const told = { ...talk, what: 'told' } as const;
const heard = { ...talk, what: 'heard' } as const;
const ended = ({ end = [] }: { end?: readonly { kind: string; as: string }[] }) => end.map((e) => `${e.kind} ${e.as}`);

test('a hearing has 14 days, and is met by those who are heard, not by those who are told', () => {
  const [clock] = beginHearing(referral, 'Om afgørelsen', [], world, NOW).start ?? [];
  expect([clock?.kind, clock && iso(clock.dueAt)]).toEqual(['partshoring', '2026-11-17T22:59:59.000Z']);
  expect(ended(noteParents(hearing, heard, [], NOW))).toEqual(['partshoring met']);
  expect(ended(noteParents(hearing, told, [], NOW))).toEqual([]);
  expect(ended(noteParents(referral, heard, [], NOW))).toEqual([]);
  expect(ended(endHearing(hearing, 'Ingen svarede'))).toEqual(['partshoring lapsed']);
  expect(refusal(() => beginHearing(hearing, 'x', [], world, NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => endHearing(referral, 'x'))).toBe('ILLEGAL_TRANSITION');
});

describe.each([['violence'], ['honour'], ['by-hand']] as const)('held back: %s', (...hold) => {
  test('nobody tells, hears or begins to hear the parents before it is released', () => {
    for (const act of [
      () => noteParents(hearing, told, hold, NOW),
      () => noteParents(hearing, heard, hold, NOW),
      () => beginHearing(referral, 'x', hold, world, NOW),
    ]) {
      expect(refusal(act)).toBe('ILLEGAL_TRANSITION');
    }
    expect(releaseParents(referral, { whom: 'Mor', reason: 'x' }, hold).facts).toMatchObject([
      { kind: 'parents-released', data: { hold }, sealed: { whom: 'Mor' } },
    ]);
    expect(refusal(() => holdParents(referral, 'x', hold))).toBe('ILLEGAL_TRANSITION');
  });
});

test('what is held takes the hearing with it; nothing held cannot be released', () => {
  expect(ended(holdParents(hearing, 'Barnet har fortalt', []))).toEqual(['partshoring lapsed']);
  expect(ended(holdParents(referral, 'Barnet har fortalt', []))).toEqual([]);
  expect(refusal(() => releaseParents(referral, { whom: 'Mor', reason: 'x' }, []))).toBe('ILLEGAL_TRANSITION');
});

test('blank words and what is to come are refused, and names stand sealed only', () => {
  const later = { ...told, occurredAt: NOW.add({ minutes: 1 }) };
  expect(refusal(() => noteParents(referral, later, [], NOW))).toBe('INVALID occurredAt:future');
  expect(refusal(() => noteParents(referral, { ...told, whom: ' ' }, [], NOW))).toBe('INVALID whom:required');
  expect(refusal(() => releaseParents(referral, { whom: 'Mor', reason: ' ' }, ['violence']))).toBe(
    'INVALID reason:required',
  );
  const [fact] = noteParents(referral, told, [], NOW).facts;
  expect(JSON.stringify(fact?.data)).toBe('{"how":"meeting"}');
});

test('a case is not closed while its parties are being heard', () => {
  const decided = { ...hearing, status: 'decided', decision: 'preventive' } as const;
  const nothing = { runningMeasures: 0, openHandovers: 0, openDisputes: 0 };
  expect(refusal(() => close(decided, 'x', nothing, NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => close({ ...decided, clocks: [] }, 'x', nothing, NOW))).toBe('allowed');
});
