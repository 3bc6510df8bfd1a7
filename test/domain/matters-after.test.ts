import { expect, it, test } from 'vitest';
import { sidesAfter } from '#domain/matters-after.ts';
import type { Dispute, Handover, Proposal } from '#domain/ownership.ts';
import { instant } from '#domain/time.ts';

const at = instant('2026-11-02T10:00:00+01:00');
const [A, B, C, D] = ['a', 'b', 'c', 'd'];
const party = (unit: string) => ({ unit, claim: null, whose: null, basis: null });
const disputeOf = (kind: Dispute['kind'], units: readonly string[], more: Partial<Dispute> = {}): Dispute => ({
  id: 'd1',
  referralId: 'r1',
  kind,
  awaited: kind === 'dispute' ? null : 'acknowledge',
  handoverId: null,
  acute: false,
  step: 1,
  raisedAt: at,
  raisedBy: null,
  stepStartedAt: at,
  stepEndsAt: at,
  state: 'open',
  parties: units.map(party),
  proposal: null,
  meeting: null,
  ...more,
});
const handoverOf = (from: string, to: string): Handover => ({
  id: 'h1',
  referralId: 'r1',
  from,
  to,
  state: 'proposed',
  proposedAt: at,
  back: false,
  chain: [],
});
/** B closes into A. */
const to = (unit: string): string => (unit === B ? A : unit);

it.each<[string, Handover | null, Dispute | null, [boolean, boolean]]>([
  ['a dispute between the two', null, disputeOf('dispute', [A, B]), [false, true]],
  ['a dispute with a third', null, disputeOf('dispute', [A, B, C]), [false, false]],
  ['silence of one, then of the other: it is still silence', null, disputeOf('escalation', [A, B]), [false, false]],
  [
    'silence about a hand-over between the two',
    handoverOf(A, B),
    disputeOf('escalation', [B], { awaited: 'handover', handoverId: 'h1' }),
    [true, true],
  ],
  [
    'silence about one that comes from a third',
    handoverOf(C, B),
    disputeOf('escalation', [B], { awaited: 'handover', handoverId: 'h1' }),
    [false, false],
  ],
])('what ends with the merger: %s', (_name, handover, dispute, ends) => {
  const after = sidesAfter({ handover, dispute }, to);
  expect([after.overHandover, after.overDispute]).toEqual(ends);
});

test.each<[string, readonly string[], Omit<Proposal, 'by'>, Omit<Proposal, 'by'>]>([
  ['elsewhere', [A, C], { owner: D, agreed: [A] }, { owner: D, agreed: [A] }],
  ['the unit that closes, which is no side', [C, D], { owner: B, agreed: [C] }, { owner: A, agreed: [C] }],
  ['it, and a side would get it', [A, C], { owner: B, agreed: [A] }, { owner: A, agreed: [] }],
  ['it, and it is a side itself', [B, C], { owner: B, agreed: [B] }, { owner: A, agreed: [A] }],
  ['a third, and half of a side has agreed', [A, B, C], { owner: D, agreed: [B] }, { owner: D, agreed: [] }],
  ['a third, and both halves have', [A, B, C], { owner: D, agreed: [A, B] }, { owner: D, agreed: [A] }],
])('a proposal of %s', (_name, parties, before, after) => {
  const dispute = disputeOf('dispute', parties, { proposal: { ...before, by: 'p' } });
  expect(sidesAfter({ handover: null, dispute }, to).movedDispute?.proposal).toEqual({ ...after, by: 'p' });
});
