import type { Unmasked } from './audit.ts';
import type { ConflictSaid } from './conflict-words.ts';
import type { UndeliveredReason } from './delivery.ts';
import type { Reason } from './errors.ts';
import type { RestrictionSaid } from './restriction-words.ts';
import type { ScanReason } from './scanning.ts';
import type { Unusual } from './unusual-reading.ts';

type Choice = Reason & { readonly code: string };

const TOLD = { code: 'told', da: 'Modtageren har fået det at vide', en: 'The receiver has been told' };
const MENDED = { code: 'mended', da: 'Adressen er rettet', en: 'The address was put right' };
const EXPLAINED = { code: 'explained', da: 'Der var en grund', en: 'There was a reason' };
const TAKEN_UP = { code: 'taken-up', da: 'Ingen grund; taget op med dem', en: 'No reason; taken up with them' };
const ASKED = {
  code: 'asked-again',
  da: 'Der er bedt om indholdet på en anden måde',
  en: 'The content was asked for otherwise',
};
const WORKS = { code: 'works', da: 'Kontrollen virker igen', en: 'The check works again' };
const RIGHT = { code: 'right', da: 'Det er rigtigt', en: 'It is right' };
const NOTED = { code: 'noted', da: 'Set', en: 'Noted' };
const NOT_NEEDED = { code: 'not-needed', da: 'Det er ikke længere nødvendigt', en: 'It is no longer needed' };

/**
 * What a named person may be asked to do. `choices`: how it can be done; without any it ends by the act that it asks
 * for. `seek`: who is sought, first to last; whoever stands in for an absent one counts as found.
 */
export const TASK_KINDS = {
  letter: {
    da: 'Giv underretter besked med brev eller telefon',
    en: 'Tell the notifier by letter or phone',
    seek: ['handler', 'intake', 'duty-officer', 'team-leader', 'area-manager', 'centre-director'],
    choices: [],
  },
  'undelivered-mail': {
    da: 'Fortæl en kollega det, som en mail ikke kunne',
    en: 'Tell a colleague what a mail could not',
    seek: ['team-leader', 'area-manager', 'centre-director', 'intake', 'duty-officer'],
    choices: [TOLD, NOT_NEEDED],
  },
  'failing-address': {
    da: 'Ret en mailadresse, som mails ikke når frem til',
    en: 'Put right a mail address that mails do not reach',
    seek: ['administrator', 'team-leader', 'area-manager', 'centre-director'],
    choices: [MENDED, NOT_NEEDED],
  },
  'unusual-reading': {
    da: 'Spørg en kollega, hvorfor de har læst det',
    en: 'Ask a colleague why they have read it',
    seek: ['team-leader', 'area-manager', 'centre-director', 'director'],
    choices: [EXPLAINED, TAKEN_UP],
  },
  'refused-file': {
    da: 'Skaf indholdet af en fil, der blev afvist',
    en: 'Get the content of a file that was refused',
    seek: ['handler', 'intake', 'duty-officer', 'team-leader', 'area-manager', 'centre-director'],
    choices: [ASKED, NOT_NEEDED],
  },
  'held-file': {
    da: 'Få kontrollen af filer til at virke',
    en: 'Make the check of files work',
    seek: ['administrator', 'team-leader', 'area-manager', 'centre-director'],
    choices: [WORKS, NOT_NEEDED],
  },
  'related-colleague': {
    da: 'Se efter, om det er rigtigt, at en kollega er inhabil',
    en: 'Look whether it is right that a colleague is related to the child',
    seek: ['team-leader', 'area-manager', 'centre-director'],
    // Lifting it on the case's page ends the task: nobody can answer that it was lifted where it was not.
    choices: [RIGHT],
    hint: {
      da: 'Er det ikke rigtigt, så ophæv inhabiliteten på sagens side. Det løser opgaven.',
      en: 'If it is not right, lift it on the page of the case. That ends the task.',
    },
  },
  'restricted-case': {
    da: 'Til orientering: hvem en sag er åben for',
    en: 'For your information: whom a case is open to',
    seek: ['team-leader', 'area-manager', 'centre-director', 'director'],
    choices: [NOTED, TAKEN_UP],
  },
  'unmasked-person': {
    da: 'Til orientering om en medarbejder',
    en: 'For your information about a member of staff',
    seek: ['team-leader', 'area-manager', 'centre-director', 'director'],
    choices: [NOTED],
  },
} as const satisfies Readonly<
  Record<
    string,
    Reason & { readonly seek: readonly Sought[]; readonly choices: readonly Choice[]; readonly hint?: Reason }
  >
>;
export type TaskKind = keyof typeof TASK_KINDS;

/** How else it can end. */
export const hintOf = (kind: TaskKind): Reason | null => {
  const asked = TASK_KINDS[kind];
  return 'hint' in asked ? asked.hint : null;
};
export const TASK_OUTCOMES = [
  'told',
  'mended',
  'not-needed',
  'explained',
  'taken-up',
  'asked-again',
  'works',
  'right',
  'lifted',
  'noted',
  'posted',
  'phoned',
  'by-mail',
] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** `handler`: the person who has the case. */
export type Sought =
  | 'handler'
  | 'intake'
  | 'duty-officer'
  | 'team-leader'
  | 'area-manager'
  | 'centre-director'
  | 'director'
  | 'administrator';

export type TaskReason = UndeliveredReason | Unusual | ScanReason | ConflictSaid | RestrictionSaid | Unmasked;

/** A task that an act leads to; who gets it is found when it is written. `subject`: one open task per kind and subject. */
export type NewTask = {
  readonly kind: TaskKind;
  readonly unit: string;
  readonly reason: TaskReason;
  readonly subject: string;
  readonly letterId?: string;
  readonly messageId?: string;
  /** Must not get it: they are whom the mail could not reach, whom it asks about, or who made it be asked. */
  readonly except?: readonly string[];
  /** Whom it asks about. Nobody but its person sees it, and they never do. */
  readonly aboutPerson?: string;
  /** Quiet hours do not hold its notice. */
  readonly urgent: boolean;
};

/** An open task that may need another person: its unit has another now, or its person is away. */
export type TaskInHand = Pick<NewTask, 'kind' | 'unit' | 'reason' | 'except' | 'aboutPerson' | 'urgent'> & {
  readonly id: string;
  readonly heldBy: string;
};

export const isChoiceOf = (kind: TaskKind, outcome: string): boolean =>
  TASK_KINDS[kind].choices.some(({ code }) => code === outcome);
