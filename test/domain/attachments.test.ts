import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  demandRoom,
  dispositionOf,
  FILE_TYPES,
  fileTypeOf,
  MOST_BYTES,
  safeName,
  sizeInWords,
  tooLarge,
} from '#domain/attachments.ts';
import type { DomainError } from '#domain/errors.ts';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('what a file is', () => {
  test.each([
    ['pdf', '%PDF-1.7\n'],
    ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['heic', '\0\0\0\x18ftypheix\0\0\0\0'],
  ])('%s by its first bytes', (type, start) => {
    expect(fileTypeOf(latin1(start))).toBe(type);
    // One byte short of what tells it, it is nothing.
    for (const at of [0, 1, 2]) expect(fileTypeOf(latin1(start).subarray(0, at))).toBeNull();
  });

  test.each([
    ['a page', '<!doctype html><script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['a program', 'MZ\x90\0'],
    ['a packed file, Office files among them', 'PK\x03\x04'],
    ['GIF', 'GIF89a'],
    ['another RIFF', 'RIFF\x24\0\0\0WAVEfmt '],
    ['a film', '\0\0\0\x18ftypmp42'],
    ['AVIF', '\0\0\0\x18ftypavif'],
    ['PDF somewhere later', '\n%PDF-1.7'],
    ['nothing', ''],
  ])('%s is not taken', (_what, start) => {
    expect(fileTypeOf(latin1(start))).toBeNull();
  });
});

describe('what a file is called', () => {
  test.each([
    ['Lægeerklæring – Åse.PDF', 'pdf', 'Lægeerklæring – Åse.pdf'],
    ['C:\\Users\\somebody\\skade.jpeg', 'jpeg', 'skade.jpg'],
    ['../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['faktura.pdf.exe', 'pdf', 'faktura.pdf.pdf'],
    ['a\r\nSet-Cookie: x=1.png', 'png', 'a Set-Cookie x=1.png'],
    ['billede\u202egpj.exe', 'png', 'billede gpj.png'],
    ['.htaccess', 'pdf', 'fil.pdf'],
    ['', 'heic', 'fil.heic'],
    ['\ud800', 'webp', '\ufffd.webp'],
  ] as const)('%j as %s is %j', (given, type, name) => {
    expect(safeName(given, type)).toBe(name);
  });

  test('no name, whatever it is, breaks a header, leads anywhere, or ends as something else', () => {
    const types = fc.constantFrom(...(Object.keys(FILE_TYPES) as (keyof typeof FILE_TYPES)[]));
    const letters = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 200 });
    fc.assert(
      fc.property(letters, types, (codes, type) => {
        const given = String.fromCodePoint(...codes);
        const name = safeName(given, type);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}/\\"<>:|?*]|^\./u);
        expect([...name].length).toBeLessThanOrEqual(120);
        expect(name.endsWith(`.${FILE_TYPES[type].ending}`)).toBe(true);
        expect(safeName(name, type)).toBe(name);
        const header = dispositionOf(name, type);
        expect(header).toMatch(/^attachment; filename="fil\.[a-z]+"; filename\*=UTF-8''[\w.~%-]+$/);
        expect(decodeURIComponent(header.split("''")[1] ?? '')).toBe(name);
      }),
    );
  });
});

test('what is too large is said of the field, in both languages', () => {
  expect(MOST_BYTES).toBe(20_971_520);
  expect(tooLarge()).toMatchObject({ code: 'TOO_LARGE', fields: [{ path: 'file', code: 'file-too-large' }] });
});

describe('how many and how much', () => {
  const MB = 1024 * 1024;
  const room = (of: 'draft' | 'notification', has: [number, number], more: [number, number]): string | null => {
    const roomOf = ([files, bytes]: [number, number]) => ({ files, bytes: bytes * MB });
    try {
      demandRoom(of, roomOf(has), roomOf(more));
      return null;
    } catch (error) {
      return (error as DomainError).fields[0]?.code ?? 'another';
    }
  };

  test.each([
    ['draft', [0, 0], [1, 0], null],
    ['draft', [9, 0], [1, 0], null],
    ['draft', [10, 0], [1, 0], 'too-many-files'],
    ['draft', [10, 80], [0, 20], null],
    ['draft', [6, 80], [0, 21], 'too-much-in-files'],
    ['notification', [19, 0], [1, 0], null],
    ['notification', [20, 0], [1, 0], 'too-many-files'],
    ['notification', [20, 180], [0, 20], null],
    ['notification', [20, 181], [0, 20], 'too-much-in-files'],
  ] as const)('a %s with %j takes %j more: %s', (of, has, more, code) => {
    expect(room(of, [...has], [...more])).toBe(code);
  });

  test('sizes as people read them', () => {
    expect(sizeInWords(1)).toEqual({ da: '1 kB', en: '1 kB' });
    expect(sizeInWords(1_500_000)).toEqual({ da: '1,4 MB', en: '1.4 MB' });
    expect(sizeInWords(MOST_BYTES)).toEqual({ da: '20 MB', en: '20 MB' });
  });
});
