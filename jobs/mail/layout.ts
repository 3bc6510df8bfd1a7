import type { Reason } from '#domain/errors.ts';
import { instant, ZONE } from '#domain/time.ts';

export type Language = 'da' | 'en';

/** What a template makes of its facts. `paragraphs` are plain text; `link` comes after them. */
export type Words = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link?: { readonly label: string; readonly address: string };
};

const FOOTER: Reason = {
  da: 'Mailen er sendt automatisk af Bindeled. Den indeholder ingen personoplysninger og kan ikke besvares.',
  en: 'This mail was sent automatically by Bindeled. It contains no personal data and cannot be answered.',
};
const GREETING: Reason = { da: 'Hej', en: 'Hello' };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** The same words twice: as plain text and as HTML without pictures, styles or scripts. */
export const layOut = ({ subject, paragraphs, link }: Words, language: Language) => {
  const lines = [GREETING[language], ...paragraphs];
  const text = [...lines, ...(link ? [`${link.label}: ${link.address}`] : []), '--', FOOTER[language]].join('\n\n');
  const body = [
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...(link ? [`<p><a href="${escaped(link.address)}">${escaped(link.label)}</a></p>`] : []),
    `<hr><p><small>${FOOTER[language]}</small></p>`,
  ];
  const head = `<meta charset="utf-8"><title>${escaped(subject)}</title>`;
  const html = `<!doctype html>\n<html lang="${language}"><head>${head}</head><body>\n${body.join('\n')}\n</body></html>\n`;
  return { subject, text: `${text}\n`, html };
};

const format = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: ZONE });
const dayOf = (locale: string) => format(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const timeOf = (locale: string) => format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** Made once: making them takes longer than all the rest of a mail. */
const FORMATS = {
  da: { day: dayOf('da-DK'), time: timeOf('da-DK'), between: ' kl. ' },
  en: { day: dayOf('en-GB'), time: timeOf('en-GB'), between: ' at ' },
};

/** An instant as people in Copenhagen say it: `mandag den 2. november 2026 kl. 09.15`. */
export const shown = (iso: string, language: Language): string => {
  const at = instant(iso).epochMilliseconds;
  const { day, time, between } = FORMATS[language];
  return `${day.format(at)}${between}${time.format(at)}`;
};
