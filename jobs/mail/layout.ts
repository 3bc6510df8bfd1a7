import type { Reason } from '#domain/errors.ts';
import { instant, local } from '#domain/time.ts';

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

/** An instant as people in Copenhagen say it: `mandag den 2. november 2026 kl. 09.15`. */
export const shown = (iso: string, language: Language): string => {
  const at = local(instant(iso));
  const locale = language === 'da' ? 'da-DK' : 'en-GB';
  const day = at.toLocaleString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const time = at.toLocaleString(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return language === 'da' ? `${day} kl. ${time}` : `${day} at ${time}`;
};
