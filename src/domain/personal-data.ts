/** What a text seems to hold that a text without personal data must not. */
export type PersonalData = 'looks-like-cpr' | 'looks-like-phone' | 'looks-like-mail' | 'names-somebody';

const MAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/u;
/** Ten digits, however they are grouped: a CPR is never anything else in a sentence. `101116 - 1234`, `101116/1234`. */
const CPR = /(?<!\d)(?:\d[ .-]?){5}\d[ ./-]{0,3}(?:\d[ .-]?){3}\d(?!\d)/;
/** A day of birth with its four digits, `10.11.2016-1234`; two days from-to are none: `2026-11-10 - 2026-11-12`. */
const DAY_CPR = /(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})[ ./-]{1,3}\d{4}(?!\d|[./-]\d)/;
/** Whatever follows a plus is a number to call, with the country's own digits or another's. */
const ABROAD = /\+\s?\d[\d .-]{6,}/;
const PHONE = /(?<!\d)(?:(?:\+|00)\s?45[ .-]?)?(?:\d[ .-]?){7}\d(?!\d)/;
/** A day is no phone number: `2026-11-10`, `10.11.2026`, `10/11-2026`. */
const DAY = /(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)/g;

/** What stands for a name that is not known, and what joins names; no one is called so. */
const NOT_NAMES: ReadonlySet<string> = new Set([
  ...['barn', 'barnet', 'baby', 'dreng', 'drengen', 'pige', 'pigen', 'mor', 'moren', 'far', 'faren', 'søskende'],
  ...['ukendt', 'ufødt', 'anonym', 'forælder', 'forældre', 'underretter', 'unknown', 'unborn', 'child'],
  ...['af', 'de', 'den', 'der', 'von', 'van', 'el', 'al', 'la', 'le'],
]);
/** So short a name is a word of the language as often as not: `Bo` is somebody, `bo` is not. */
const SHORT = 3;

/** One dash, one space, plain digits, whichever of their kinds a text was pasted with; what is not seen is left out. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Pd}−]/gu, '-')
    .replaceAll(/[^\S\r\n]+/g, ' ');

const words = (text: string): readonly string[] => text.normalize('NFC').match(/\p{L}+/gu) ?? [];

const isNamed = (word: string, name: string): boolean =>
  [word, word.replace(/s$/i, '')].some((one) =>
    name.length <= SHORT ? one === name : one.toLowerCase() === name.toLowerCase(),
  );

/**
 * The first thing in a text that looks like personal data; null when nothing does. `names` are those of the people in
 * the case: each part of one counts alone, in the genitive too (`Mørkholts`).
 */
export const personalDataIn = (text: string, names: readonly string[]): PersonalData | null => {
  if (MAIL.test(text)) return 'looks-like-mail';
  const seen = plain(text);
  if (DAY_CPR.test(seen)) return 'looks-like-cpr';
  const undated = seen.replaceAll(DAY, ' ');
  if (ABROAD.test(undated)) return 'looks-like-phone';
  if (CPR.test(undated)) return 'looks-like-cpr';
  if (PHONE.test(undated)) return 'looks-like-phone';
  const parts = names.flatMap(words).filter((part) => part.length > 1 && !NOT_NAMES.has(part.toLowerCase()));
  return words(text).some((word) => parts.some((part) => isNamed(word, part))) ? 'names-somebody' : null;
};
