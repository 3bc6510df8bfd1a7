import type { MailFacts } from './facts.ts';
import { type Language, shown, type Words } from './layout.ts';
import { openCase } from './words-for-staff.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

/** To the notifier: that an answer lies behind the login, and nothing else; even a withheld one reads the same here. */
export const feedback: InBoth = {
  da: ({ link }) => ({
    subject: 'Der er et svar til dig fra kommunen',
    paragraphs: ['Der ligger et svar til dig på Bindeled. Log ind for at læse det.'],
    link: { label: 'Læs svaret', address: link },
  }),
  en: ({ link }) => ({
    subject: 'There is an answer for you from the municipality',
    paragraphs: ['There is an answer for you at Bindeled. Log in to read it.'],
    link: { label: 'Read the answer', address: link },
  }),
};

/** To the unit: a second person must say whether feedback may be withheld. */
export const withholding: InBoth = {
  da: ({ link }) => ({
    subject: 'En kollega beder om godkendelse',
    paragraphs: [
      'En kollega foreslår, at underretteren ikke får mere at vide i en sag.',
      'En anden end den, der foreslog det, skal godkende eller afvise det. Pligten til at orientere gælder imens.',
    ],
    link: openCase(link, 'da'),
  }),
  en: ({ link }) => ({
    subject: 'A colleague asks for approval',
    paragraphs: [
      'A colleague proposes that the notifier is told nothing more in a case.',
      'Somebody else than the proposer must approve or refuse it. Until then feedback is owed as before.',
    ],
    link: openCase(link, 'en'),
  }),
};

/** To those who have the case: it cannot wait any more. */
export const becameAcute: InBoth = {
  da: ({ link, dueAt }) => ({
    subject: 'En sag er blevet akut',
    paragraphs: [
      'En sag, som du eller din enhed har, er ændret til akut. Den skal der handles på nu.',
      ...(dueAt === null ? [] : [`Fristen er ${shown(dueAt, 'da')}.`]),
    ],
    link: openCase(link, 'da'),
  }),
  en: ({ link, dueAt }) => ({
    subject: 'A case has become acute',
    paragraphs: [
      'A case that you or your unit has was changed to acute. It needs action now.',
      ...(dueAt === null ? [] : [`It is due on ${shown(dueAt, 'en')}.`]),
    ],
    link: openCase(link, 'en'),
  }),
};

/** To the notifier: that there is a question behind the login, and nothing else; the same words when reminded. */
export const request: InBoth = {
  da: ({ link, stage }) => ({
    subject: `${stage === null ? '' : 'Påmindelse: '}Kommunen har et spørgsmål til dig`,
    paragraphs: ['Der ligger et spørgsmål til dig på Bindeled. Log ind for at læse det og svare.'],
    link: { label: 'Læs og svar', address: link },
  }),
  en: ({ link, stage }) => ({
    subject: `${stage === null ? '' : 'Reminder: '}The municipality has a question for you`,
    paragraphs: ['There is a question for you at Bindeled. Log in to read and answer it.'],
    link: { label: 'Read and answer', address: link },
  }),
};
