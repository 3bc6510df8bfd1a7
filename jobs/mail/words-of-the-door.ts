import type { MailFacts } from './facts.ts';
import type { Language, Words } from './layout.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

const ONCE = {
  da: 'Linket kan åbnes én gang og i 14 dage. Når du åbner det, sender vi en engangskode til denne mailadresse. Du kan altid få et nyt link ved at åbne det gamle.',
  en: 'The link opens once and for 14 days. When you open it, we send a one-time code to this mail address. You can always have a new link by opening the old one.',
} as const;

/** The way back for whoever has no login: only the link, whose token tells nothing. */
export const notifierLink: InBoth = {
  da: ({ link }) => ({
    subject: 'Dit link til kommunens svar',
    paragraphs: ['Her kan du se din kvittering, og hvad kommunen må fortælle dig. Gem mailen.', ONCE.da],
    link: { label: 'Åbn', address: link },
  }),
  en: ({ link }) => ({
    subject: 'Your link to the answer of the municipality',
    paragraphs: ['Here you can see your receipt, and what the municipality may tell you. Keep this mail.', ONCE.en],
    link: { label: 'Open', address: link },
  }),
};

/** As the notice behind a login: even a withheld answer reads the same here. */
export const feedbackLink: InBoth = {
  da: ({ link }) => ({
    subject: 'Der er et svar til dig fra kommunen',
    paragraphs: ['Der ligger et svar til dig på Bindeled.', ONCE.da],
    link: { label: 'Læs svaret', address: link },
  }),
  en: ({ link }) => ({
    subject: 'There is an answer for you from the municipality',
    paragraphs: ['There is an answer for you at Bindeled.', ONCE.en],
    link: { label: 'Read the answer', address: link },
  }),
};

/** The code stands in the text, not in the subject, which shows on a locked telephone. */
export const doorCode: InBoth = {
  da: ({ code }) => ({
    subject: 'Din engangskode til Bindeled',
    paragraphs: [
      ...(code === null ? [] : [`Koden er ${code}`]),
      'Den virker i 10 minutter og kun på den side, hvor du bad om den.',
      'Har du ikke bedt om en kode, så gør ingenting. Giv aldrig koden til andre.',
    ],
  }),
  en: ({ code }) => ({
    subject: 'Your one-time code for Bindeled',
    paragraphs: [
      ...(code === null ? [] : [`The code is ${code}`]),
      'It works for 10 minutes and only on the page where you asked for it.',
      'If you did not ask for a code, do nothing. Never give the code to anybody.',
    ],
  }),
};
