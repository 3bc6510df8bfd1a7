import { receiptWords } from '#domain/receipt-words.ts';
import type { MailFacts } from './facts.ts';
import { type Language, shown, type Words } from './layout.ts';

/** The subject does not say what was received, because others may see the list of mails. */
const SUBJECTS: Readonly<Record<Language, string>> = {
  da: 'Kvittering: kommunen har modtaget din henvendelse',
  en: 'Receipt: the municipality has received your message',
};

const words =
  (language: Language) =>
  ({ receivedAt, department, phone }: MailFacts): Words => {
    const received = receivedAt ? { da: shown(receivedAt, 'da'), en: shown(receivedAt, 'en') } : null;
    const sentences = receiptWords({ received, department, phone });
    return { subject: SUBJECTS[language], paragraphs: sentences.map((sentence) => sentence[language]) };
  };

/** It says so itself, without a link or a login. */
export const receipt = { da: words('da'), en: words('en') };
