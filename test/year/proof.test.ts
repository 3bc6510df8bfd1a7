import { expect, test } from 'vitest';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { faultsOf } from './proof.ts';
import type { Record as YearRecord } from './record.ts';

const at = (iso: string): Date => new Date(iso);
const UNIT = 'bbu-norrebro';
const [SENT, DUE] = [at('2026-11-03T09:00:00Z'), at('2026-11-04T09:00:00Z')];

const clock = {
  id: 'c',
  referralId: 'r',
  kind: 'assess-24h',
  state: 'met',
  acute: false,
  startedAt: SENT,
  dueAt: DUE,
  endedAt: at('2026-11-03T20:00:00Z'),
  countedFrom: SENT.toISOString(),
  n: 24,
  unit: 'elapsed hours',
  moved: false,
} as const;
const alarm = {
  id: 'm',
  template: 'alarm',
  referralId: 'r',
  deadlineId: 'c',
  stage: 'quarter',
  person: `intake-${UNIT}`,
  unit: null,
  toNotifier: false,
  state: 'sent',
  createdAt: at('2026-11-03T15:00:00Z'),
  sentAt: at('2026-11-03T15:00:00Z'),
} as const;
const notice = {
  ...alarm,
  template: 'referral-received',
  deadlineId: null,
  stage: null,
  createdAt: SENT,
  sentAt: SENT,
};
const owner = { referralId: 'r', unit: UNIT, startedAt: SENT, endedAt: null };
const referral = {
  ...{ id: 'r', ownerUnit: UNIT, acute: false, receivedAt: SENT, registeredAt: SENT },
  ...{ closed: false, nextDueAt: DUE },
};
const feedback = { ...clock, id: 'f', kind: 'feedback', state: 'running', endedAt: null } as const;
const OWED = 'every feedback given, withheld, or open with an owner';
/** One case, assessed in the evening, of which all is well. */
const well: YearRecord = {
  referrals: [referral],
  owners: [owner],
  clocks: [clock],
  mails: [notice, alarm],
  receipts: [{ state: 'delivered', registeredAt: SENT, deliveredAt: SENT }],
};
const LATE = at('2026-11-05T09:00:00Z');

const broken = (change: Partial<YearRecord>, careless: readonly string[] = []): string[] => {
  const record = { ...well, ...change };
  const faults = faultsOf({
    record,
    organisation: trainingOrganisation(),
    careless: new Set(careless),
    end: at('2026-11-20T00:00:00Z'),
  });
  return Object.entries(faults).flatMap(([rule, all]) => (all.length > 0 ? [rule] : []));
};

test('a case of which all is well has no fault', () => {
  expect(broken({})).toEqual([]);
});

test.each([
  ['one owner at every instant', { owners: [{ ...owner, endedAt: LATE }] }],
  ['one owner at every instant', { owners: [{ ...owner, startedAt: LATE }] }],
  ['every alarm at its instant', { mails: [notice] }],
  ['every alarm at its instant', { mails: [notice, { ...alarm, createdAt: LATE }] }],
  [
    'no mail in quiet hours except acute and 24-hour ones',
    { mails: [alarm, { ...notice, sentAt: at('2026-11-03T05:00:00Z') }] },
  ],
  ['receipts delivered at once', { receipts: [{ state: 'delivered', registeredAt: SENT, deliveredAt: LATE }] }],
  [OWED, { clocks: [clock, feedback], referrals: [{ ...referral, nextDueAt: new Date('9999-12-31') }] }],
  [OWED, { clocks: [clock, feedback], referrals: [{ ...referral, ownerUnit: 'skole-norrebro' }] }],
  ['receipts delivered at once', { receipts: [{ state: 'undeliverable', registeredAt: SENT, deliveredAt: null }] }],
] as const)('%s: what contradicts it is found', (rule, change) => {
  expect(broken(change)).toContain(rule);
});

test('late 24 hours are a fault unless somebody who was told early enough was careless', () => {
  const clocks = [{ ...clock, endedAt: LATE }];
  const rule = 'the 24 hours met';
  expect(broken({ clocks })).toContain(rule);
  expect(broken({ clocks }, ['r'])).not.toContain(rule);
  const lateNotice = [{ ...alarm, sentAt: at('2026-11-04T08:00:00Z') }];
  expect(broken({ clocks, mails: lateNotice }, ['r'])).toContain(rule);
});

test('a clock that ran out is a fault when no person who was there was told before', () => {
  const clocks = [{ ...clock, endedAt: LATE }];
  const rule = 'every clock met, or a named person told in time';
  expect(broken({ clocks }, ['r'])).not.toContain(rule);
  expect(broken({ clocks, mails: [notice, { ...alarm, person: null, unit: UNIT }] }, ['r'])).toContain(rule);
  expect(broken({ clocks, mails: [notice, { ...alarm, sentAt: LATE }] }, ['r'])).toContain(rule);
});
