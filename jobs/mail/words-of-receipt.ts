import type { MailFacts } from './facts.ts';
import { shown, type Words } from './layout.ts';

/**
 * Tier 0 (rules, Disclosure): that it was received and when, the department, whom to call. It says so itself, without
 * a link or a login. Nothing of the child, the text or the unit, whose name alone may tell of a disability; and the
 * subject does not say what was received, because others may see the list of mails.
 */
export const receipt = {
  da: ({ receivedAt, department, phone }: MailFacts): Words => ({
    subject: 'Kvittering: kommunen har modtaget din henvendelse',
    paragraphs: [
      receivedAt
        ? `Kommunen modtog din underretning ${shown(receivedAt, 'da')}.`
        : 'Kommunen har modtaget din underretning.',
      department ? `${department.da} tager sig af den.` : 'Kommunen tager sig af den.',
      phone
        ? `Har du spørgsmål, eller sker der noget nyt, så ring på ${phone}.`
        : 'Har du spørgsmål, eller sker der noget nyt, så ring til kommunen.',
      'Er nogen i fare lige nu, så ring 112.',
    ],
  }),
  en: ({ receivedAt, department, phone }: MailFacts): Words => ({
    subject: 'Receipt: the municipality has received your message',
    paragraphs: [
      receivedAt
        ? `The municipality received your notification on ${shown(receivedAt, 'en')}.`
        : 'The municipality has received your notification.',
      department ? `It is in the hands of ${department.en}.` : 'It is in the hands of the municipality.',
      phone
        ? `If you have questions, or something new happens, call ${phone}.`
        : 'If you have questions, or something new happens, call the municipality.',
      'If somebody is in danger right now, call 112.',
    ],
  }),
};
