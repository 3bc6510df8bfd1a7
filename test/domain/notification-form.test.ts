import { describe, expect, test } from 'vitest';
import { CODES } from '#domain/default-codes.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { notificationForm } from '#domain/notification-form.ts';
import { T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const form = notificationForm({
  training: true,
  on: T.PlainDate.from('2026-11-03'),
  organisation: trainingOrganisation(),
  codes: CODES,
});

/** The seven fields of a plain notification. */
const plain = () => ({
  children: [{ name: 'Alma Sivholm', cpr: '124518-4021' }] as Record<string, unknown>[],
  notifier: { basis: 'professional', notifierCode: 2, name: 'Birgitte Løvstad' } as Record<string, unknown>,
  concern: { narrative: 'Bekymring.' } as Record<string, unknown>,
  parentsInformed: { informed: true } as Record<string, unknown>,
});
const child = (fields: Record<string, unknown>) => ({ ...plain(), children: [{ ...plain().children[0], ...fields }] });
const group = (name: 'notifier' | 'concern' | 'parentsInformed', fields: Record<string, unknown>) => ({
  ...plain(),
  [name]: { ...plain()[name], ...fields },
});

test('seven fields are enough; the rest gets its defaults', () => {
  const parsed = form.parse(plain());
  expect(parsed).toMatchObject({
    language: 'da',
    need: null,
    acute: { marked: false },
    children: [{ cpr: '1245184021', identity: 'known', protectedAddress: false, institution: null, ageEstimate: null }],
  });
});

test('blank optional fields count as not given, texts are trimmed, line breaks stay', () => {
  const input = {
    ...group('concern', { narrative: '  To\nlinjer ', childsWords: '  ' }),
    honour: { suspected: false, why: '' },
  };
  const parsed = form.parse(input);
  expect(parsed.concern).toMatchObject({ narrative: 'To\nlinjer', childsWords: undefined });
  expect(parsed.honour?.why).toBeUndefined();
});

const MALFORMED: readonly (readonly [name: string, input: unknown, path: string, code: string])[] = [
  ['nothing', undefined, '', 'required'],
  ['null', null, '', 'not-group'],
  ['a list', [], '', 'not-group'],
  ['a text', 'x', '', 'not-group'],
  ['an empty object', {}, 'children', 'required'],
  ['an unknown key', { ...plain(), admin: true }, '', 'unknown-field'],
  ['an unknown key in a child', child({ unit: 'bbu' }), 'children.0', 'unknown-field'],
  ['a prototype as key', JSON.parse('{"__proto__x": 1, "children": []}'), 'children', 'too-few'],
  ['no children', { ...plain(), children: [] }, 'children', 'too-few'],
  ['eleven children', { ...plain(), children: Array(11).fill({ identity: 'unborn' }) }, 'children', 'too-many'],
  ['children as an object', { ...plain(), children: {} }, 'children', 'not-list'],
  ['a child that is a text', { ...plain(), children: ['Alma'] }, 'children.0', 'not-group'],
  ['a number as name', child({ name: 5 }), 'children.0.name', 'not-text'],
  ['a blank name', child({ name: '  ' }), 'children.0.name', 'required'],
  ['a name of 201 letters', child({ name: 'x'.repeat(201) }), 'children.0.name', 'too-long'],
  ['a NUL in a name', child({ name: 'Al\u0000ma' }), 'children.0.name', 'control-characters'],
  ['a line break in a name', child({ name: 'Al\nma' }), 'children.0.name', 'control-characters'],
  ['a turned direction', child({ name: 'Al\u202ema' }), 'children.0.name', 'control-characters'],
  ['half a character', child({ name: 'Al\ud800ma' }), 'children.0.name', 'control-characters'],
  ['an unknown identity', child({ identity: 'secret' }), 'children.0.identity', 'unknown-choice'],
  ['a known child without CPR', child({ cpr: undefined }), 'children.0.cpr', 'cpr-missing'],
  ['an unborn child with CPR', child({ identity: 'unborn' }), 'children.0.cpr', 'cpr-not-expected'],
  ['nine digits', child({ cpr: '124518402' }), 'children.0.cpr', 'cpr-digits'],
  ['a CPR as number', child({ cpr: 1245184021 }), 'children.0.cpr', 'not-text'],
  ['a 31 February', child({ cpr: '3142184021' }), 'children.0.cpr', 'cpr-date'],
  ['a child born tomorrow', child({ cpr: '0451264021' }), 'children.0.cpr', 'cpr-date'],
  [
    'a child twice',
    { ...plain(), children: [...plain().children, ...plain().children] },
    'children.1.cpr',
    'child-twice',
  ],
  [
    'a postal code of three digits',
    child({ address: { postalCode: '220' } }),
    'children.0.address.postalCode',
    'postal-code',
  ],
  ['an address as text', child({ address: 'Stengade' }), 'children.0.address', 'not-group'],
  ['a school that is not there', child({ institution: 'skole-x' }), 'children.0.institution', 'institution-unknown'],
  ['an age of minus one', child({ ageEstimate: -1 }), 'children.0.ageEstimate', 'out-of-range'],
  ['half a year', child({ ageEstimate: 7.5 }), 'children.0.ageEstimate', 'not-number'],
  ['"ja" for yes', child({ protectedAddress: 'ja' }), 'children.0.protectedAddress', 'not-yes-no'],
  ['an unknown basis', group('notifier', { basis: 'friend' }), 'notifier.basis', 'unknown-choice'],
  ['a code out of use since 2024', group('notifier', { notifierCode: 7 }), 'notifier.notifierCode', 'notifier-code'],
  ['a code that never was', group('notifier', { notifierCode: 55 }), 'notifier.notifierCode', 'notifier-code'],
  ['a professional as anonymous', group('notifier', { notifierCode: 8 }), 'notifier.notifierCode', 'anonymous-code'],
  [
    'an anonymous one with a name',
    group('notifier', { basis: 'anonymous', notifierCode: 8 }),
    'notifier.name',
    'anonymous-contact',
  ],
  ['no name of the notifier', group('notifier', { name: '' }), 'notifier.name', 'required'],
  ['no email', group('notifier', { workEmail: 'birgitte' }), 'notifier.workEmail', 'email'],
  ['an email with a header', group('notifier', { workEmail: 'a@b.dk\r\nBcc: x@y.dk' }), 'notifier.workEmail', 'email'],
  ['no phone', group('notifier', { workPhone: 'ring' }), 'notifier.workPhone', 'phone'],
  ['no narrative', group('concern', { narrative: ' ' }), 'concern.narrative', 'required'],
  [
    'a narrative that is too long',
    group('concern', { narrative: 'x'.repeat(20_001) }),
    'concern.narrative',
    'too-long',
  ],
  ['a reason that is not one', group('concern', { reasons: ['bad'] }), 'concern.reasons.0', 'unknown-choice'],
  ['a reason twice', group('concern', { reasons: ['other', 'other'] }), 'concern.reasons', 'twice'],
  [
    'an observation tomorrow',
    group('concern', { observations: [{ on: '2026-11-04', text: 'x' }] }),
    'concern.observations.0.on',
    'future-date',
  ],
  [
    'an observation on no day',
    group('concern', { observations: [{ on: '2026-02-30', text: 'x' }] }),
    'concern.observations.0.on',
    'date',
  ],
  [
    'an observation without text',
    group('concern', { observations: [{ on: '2026-11-02' }] }),
    'concern.observations.0.text',
    'required',
  ],
  [
    'parents not informed and no reason',
    group('parentsInformed', { informed: false }),
    'parentsInformed.whyNot',
    'why-not-missing',
  ],
  ['nothing about the parents', { ...plain(), parentsInformed: undefined }, 'parentsInformed.informed', 'required'],
  ['acute without why', { ...plain(), acute: { marked: true } }, 'acute.why', 'acute-why-missing'],
  ['acute as a text', { ...plain(), acute: 'yes' }, 'acute', 'not-group'],
  ['a need that is not there', { ...plain(), need: 'money' }, 'need', 'need-unknown'],
  ['a third language', { ...plain(), language: 'sv' }, 'language', 'unknown-choice'],
  [
    'an unknown custody',
    { ...plain(), family: { parents: [{ custody: true }] } },
    'family.parents.0.custody',
    'unknown-choice',
  ],
];

describe('malformed bodies get a field error in both languages', () => {
  test.each(MALFORMED)('%s', (_name, input, path, code) => {
    const parsed = form.safeParse(input);
    expect(parsed.success).toBe(false);
    if (parsed.success) return;
    const errors = fieldErrors(parsed.error);
    const found = errors.find((error) => error.path === path && error.code === code);
    expect(errors.map((error) => `${error.path} ${error.code}`)).toContain(`${path} ${code}`);
    expect(found?.da).toMatch(/^[^:]+: .+\.$/);
    expect(found?.en).toMatch(/^[^:]+: .+\.$/);
    expect(found?.da).not.toContain('Feltet');
    expect(JSON.stringify(errors)).not.toContain('Sivholm');
  });
});

test('the sentence names the field, and which of several', () => {
  const parsed = form.safeParse({ ...plain(), children: [...plain().children, { name: 'B', cpr: '1' }] });
  if (parsed.success) throw new Error('accepted');
  expect(fieldErrors(parsed.error)).toEqual([
    {
      path: 'children.1.cpr',
      code: 'cpr-digits',
      da: 'Barnets CPR-nummer (nr. 2): skal være ti cifre, med eller uden bindestreg.',
      en: "The child's CPR number (no. 2): must be ten digits, with or without a hyphen.",
    },
  ]);
});

test('production refuses training numbers', () => {
  const parsed = notificationForm({ training: false, codes: CODES }).safeParse(plain());
  expect(parsed.success ? [] : fieldErrors(parsed.error).map((error) => error.code)).toEqual(['cpr-training']);
});
