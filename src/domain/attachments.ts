import { ACT_LABELS } from './act-labels.ts';
import { DomainError, type Reason } from './errors.ts';
import { refusedField, refuseField } from './field-errors.ts';

/** Policy: what one file may hold. Bytes. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** Policy: how many files a draft may have, and all that its notifier puts beside a notification, and their sum in bytes. */
export const FILE_BOUNDS = {
  draft: { files: 10, bytes: 100 * 1024 * 1024 },
  notification: { files: 20, bytes: 200 * 1024 * 1024 },
} as const;
export type Bounded = keyof typeof FILE_BOUNDS;
/** What is there already; what is still on its way counts as a file. */
export type Room = { readonly files: number; readonly bytes: number };

/** Throws INVALID when so much more would be too much: before it comes as one file, and once it is whole as its bytes too. */
export const demandRoom = (of: Bounded, has: Room, more: Room): void => {
  const most = FILE_BOUNDS[of];
  if (has.files + more.files > most.files) refuseField('file', 'too-many-files');
  if (has.bytes + more.bytes > most.bytes) refuseField('file', 'too-much-in-files');
};

const KB = 1024;
const LOCALES = { da: 'da-DK', en: 'en-GB' } as const;
const sizeIn = (bytes: number, language: keyof typeof LOCALES): string => {
  const locale = LOCALES[language];
  if (bytes < KB * KB) return `${Math.max(1, Math.round(bytes / KB)).toLocaleString(locale)} kB`;
  return `${(bytes / KB / KB).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
};

/** In kB or MB, as people read them. */
export const sizeInWords = (bytes: number): Reason => ({ da: sizeIn(bytes, 'da'), en: sizeIn(bytes, 'en') });

/** Letters of a name, its ending included. */
const LONGEST_NAME = 120;

type Type = Reason & { readonly mime: string; readonly ending: string };

/** The types of files that are taken, as content tells them. */
export const FILE_TYPES = {
  pdf: { mime: 'application/pdf', ending: 'pdf', da: 'PDF', en: 'PDF' },
  jpeg: { mime: 'image/jpeg', ending: 'jpg', da: 'Billede (JPEG)', en: 'Picture (JPEG)' },
  png: { mime: 'image/png', ending: 'png', da: 'Billede (PNG)', en: 'Picture (PNG)' },
  webp: { mime: 'image/webp', ending: 'webp', da: 'Billede (WebP)', en: 'Picture (WebP)' },
  heic: { mime: 'image/heic', ending: 'heic', da: 'Billede (HEIC)', en: 'Picture (HEIC)' },
} as const satisfies Readonly<Record<string, Type>>;
export type FileType = keyof typeof FILE_TYPES;

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
const begins = (bytes: Uint8Array, ...with_: readonly number[]): boolean => with_.every((byte, n) => bytes[n] === byte);

/** Brands of HEIF files whose pictures are HEVC, as telephones make them (ISO/IEC 23008-12, annex B). */
const HEIC_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis']);

/** By how the content begins, whatever the file is called; null for everything that is not taken. */
export const fileTypeOf = (start: Uint8Array): FileType | null => {
  if (text(start, 0, 5) === '%PDF-') return 'pdf';
  if (begins(start, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (begins(start, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (text(start, 0, 4) === 'RIFF' && text(start, 8, 12) === 'WEBP') return 'webp';
  if (text(start, 4, 8) === 'ftyp' && HEIC_BRANDS.has(text(start, 8, 12))) return 'heic';
  return null;
};

/** Control and formatting characters (what turns a name around among them), and what paths and headers are made of. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]+/gu;

/** A name to show and to save under: nothing of a path, nothing hidden, with the ending of what the content is. */
export const safeName = (given: string, type: FileType): string => {
  const { ending } = FILE_TYPES[type];
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[^.]*$/, '')
    .replace(UNSAFE, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const short = [...stem]
    .slice(0, LONGEST_NAME - ending.length - 1)
    .join('')
    .trimEnd();
  return `${short || 'fil'}.${ending}`;
};

/** A name's own letters in a header, which takes ASCII only (RFC 8187, `ext-value`). */
export const headerName = (name: string): string => {
  const escaped = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  return `filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, escaped)}`;
};

/** RFC 6266: saved, never shown in the page; letters outside ASCII too, `fil.pdf` for who reads only ASCII. */
export const dispositionOf = (name: string, type: FileType): string =>
  `attachment; filename="fil.${FILE_TYPES[type].ending}"; ${headerName(name)}`;

/** More than `MOST_BYTES`, told or counted. */
export const tooLarge = (): DomainError => {
  const field = refusedField('file', 'file-too-large', ACT_LABELS);
  return new DomainError('TOO_LARGE', { da: field.da, en: field.en }, [field]);
};
