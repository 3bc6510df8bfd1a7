import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { da } from './da.ts';
import { en } from './en.ts';

export const LANGUAGES = ['da', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof da };
  }
}

const REMEMBERED = 'bindeled.language';

/** Danish unless the person has chosen otherwise on this machine. */
const remembered = (): Language => {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'da';
  } catch {
    return 'da';
  }
};

const show = (language: Language): void => {
  document.documentElement.lang = language;
};

export const startLanguage = (): void => {
  const language = remembered();
  show(language);
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'da',
    resources: { da: { translation: da }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
};

export const chooseLanguage = (language: Language): void => {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // Storage may be closed to us; the choice then lasts as long as the page.
  }
  show(language);
  void i18next.changeLanguage(language);
};
