import { describe, expect, test } from 'vitest';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { TEMPLATES } from '#domain/referral.ts';
import type { MailFacts } from '#jobs/mail/facts.ts';
import { shown } from '#jobs/mail/layout.ts';
import { render } from '#jobs/mail/templates.ts';

const full: MailFacts = {
  link: 'https://bindeled.test/sag/0199c2d3-0000-7000-8000-000000000001',
  receivedAt: '2026-11-02T08:15:00Z',
  department: { da: 'Socialforvaltningen', en: 'Social Services' },
  phone: '33 17 00 00',
  kind: 'assess-24h',
  stage: 'half',
  dueAt: '2026-11-03T08:15:00Z',
  unitName: 'Planted <Unit> & Co',
  caseNumber: 'PLANTED-2026-1',
  code: '123456',
};
const bare: MailFacts = {
  link: full.link,
  receivedAt: null,
  department: null,
  phone: null,
  kind: null,
  stage: null,
  dueAt: null,
  unitName: null,
  caseNumber: null,
  code: null,
};
const LANGUAGES = ['da', 'en'] as const;
const all = TEMPLATES.flatMap((template) => LANGUAGES.map((language) => ({ template, language })));

describe.each(all)('$template in $language', ({ template, language }) => {
  test.each([full, bare])('says something, and nothing that is missing', (facts) => {
    const { subject, text, html } = render(template, language, facts);
    expect(subject).toMatch(/^\S.{5,70}$/);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\{\}|Invalid/);
    }
    expect(html).toContain(`<html lang="${language}">`);
    expect(text).not.toMatch(/<\/?(p|a|hr|html|body)\b/);
  });

  test('holds neither case number nor markup of a name, and no unit in the subject', () => {
    const { subject, text, html } = render(template, language, full);
    expect(subject + text + html).not.toContain('PLANTED-2026-1');
    expect(html).not.toContain('<Unit>');
    expect(subject).not.toContain('Planted');
  });
});

test.each(LANGUAGES)('the receipt in %s tells tier 0, by itself: when, which department, whom to call', (language) => {
  const { subject, text, html } = render('receipt', language, full);
  expect(text).toContain(shown('2026-11-02T08:15:00Z', language));
  expect(text).toContain(full.department?.[language]);
  expect(text).toContain('33 17 00 00');
  expect(subject).not.toMatch(/underretning|notification/i);
  for (const secret of ['Planted', 'PLANTED', 'http', '/sag/', '24']) expect(text + html).not.toContain(secret);
});

test.each(LANGUAGES)('the code in %s stands in the text and not in the subject, and leads nowhere', (language) => {
  const { subject, text, html } = render('door-code', language, full);
  expect(text).toMatch(/\b123456\b/);
  expect(subject).not.toMatch(/\d/);
  expect(text + html).not.toContain('http');
});

const WITHOUT_LINK: readonly string[] = ['receipt', 'door-code'];
test.each(TEMPLATES.filter((template) => !WITHOUT_LINK.includes(template)))('%s leads to the case', (template) => {
  for (const language of LANGUAGES) {
    const { text, html } = render(template, language, full);
    expect(text).toContain(full.link);
    expect(html).toContain(`href="${full.link}"`);
  }
});

test('times are those of Copenhagen, whatever zone the machine is in', () => {
  expect(shown('2026-11-02T08:15:00Z', 'da')).toBe('mandag den 2. november 2026 kl. 09.15');
  expect(shown('2026-07-02T23:05:00Z', 'da')).toBe('fredag den 3. juli 2026 kl. 01.05');
  expect(shown('2026-07-02T23:05:00Z', 'en')).toMatch(/^Friday,? 3 July 2026 at 01:05$/);
});

test('an alarm names its clock in words, ladder steps too, and differs by stage', () => {
  const ruled = RULEBOOK.laws.flatMap(({ duties }) => Object.keys(duties));
  const kinds = [...new Set([...ruled, ...Object.keys(RULEBOOK.policies[0]?.clocks ?? {})]), 'ladder.3'];
  const subjects = kinds.map((kind) => render('alarm', 'da', { ...full, kind }).subject);
  expect(new Set(subjects).size).toBe(kinds.length);
  expect(subjects.at(-1)).toContain('trin 3');
  const stages = ['quarter', 'half', 'early', 'last-workday', 'last-open-day', 'last-day', 'end', 'after'];
  expect(new Set(stages.map((stage) => render('alarm', 'da', { ...full, stage }).text)).size).toBe(stages.length);
  for (const kind of ['toString', 'constructor', 'something-new']) {
    expect(render('alarm', 'da', { ...full, kind, stage: kind }).subject).toBe('Frist på vej: en frist');
  }
});
