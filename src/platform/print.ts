import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Printed, Printing } from './deps.ts';

/** The fonts of the pages themselves; whole, so that Danish, Greek and Cyrillic letters are embedded. */
const FONTS = join(dirname(createRequire(import.meta.url).resolve('dkfds')), '../fonts/IBMPlexSans/complete/ttf');
const fontOf = (name: 'Regular' | 'SemiBold'): string => join(FONTS, `IBMPlexSans-${name}.ttf`);

type Font = { readonly hasGlyphForCodePoint: (point: number) => boolean };
const SPACE = /\s/u;

/** What the font cannot show is shown as its code, so that nothing is left out unseen: `[U+1F600]`. */
const shown = (text: string, font: Font): string =>
  [...text]
    .map((sign) => {
      const point = sign.codePointAt(0) ?? 0;
      if (SPACE.test(sign) || font.hasGlyphForCodePoint(point)) return sign;
      return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');

type Look = { readonly tag: 'H1' | 'H2' | 'P'; readonly font: 'Regular' | 'SemiBold'; readonly size: number };
const TITLE: Look = { tag: 'H1', font: 'SemiBold', size: 20 };
const HEADING: Look = { tag: 'H2', font: 'SemiBold', size: 13 };
const LABEL: Look = { tag: 'P', font: 'SemiBold', size: 10 };
const TEXT: Look = { tag: 'P', font: 'Regular', size: 10 };

/**
 * A tagged PDF (PDF/UA): headings and paragraphs in reading order, language and title said, fonts embedded. Node only.
 * The library is loaded when something is printed, because few processes ever do.
 */
export const printPdf: Printing = async ({ title, language, at, sections }: Printed): Promise<Uint8Array> => {
  const { default: Document } = await import('pdfkit');
  // The types know PDF/A only.
  const subset = 'PDF/UA' as 'PDF/A-1';
  const doc = new Document({
    size: 'A4',
    margins: { top: 56, bottom: 56, left: 64, right: 64 },
    pdfVersion: '1.7',
    subset,
    tagged: true,
    lang: language === 'da' ? 'da-DK' : 'en-GB',
    displayTitle: true,
    info: { Title: title, Creator: 'Bindeled', Producer: 'Bindeled', CreationDate: at, ModDate: at },
  });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject));
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const write = (text: string, { tag, font, size }: Look, gap: number): void => {
    doc.font(fontOf(font)).fontSize(size);
    const { font: face } = (doc as unknown as { readonly _font: { readonly font: Font } })._font;
    const words = shown(text, face);
    whole.add(doc.struct(tag, {}, () => void doc.text(words, { paragraphGap: gap })));
  };
  write(title, TITLE, 10);
  for (const { heading, lines } of sections) {
    write(heading, HEADING, 4);
    for (const { label, text } of lines) {
      if (label !== null) write(label, LABEL, 0);
      write(text, TEXT, 6);
    }
  }
  whole.end();
  doc.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
};
