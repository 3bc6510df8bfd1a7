import { expect, test } from 'vitest';
import { applyRegulation } from '#domain/apply-regulation.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { filled, fits, SENTENCE_CODES, SENTENCES, slotsOf } from '#domain/feedback-sentences.ts';
import type { Change } from '#domain/regulation-change.ts';
import { defaultRegulations, type Regulations, storedRegulations } from '#domain/regulations.ts';
import { templateAt } from '#domain/rulebook.ts';
import { instant } from '#domain/time.ts';
import { refusal, world } from '#test/support/referral.ts';

const NOW = instant('2026-11-05T10:00:00+01:00');
const { organisation } = world;
const delivered = defaultRegulations(organisation);
const change = (over: Partial<Change<'feedback-sentence'>> = {}): Change<'feedback-sentence'> => ({
  what: 'feedback-sentence',
  from: '2026-12-01',
  sentence: 'contact',
  da: 'Ring på {phone} til {department}.',
  en: 'Call {department} on {phone}.',
  status: 'policy',
  source: 'x',
  ...over,
});
const apply = (one: Change<'feedback-sentence'>, to: Regulations = delivered) =>
  applyRegulation(to, one, 'id', organisation, NOW);

test('every delivered sentence fills in exactly what it may, in both languages', () => {
  for (const { sentences } of RULEBOOK.templates) {
    expect(Object.keys(sentences).sort()).toEqual([...SENTENCE_CODES].sort());
    for (const code of SENTENCE_CODES) {
      expect(slotsOf(sentences[code].da), code).toEqual([...SENTENCES[code]].sort());
      expect(fits(code, sentences[code].en), code).toBe(true);
    }
  }
});

test('a sentence is put otherwise from its day on; what was given before keeps its template', () => {
  const { rulebook } = apply(change());
  const [before, after] = ['2026-11-30T23:59:59+01:00', '2026-12-01T00:00:00+01:00'].map((at) =>
    templateAt(rulebook, instant(at)),
  );
  expect(before?.id).toBe('feedback-1');
  expect(after).toMatchObject({
    id: 'feedback-2026-12-01',
    sentences: { contact: { en: 'Call {department} on {phone}.' } },
  });
  expect(after?.sentences.none).toEqual(before?.sentences.none);
});

test.each([
  ['da', 'Ring på {phone}.'],
  ['da', 'Ring på {phone} til {department}, enhed {unit}.'],
  ['en', 'Call {department on {phone}.'],
] as const)('a sentence cannot fill in less or more than before (%s: %s)', (language, text) => {
  expect(refusal(() => apply(change({ [language]: text })))).toBe(`INVALID change.${language}:wrong-slots`);
});

test('it begins tomorrow at the earliest, and not before one that is planned', () => {
  expect(refusal(() => apply(change({ from: '2026-11-05' })))).toBe('INVALID change.from:not-tomorrow');
  const planned = apply(change());
  expect(refusal(() => apply(change({ from: '2026-11-20' }), planned))).toBe('INVALID change.from:before-planned');
});

test('regulations stored before there were templates go by the delivered ones', () => {
  const { templates: _templates, ...rulebook } = RULEBOOK;
  expect(storedRegulations({ ...delivered, rulebook }).rulebook.templates).toEqual(RULEBOOK.templates);
});

test('a value that is missing is never told as a slot', () => {
  expect(() => filled(templateAt(RULEBOOK, NOW).sentences, 'contact', {})).toThrow('nothing to fill in');
});
