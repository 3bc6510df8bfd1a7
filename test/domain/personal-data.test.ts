import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personalDataIn } from '#domain/personal-data.ts';

const NAMES = ['Elias Mørkholt', 'Jonas Bo Mørkholt-Åkær', 'Ida-Marie'];
const found = (text: string) => personalDataIn(text, NAMES);

describe('what a text without personal data must not hold', () => {
  test.each([
    ['CPR 020254-4127', 'looks-like-cpr'],
    ['nummer 0202544127.', 'looks-like-cpr'],
    ['02 02 54 41 27', 'looks-like-cpr'],
    ['født 101116 - 1234', 'looks-like-cpr'],
    ['født 101116/1234', 'looks-like-cpr'],
    ['født 101116\u20111234', 'looks-like-cpr'],
    ['født 101116\u22121234', 'looks-like-cpr'],
    ['født 101116\u00a01234', 'looks-like-cpr'],
    ['født 101116  1234', 'looks-like-cpr'],
    ['født 101116\u200b-\u200b1234', 'looks-like-cpr'],
    ['født １０１１１６-１２３４', 'looks-like-cpr'],
    ['født 10.11.2016-1234', 'looks-like-cpr'],
    ['født 10/11-2016 1234.', 'looks-like-cpr'],
    ['ring 12 34 56 78', 'looks-like-phone'],
    ['ring 12\u00a034\u00a056\u00a078', 'looks-like-phone'],
    ['+45 12345678', 'looks-like-phone'],
    ['tlf. 12-34-56-78', 'looks-like-phone'],
    ['0045 1234 5678', 'looks-like-phone'],
    ['skriv til far@eksempel.dk i dag', 'looks-like-mail'],
    ['Elias kan ikke løftes', 'names-somebody'],
    ['MØRKHOLT har brug for hjælp', 'names-somebody'],
    ['Mørkholts behov', 'names-somebody'],
    ['familien åkær', 'names-somebody'],
    ['hun hedder marie', 'names-somebody'],
    ['Bo har brug for hjælp', 'names-somebody'],
  ])('%s', (text, kind) => expect(found(text)).toBe(kind));

  test.each([
    'Praktisk hjælp i hjemmet til en forælder efter barnets lov § 32, stk. 1, nr. 7.',
    'Familien må bo, hvor de bor, og støtten følger dem.',
    'Afgjort 2026-11-10 efter møde den 9.11.2026 og 10/11-2026.',
    'I perioden 2026-11-10 - 2026-11-12 og 9.11.2026 - 12.11.2026; skoleåret 2025/2026.',
    'Et barn på 1 år; 2200 København N; LBK nr. 1146 af 2023.',
    'Jonasson og Marielyst er andre ord',
    '',
  ])('is no matter: %s', (text) => expect(found(text)).toBeNull());

  test('a placeholder is nobody, and so is a word that joins names', () => {
    expect(personalDataIn('Barnet og far: et barn af den slags', ['Barn', 'Ukendt barn', 'Far af Den'])).toBeNull();
  });
});

test('no CPR and no phone number hides in any text around it', () => {
  const text = fc.stringMatching(/^[a-zæøå ,.]{0,20}$/);
  const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));
  const gap = fc.constantFrom('', '-', ' ');
  fc.assert(
    fc.property(text, digits(6), gap, digits(4), text, (before, a, between, b, after) => {
      expect(personalDataIn(`${before} ${a}${between}${b} ${after}`, [])).toBe('looks-like-cpr');
    }),
  );
  fc.assert(
    fc.property(text, digits(4), gap, digits(4), text, (before, a, between, b, after) => {
      expect(personalDataIn(`${before} ${a}${between}${b} ${after}`, [])).toBe('looks-like-phone');
    }),
  );
});

test('every whole name of the case is found, wherever it stands', () => {
  const name = fc.stringMatching(/^[A-ZÆØÅ][a-zæøå]{3,9}x$/);
  fc.assert(
    fc.property(name, name, (first, last) => {
      expect(personalDataIn(`Barnet (${last}s søn), ${first}: hjælp`, [`${first} ${last}`])).toBe('names-somebody');
    }),
  );
});
