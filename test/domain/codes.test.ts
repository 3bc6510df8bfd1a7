import { expect, test } from 'vitest';
import { applyRegulation } from '#domain/apply-regulation.ts';
import { ANONYMOUS_NOTIFIER, codeNamed, offeredOn, refusalOf } from '#domain/codes.ts';
import { CODES } from '#domain/default-codes.ts';
import { DomainError } from '#domain/errors.ts';
import { feedbackFor } from '#domain/feedback.ts';
import { notificationForm } from '#domain/notification-form.ts';
import { regulationChange } from '#domain/regulation-change.ts';
import { defaultRegulations, storedRegulations } from '#domain/regulations.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import { instant, T } from '#domain/time.ts';
import { makeForm } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const NOW = instant('2026-11-10T12:00:00+01:00');
const day = (iso: string) => T.PlainDate.from(iso);
const organisation = trainingOrganisation();
const delivered = defaultRegulations(organisation);
const source = 'Danmarks Statistik';

const apply = (change: Record<string, unknown>, base = delivered) =>
  applyRegulation(base, regulationChange.parse(change), 'a-change', organisation, NOW);
const refused = (change: Record<string, unknown>, base = delivered): string => {
  try {
    apply(change, base);
  } catch (error) {
    if (error instanceof DomainError) return error.fields?.map(({ path, code }) => `${path} ${code}`).join() ?? '';
    throw error;
  }
  return expect.fail('not refused');
};

const add = (more: Record<string, unknown> = {}) => ({
  what: 'add-code',
  list: 'reasons',
  number: null,
  group: 'child',
  paragraph: null,
  da: 'Spil om penge',
  en: 'Gambling',
  from: '2026-12-01',
  source,
  ...more,
});
const measure = { list: 'measures', group: 'supportive', paragraph: '§ 32', da: 'Mentor', en: 'Mentor' };
const end = (more: Record<string, unknown> = {}) => ({
  what: 'end-code',
  list: 'reasons',
  code: 'child-crime',
  until: '2027-01-01',
  source,
  ...more,
});
const correct = (more: Record<string, unknown> = {}) => ({
  what: 'correct-code',
  list: 'reasons',
  code: 'conflict',
  paragraph: null,
  da: 'Vold i hjemmet',
  en: 'Violence at home',
  source,
  ...more,
});

test('as delivered: the lists of the rules', () => {
  expect(delivered.rulebook.codes).toBe(CODES);
  expect([CODES.notifiers.length, CODES.reasons.length, CODES.measures.length]).toEqual([14, 18, 10]);
  const rows = [...CODES.notifiers, ...CODES.reasons, ...CODES.measures];
  expect(rows.every((row) => row.source !== '' && row.da !== '' && row.en !== '')).toBe(true);
});

test('what was stored before the lists were a part of it goes by the delivered ones', () => {
  const { codes: _codes, ...rulebook } = delivered.rulebook;
  expect(storedRegulations({ ...delivered, rulebook })).toEqual(delivered);
  const changed = apply(add());
  expect(storedRegulations(JSON.parse(JSON.stringify(changed)))).toEqual(changed);
});

test.each([
  ['reasons', add(), { code: 'gambling-2026-12-01', group: 'child' }],
  ['notifiers', add({ list: 'notifiers', number: 14, group: null }), { code: 14 }],
  ['measures', add(measure), { code: 'mentor-2026-12-01', group: 'supportive', paragraph: '§ 32' }],
] as const)('a new code of %s is offered from its day on, with its source', (list, change, expected) => {
  const { codes } = apply(change).rulebook;
  const row = codes[list].at(-1) ?? expect.fail();
  expect(row).toMatchObject({ ...expected, from: '2026-12-01', until: null, source });
  expect(refusalOf(codes[list], row.code, day('2026-11-30'))).toBe('not-in-use');
  expect(refusalOf(codes[list], row.code, day('2026-12-01'))).toBeNull();
  expect({ ...codes, [list]: codes[list].slice(0, -1) }).toEqual(CODES);
});

test('a code ends and stays: its words are known, it is offered to nobody who has not chosen it', () => {
  const { reasons } = apply(end()).rulebook.codes;
  expect(reasons).toHaveLength(CODES.reasons.length);
  expect(codeNamed(reasons, 'child-crime')).toMatchObject({ da: 'Barnets kriminalitet', until: '2027-01-01', source });
  const offered = (on: string, chosen: string[] = []) =>
    offeredOn(reasons, day(on), chosen).some(({ code }) => code === 'child-crime');
  expect([offered('2026-12-31'), offered('2027-01-01'), offered('2027-01-01', ['child-crime'])]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a name is corrected at once, and nothing else of the code', () => {
  const { reasons } = apply(correct()).rulebook.codes;
  const { da: _da, en: _en, source: _source, ...rest } = codeNamed(CODES.reasons, 'conflict');
  expect(codeNamed(reasons, 'conflict')).toEqual({ ...rest, da: 'Vold i hjemmet', en: 'Violence at home', source });
  const law = correct({
    list: 'measures',
    code: 'respite',
    da: 'Aflastning',
    en: 'Respite',
    paragraph: '§ 32, stk. 1',
  });
  expect(codeNamed(apply(law).rulebook.codes.measures, 'respite').paragraph).toBe('§ 32, stk. 1');
});

const oneLeft = (list: 'notifiers' | 'reasons' | 'measures', keep: string) =>
  CODES[list].reduce(
    (base, { code, until }) =>
      String(code) === keep || code === ANONYMOUS_NOTIFIER || until !== null
        ? base
        : apply(end({ list, code: String(code) }), base),
    delivered,
  );

test.each([
  ['begins today', add({ from: '2026-11-10' }), 'change.from not-tomorrow'],
  ['a name twice', add({ da: 'barnets Helbred' }), 'change.da known-already'],
  ['an English name twice', add({ en: 'Health' }), 'change.en known-already'],
  ['a number twice', add({ list: 'notifiers', number: 7, group: null }), 'change.number known-already'],
  ['a notifier without a number', add({ list: 'notifiers', group: null }), 'change.number required'],
  ['a reason without a group', add({ group: null }), 'change.group required'],
  ['a reason in a group of measures', add({ group: 'placement' }), 'change.group unknown-choice'],
  ['a measure without a paragraph', add({ ...measure, paragraph: null }), 'change.paragraph required'],
  ['ends today', end({ until: '2026-11-10' }), 'change.until not-tomorrow'],
  ['never was one', end({ code: 'nothing' }), 'change.code unknown-choice'],
  ['ended before', end({ list: 'notifiers', code: '7' }), 'change.until nothing-changed'],
  ['anonymous, which the form knows', end({ list: 'notifiers', code: '8' }), 'change.code unknown-choice'],
  ['named as another is', correct({ da: 'Andet' }), 'change.da known-already'],
  ['a measure loses its paragraph', correct({ list: 'measures', code: 'respite' }), 'change.paragraph required'],
])('refused: %s', (_name, change, expected) => {
  expect(refused(change)).toBe(expected);
});

test.each([
  ['notifiers', '99'],
  ['measures', 'respite'],
] as const)('the last code of %s cannot end, nor can what must be chosen run out', (list, keep) => {
  expect(refused(end({ list, code: keep }), oneLeft(list, keep))).toBe('change.code last-of-list');
});

test('the form goes by the lists that it is given, on the day of receipt', () => {
  const { codes } = apply(add(), apply(end())).rulebook;
  const problems = (on: string, reasons: string[]) => {
    const form = notificationForm({ training: true, on: day(on), organisation, codes });
    const parsed = form.safeParse(makeForm({ concern: { narrative: 'Kort', reasons } }));
    return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  };
  expect(problems('2026-12-31', ['child-crime', 'gambling-2026-12-01'])).toEqual([]);
  expect(problems('2027-01-01', ['gambling-2026-12-01', 'child-crime'])).toEqual(['concern.reasons not-in-use']);
  expect(problems('2026-11-30', ['gambling-2026-12-01'])).toEqual(['concern.reasons not-in-use']);
  expect(problems('2026-12-31', ['nothing'])).toEqual(['concern.reasons.0 unknown-choice']);
});

test('feedback tells of a measure by the group and the words of the list', () => {
  const { rulebook } = apply(
    correct({ list: 'measures', code: 'respite', da: 'Mentor', en: 'Mentor', paragraph: '§ 32' }),
    apply(add({ ...measure, da: 'A', en: 'A' })),
  );
  const told = (type: string) =>
    feedbackFor({
      basis: 'professional',
      receivedAt: NOW,
      contact: { department: { da: 'x', en: 'x' }, phone: '1' },
      stage: { decisions: [], measures: [{ type, plannedMonths: 1, startedAt: NOW }] },
      policy: feedbackPolicyAt(rulebook, NOW),
      template: templateAt(rulebook, NOW),
      measureTypes: rulebook.codes.measures,
      material: true,
      withheld: false,
      choices: [],
    }).told.map(({ da }) => da);
  expect(told('respite')).toContain('Indsatsen er: Mentor, planlagt til 1 måned.');
  expect(told('a-2026-12-01').slice(0, 2)).toEqual([
    'Der er sat en støttende indsats i gang.',
    'Indsatsen er: A, planlagt til 1 måned.',
  ]);
});

test('the paragraph of a law beside its clocks is corrected in that version alone', () => {
  const change = {
    what: 'correct-reference',
    version: 'barnets-lov-2024',
    topic: 'preventive-offer',
    paragraph: '§ 30, stk. 1',
    status: 'law',
    source,
  };
  const { laws } = apply(change).rulebook;
  expect(laws[0]).toBe(delivered.rulebook.laws[0]);
  expect(laws[1]?.references['preventive-offer']).toEqual({
    law: 'barnets lov',
    paragraph: '§ 30, stk. 1',
    status: 'law',
    source,
  });
  expect(refused({ ...change, version: 'serviceloven' })).toBe('change.topic unknown-choice');
});
