import { expect, test } from 'vitest';

test('the suite runs under an odd time zone, so that nothing leans on the machine’s', () => {
  expect(new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset()).toBe(-825);
});
