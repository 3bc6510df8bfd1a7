import { expect, test } from 'vitest';
import { ROLES } from '#domain/organisation.ts';
import { endOf, isToNote, isToRotate, limitsOf } from '#domain/session-limits.ts';
import { instant, iso } from '#domain/time.ts';

const at = (time: string) => instant(`2026-11-10T${time}+01:00`);
const USUAL = limitsOf(['caseworker']);
const times = { createdAt: at('08:00:00'), seenAt: at('08:00:00'), rotatedAt: at('08:00:00'), nextAt: null };

test.each([
  ['nothing done', '08:00:00', '09:00:00'],
  ['something done at noon', '12:00:00', '13:00:00'],
  ['busy to the end of the whole', '19:30:00', '20:00:00'],
])('%s: it runs out at the earlier of idle and whole', (_what, seen, ends) => {
  expect(iso(endOf({ ...times, seenAt: at(seen) }, USUAL))).toBe(iso(at(ends)));
});

test('the strictest of several roles counts, for each limit of its own', () => {
  expect(limitsOf(['duty-officer'])).toEqual({ idleMinutes: 120, wholeHours: 14 });
  expect(limitsOf(['duty-officer', 'administrator'])).toEqual({ idleMinutes: 15, wholeHours: 8 });
  expect(limitsOf(['staff', 'duty-officer'])).toEqual({ idleMinutes: 30, wholeHours: 12 });
  expect(limitsOf([])).toEqual(USUAL);
});

test.each(ROLES)('a %s is out after an hour or two of nothing and after a shift', (role) => {
  const { idleMinutes, wholeHours } = limitsOf([role]);
  expect([idleMinutes > 0, idleMinutes <= 120, wholeHours > 0, wholeHours <= 14]).toEqual([true, true, true, true]);
});

test('a secret is changed after half an hour, and again when its successor was lost', () => {
  expect(isToRotate(times, at('08:29:59'))).toBe(false);
  expect(isToRotate(times, at('08:30:00'))).toBe(true);
  expect(isToRotate({ ...times, nextAt: at('08:30:00') }, at('08:30:59'))).toBe(false);
  expect(isToRotate({ ...times, nextAt: at('08:30:00') }, at('08:31:00'))).toBe(true);
});

test('being there is noted once a minute', () => {
  expect([isToNote(times, at('08:00:59')), isToNote(times, at('08:01:00'))]).toEqual([false, true]);
});
