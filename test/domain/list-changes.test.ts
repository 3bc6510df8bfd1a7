import { describe, expect, test } from 'vitest';
import type { Standing } from '#domain/conflict-floor.ts';
import { listChange, listDetail, type NamedByRule, tellList } from '#domain/list-changes.ts';

const standing = (named: readonly string[] | null, id = 'r'): Standing => ({
  ...{ id, ownerUnit: 'u', responsibleUnit: 'u', assessmentUnit: null, reassessor: null, open: true, barred: [] },
  restricted: named === null ? null : { named, related: [], own: named },
});
const LEAD = [{ person: 'lead', as: 'leader' }] as const;
const RULE: NamedByRule = new Map([['r', LEAD]]);
const ELSEWHERE: NamedByRule = new Map([['s', LEAD]]);
const REASSESS: NamedByRule = new Map([['r', [{ person: 'lead', as: 'reassess' }]]]);
const NONE: NamedByRule = new Map();
type Row = readonly [
  name: string,
  was: readonly string[] | null,
  is: readonly string[] | null,
  rule: NamedByRule,
  saidIn: string | null,
  kinds: readonly string[],
  told: readonly string[],
];

describe('what an act did to the list of a case', () => {
  test.each<Row>([
    ['nothing', ['a'], ['a'], NONE, null, [], []],
    ['not restricted, before or after', null, null, NONE, null, [], []],
    ['it is restricted now', null, ['a'], NONE, null, ['restricted'], []],
    ['to whom the rule named alone', null, ['lead'], RULE, null, ['restricted', 'restriction-widened'], ['lead']],
    ['one more, one less', ['a', 'b'], ['a', 'c'], NONE, null, ['restricted'], []],
    ['lifted', ['a'], null, NONE, null, ['restriction-lifted'], []],
    ['by the rule', ['a'], ['a', 'lead'], RULE, null, ['restriction-widened'], ['lead']],
    ['by the rule, for another case', ['a'], ['a', 'lead'], ELSEWHERE, null, ['restriction-widened'], []],
    ['by the rule, who was asked before', ['a'], ['a', 'lead'], REASSESS, null, ['restriction-widened'], []],
    ['said by the act itself', null, ['a'], NONE, 'r', [], []],
    ['said by the act itself, but for the rule', null, ['a', 'lead'], RULE, 'r', ['restriction-widened'], ['lead']],
    ['lifting it, too', ['a'], null, NONE, 'r', [], []],
  ])('%s', (_, ...[was, is, rule, saidIn, kinds, told]) => {
    const change = listChange([standing(was)], standing(is), rule, saidIn);
    const { facts, mails } = change ? tellList(change, 'act', false) : { facts: [], mails: [] };
    expect(facts.map(({ kind }) => kind)).toEqual(kinds);
    expect(facts.every(({ data }) => data.change === 'act')).toBe(true);
    expect(mails.map(({ to }) => to)).toEqual(told.map((person) => ({ person })));
  });

  test('a case that came in between is no change of one', () => {
    expect(listChange([standing(['a'])], standing(['b'], 's'), NONE, null)).toBeNull();
  });
});

test('the journal says whom it was opened and closed to', () => {
  const title = (id: unknown): string => `Titel ${id}`;
  expect(listDetail(['a', 'b'], ['c'], title)?.da).toBe('Åbnet for Titel a; Titel b. Lukket for Titel c');
  expect(listDetail([], ['c'], title)?.en).toBe('Closed to Titel c');
  expect(listDetail(undefined, undefined, title)).toBeNull();
});
