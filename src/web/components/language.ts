import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import { ZONE } from '#domain/time.ts';
import type { Language } from '../i18n/setup.ts';

export const useLanguage = (): Language => (useTranslation().i18n.language === 'en' ? 'en' : 'da');

/** Picks the language on screen out of a text that comes in both. */
export const useText = (): ((text: Reason) => string) => {
  const language = useLanguage();
  return (text) => text[language];
};

/** What the browser calls the languages. */
export const LOCALE = { da: 'da-DK', en: 'en-GB' } as const;
const SHAPES = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type DateShape = keyof typeof SHAPES | 'moment';
const AT = { da: 'kl.', en: 'at' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (language: Language, shape: keyof typeof SHAPES): Intl.DateTimeFormat => {
  const key = language + shape;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE[language], { ...SHAPES[shape], timeZone: ZONE });
  formats.set(key, known);
  return known;
};

/** Instants as local time in Copenhagen, whatever the machine's own zone. */
export const useWhen = (): ((iso: string, shape?: DateShape) => string) => {
  const language = useLanguage();
  return (iso, shape = 'moment') => {
    const at = new Date(iso);
    if (shape !== 'moment') return formatOf(language, shape).format(at);
    return `${formatOf(language, 'short').format(at)} ${AT[language]} ${formatOf(language, 'time').format(at)}`;
  };
};

/** A date in a language that need not be the screen's. */
export const dayIn = (language: Language, iso: string): string => formatOf(language, 'day').format(new Date(iso));

/** A local day `YYYY-MM-DD` in words; anything else as it stands. */
export const useDay = (): ((day: string) => string) => {
  const when = useWhen();
  return (day) => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? when(`${day}T12:00:00Z`, 'day') : day);
};
