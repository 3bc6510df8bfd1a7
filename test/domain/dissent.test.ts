import { expect, it, test } from 'vitest';
import { dissent, type Ended, mayDissent } from '#domain/dissent.ts';
import { instant } from '#domain/time.ts';
import { disputed, steppedTo } from '#test/support/disputed.ts';
import { openOf } from '#test/support/matter.ts';
import { assessedReferral, refusal, world } from '#test/support/referral.ts';

const AT = instant('2026-11-06T10:00:00+01:00');
const [SOF, BUF] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const between = steppedTo(2, disputed(assessedReferral({ matter: 'inquiry' }), undefined, 'buf-modtagelse'));
const ended = (more: Partial<Ended> = {}, matter = between): Ended => {
  const dispute = openOf(matter).dispute ?? expect.fail();
  return { dispute: { ...dispute, state: 'settled' }, decidedBy: SOF, dissenters: [], ...more };
};
const dissenting = (of: Ended, personId = BUF) =>
  dissent(of, { personId, reason: 'Barnet går i skole hos os' }, world, AT);

test('the first decision stands: it adds to the record, and nothing moves', () => {
  const { patch, facts, mails, ...rest } = dissenting(ended());
  expect([patch, rest]).toEqual([{}, {}]);
  expect(facts).toEqual([
    { kind: 'dissent-recorded', data: { dispute: 'd1', step: 2 }, sealed: { text: 'Barnet går i skole hos os' } },
  ]);
  expect(mails).toEqual([{ template: 'dissent-recorded', to: { person: SOF }, exempt: false }]);
});

it.each([
  ['another who holds the deciding role', ended(), BUF, 'allowed'],
  ['whoever decided', ended(), SOF, 'ILLEGAL_TRANSITION'],
  ['a second time', ended({ dissenters: [BUF] }), BUF, 'DUPLICATE'],
  ['a team leader, who may only agree', ended(), 'team-leader-bbu-norrebro', 'OUT_OF_SCOPE'],
  ['a director below their step', ended(), 'director-sof-stab', 'OUT_OF_SCOPE'],
  ['what was agreed', ended({ decidedBy: null }), BUF, 'ILLEGAL_TRANSITION'],
  [
    'a director about a director',
    ended({ decidedBy: 'director-sof-stab' }, steppedTo(4, between)),
    'director-buf-fagligt-center',
    'allowed',
  ],
  [
    'a coordinator about a director',
    ended({ decidedBy: 'director-sof-stab' }, steppedTo(4, between)),
    SOF,
    'OUT_OF_SCOPE',
  ],
])('%s', (_name, of, personId, expected) => {
  expect(refusal(() => dissenting(of, personId))).toBe(expected);
});

test('a decision of a director is told to the coordinators of both departments too', () => {
  const of = ended({ decidedBy: 'director-sof-stab' }, steppedTo(4, between));
  const told = dissenting(of, 'director-buf-fagligt-center').mails?.map(({ to }) => ('person' in to ? to.person : ''));
  expect(told?.toSorted()).toEqual([BUF, SOF, 'director-sof-stab'].toSorted());
});

test('offered to whoever has neither decided nor dissented', () => {
  expect([SOF, BUF].map((id) => mayDissent(ended(), id))).toEqual([false, true]);
  expect(mayDissent(ended({ dissenters: [BUF] }), BUF)).toBe(false);
  expect(mayDissent(ended({ decidedBy: null }), BUF)).toBe(false);
});
