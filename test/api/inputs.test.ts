import { expect, test } from 'vitest';
import { at } from '#api/inputs.ts';
import { iso } from '#domain/time.ts';

test('an instant that nobody can mean is refused before anything is counted up to it', () => {
  expect(iso(at.parse('2199-12-31T00:00:00+01:00'))).toBe('2199-12-30T23:00:00.000Z');
  expect(at.safeParse('9999-12-31T00:00:00+01:00').error?.issues[0]?.message).toBe('out-of-range');
});
