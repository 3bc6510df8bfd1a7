import { TASK_KINDS, type TaskKind } from '#domain/tasks.ts';
import type { MailFacts } from './facts.ts';
import { type Language, shown, type Words } from './layout.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

export const openCase = (link: string, language: Language): NonNullable<Words['link']> => ({
  label: language === 'da' ? 'Åbn sagen' : 'Open the case',
  address: link,
});

const given = (...lines: (string | false | null)[]): string[] => lines.filter((line) => typeof line === 'string');

const received = (iso: string | null, language: Language): string | null => {
  if (iso === null) return null;
  const at = shown(iso, language);
  return language === 'da' ? `Kommunen modtog den ${at}.` : `The municipality received it on ${at}.`;
};

const dueBy = (iso: string | null, language: Language): string | null => {
  if (iso === null) return null;
  return language === 'da' ? `Fristen er ${shown(iso, 'da')}.` : `It is due on ${shown(iso, 'en')}.`;
};

const taskName = (kind: string | null, language: Language): string | null =>
  kind !== null && Object.hasOwn(TASK_KINDS, kind) ? `${TASK_KINDS[kind as TaskKind][language]}.` : null;

export const referralReceived: InBoth = {
  da: ({ link, unitName, receivedAt, dueAt }) => ({
    subject: 'Ny sag til din enhed',
    paragraphs: given(
      `Der er kommet en ny sag til ${unitName ?? 'din enhed'}.`,
      received(receivedAt, 'da'),
      'Enheden er ansvarlig, indtil en anden har taget imod sagen. Kvittér for den, så en navngiven medarbejder har den.',
      dueBy(dueAt, 'da'),
    ),
    link: openCase(link, 'da'),
  }),
  en: ({ link, unitName, receivedAt, dueAt }) => ({
    subject: 'A new case for your unit',
    paragraphs: given(
      `A new case has arrived at ${unitName ?? 'your unit'}.`,
      received(receivedAt, 'en'),
      'The unit owns it until another has accepted it. Acknowledge it, so that a named person has it.',
      dueBy(dueAt, 'en'),
    ),
    link: openCase(link, 'en'),
  }),
};

export const assessmentTask: InBoth = {
  da: ({ link, unitName, receivedAt, dueAt }) => ({
    subject: 'En sag skal vurderes inden for 24 timer',
    paragraphs: given(
      `${unitName ?? 'Din enhed'} skal vurdere, om der er brug for at handle akut.`,
      received(receivedAt, 'da'),
      dueBy(dueAt, 'da'),
      'Ansvaret for sagen ligger stadig hos den enhed, der har den.',
    ),
    link: openCase(link, 'da'),
  }),
  en: ({ link, unitName, receivedAt, dueAt }) => ({
    subject: 'A case is to be assessed within 24 hours',
    paragraphs: given(
      `${unitName ?? 'Your unit'} is to assess whether acute action is needed.`,
      received(receivedAt, 'en'),
      dueBy(dueAt, 'en'),
      'The unit that has the case still owns it.',
    ),
    link: openCase(link, 'en'),
  }),
};

export const ownershipArrived: InBoth = {
  da: ({ link, unitName, dueAt }) => ({
    subject: 'Din enhed er nu ansvarlig for en sag',
    paragraphs: given(
      `${unitName ?? 'Din enhed'} er nu ansvarlig for en sag, som lå et andet sted.`,
      'Kvittér for den, så en navngiven medarbejder har den.',
      dueBy(dueAt, 'da'),
    ),
    link: openCase(link, 'da'),
  }),
  en: ({ link, unitName, dueAt }) => ({
    subject: 'Your unit now owns a case',
    paragraphs: given(
      `${unitName ?? 'Your unit'} now owns a case that was elsewhere before.`,
      'Acknowledge it, so that a named person has it.',
      dueBy(dueAt, 'en'),
    ),
    link: openCase(link, 'en'),
  }),
};

export const assigned: InBoth = {
  da: ({ link, dueAt }) => ({
    subject: 'Du har fået en sag',
    paragraphs: given('En sag er givet til dig. Du er nu den, der har den.', dueBy(dueAt, 'da')),
    link: openCase(link, 'da'),
  }),
  en: ({ link, dueAt }) => ({
    subject: 'You have been given a case',
    paragraphs: given('A case has been given to you. You are now the person who has it.', dueBy(dueAt, 'en')),
    link: openCase(link, 'en'),
  }),
};

export const addition: InBoth = {
  da: ({ link }) => ({
    subject: 'Der er kommet nyt i en sag',
    paragraphs: ['Afsenderen har føjet noget til en sag, som du eller din enhed har. Læs det, inden I går videre.'],
    link: openCase(link, 'da'),
  }),
  en: ({ link }) => ({
    subject: 'Something was added to a case',
    paragraphs: ['The sender has added to a case that you or your unit has. Read it before you go on.'],
    link: openCase(link, 'en'),
  }),
};

export const emergencyOpened: InBoth = {
  da: ({ link }) => ({
    subject: 'En sag er åbnet i nød',
    paragraphs: [
      'En, der ellers ikke har adgang, har åbnet en af jeres sager i nød. I sagen står, hvem det er, og hvorfor.',
    ],
    link: openCase(link, 'da'),
  }),
  en: ({ link }) => ({
    subject: 'A case was opened in an emergency',
    paragraphs: [
      'Somebody who has no access otherwise has opened one of your cases in an emergency. The case says who and why.',
    ],
    link: openCase(link, 'en'),
  }),
};

/** To the person who gets it: what is to be done stands behind the login. */
export const task: InBoth = {
  da: ({ link, stage }) => ({
    subject: 'Du har fået en opgave',
    paragraphs: given(taskName(stage, 'da'), 'Opgaven står under Opgaver. Din enhed kan også se den.'),
    link: { label: 'Åbn opgaver', address: link },
  }),
  en: ({ link, stage }) => ({
    subject: 'You have been given a task',
    paragraphs: given(taskName(stage, 'en'), 'It stands under Tasks. Your unit can see it too.'),
    link: { label: 'Open tasks', address: link },
  }),
};

/** The same, each workday until it is done. */
export const taskReminder: InBoth = {
  da: ({ link, stage }) => ({
    subject: 'Du har stadig en opgave',
    paragraphs: given(
      taskName(stage, 'da'),
      'Opgaven står åben under Opgaver. Du får besked hver arbejdsdag, til den er klaret.',
    ),
    link: { label: 'Åbn opgaver', address: link },
  }),
  en: ({ link, stage }) => ({
    subject: 'You still have a task',
    paragraphs: given(taskName(stage, 'en'), 'It is open under Tasks. You are told each workday until it is done.'),
    link: { label: 'Open tasks', address: link },
  }),
};
