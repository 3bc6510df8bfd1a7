import { expect, test } from 'vitest';
import { applyRegulation } from '#domain/apply-regulation.ts';
import { lastResortAt, receiptTimer } from '#domain/receipt-policy.ts';
import { regulationChange } from '#domain/regulation-change.ts';
import { defaultRegulations, storedRegulations, worldFrom } from '#domain/regulations.ts';
import { receiptPolicyAt } from '#domain/rulebook.ts';
import { instant, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const delivered = defaultRegulations(organisation);
const CHANGE = {
  what: 'receipt-policy',
  from: '2026-11-04',
  sent: 'on-acknowledgement',
  hverdage: 4,
  at: '10:00',
  source: 'beslutning',
};
const NOW = instant('2026-11-03T10:00:00+01:00');
const changed = applyRegulation(delivered, regulationChange.parse(CHANGE), 'x', organisation, NOW);
const world = worldFrom(organisation, changed);

test.each([
  ['a Friday: Saturday counts', '2026-11-06T09:00:00+01:00', '2026-11-11T10:00:00+01:00'],
  ['a Sunday', '2026-11-08T09:00:00+01:00', '2026-11-12T10:00:00+01:00'],
  ['just before midnight', '2026-11-09T23:59:59+01:00', '2026-11-13T10:00:00+01:00'],
  ['before Easter', '2027-03-24T09:00:00+01:00', '2027-04-01T10:00:00+02:00'],
  ['over Christmas: 24 and 31 December count', '2026-12-23T09:00:00+01:00', '2026-12-30T10:00:00+01:00'],
])('%s: 10:00 on the fourth hverdag', (_, received, due) => {
  const at = instant(received);
  expect(withOffset(lastResortAt(at, receiptPolicyAt(world.rulebook, at), world.calendar))).toBe(due);
  expect(receiptTimer(at, world, at)).toMatchObject({ kind: 'receipt-send' });
});

test('what came before the day goes by what was then, and what comes too late to wait does not', () => {
  const before = instant('2026-11-03T12:00:00+01:00');
  expect(receiptTimer(before, world, before)).toBeNull();
  expect(receiptTimer(before, worldFrom(organisation, delivered), before)).toBeNull();
  expect(receiptTimer(instant('2026-11-04T09:00:00+01:00'), world, instant('2026-11-09T10:00:00+01:00'))).toBeNull();
});

test('regulations stored before there was a choice send at once; a last resort after the law’s period is refused', () => {
  const { receipts: _, ...rulebook } = delivered.rulebook;
  expect(storedRegulations({ ...delivered, rulebook }).rulebook.receipts).toEqual(delivered.rulebook.receipts);
  expect(regulationChange.safeParse({ ...CHANGE, hverdage: 6 }).success).toBe(false);
});
