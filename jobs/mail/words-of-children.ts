import type { MailFacts } from './facts.ts';
import { type Language, shown, type Words } from './layout.ts';
import { openCase } from './words-for-staff.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

export const familyNews: InBoth = {
  da: ({ link }) => ({
    subject: 'Der er nyt om barnet i en sag',
    paragraphs: ['Der er nyt om barnet, eller om en søskende, i en sag, som du eller din enhed har. Sagen viser hvad.'],
    link: openCase(link, 'da'),
  }),
  en: ({ link }) => ({
    subject: 'There is news of the child of a case',
    paragraphs: [
      'There is news of the child, or of a sibling, of a case that you or your unit has. The case shows it.',
    ],
    link: openCase(link, 'en'),
  }),
};

export const reassessment: InBoth = {
  da: ({ link, dueAt }) => ({
    subject: 'Du er udpeget til en genvurdering',
    paragraphs: [
      'Et barn, der allerede får en indsats, er der kommet en ny underretning om. Sagen skal genvurderes af en, der aldrig har haft med den at gøre, og det er dig. Læs den, og skriv, hvad du kommer frem til.',
      ...(dueAt === null ? [] : [`Fristen er ${shown(dueAt, 'da')}.`]),
    ],
    link: openCase(link, 'da'),
  }),
  en: ({ link, dueAt }) => ({
    subject: 'You are named to re-assess a case',
    paragraphs: [
      'A new notification has come on a child that already has a measure. The case must be re-assessed by somebody who never handled it, and that is you. Read it, and write what you find.',
      ...(dueAt === null ? [] : [`It is due on ${shown(dueAt, 'en')}.`]),
    ],
    link: openCase(link, 'en'),
  }),
};
