import type { Reason } from './errors.ts';

/** Why personal data is shown, as the log of reads keeps it; the words are those of *Hvem har set sagen?*. */
export const PURPOSES = {
  case: { da: 'Åbnede sagen', en: 'Opened the case' },
  emergency: { da: 'Åbnede sagen i nød', en: 'Opened the case in an emergency' },
  'emergency-sought': { da: 'Søgte en sag i nød og fandt ingen', en: 'Sought a case in an emergency and found none' },
  address: { da: 'Så barnets beskyttede adresse', en: "Saw the child's protected address" },
  'worklist-names': { da: 'Så barnets navn i sagslisten', en: "Saw the child's name in the list of cases" },
  search: { da: 'Fandt sagen ved søgning', en: 'Found the case by searching' },
  dispute: { da: 'Åbnede uenigheden om sagen', en: 'Opened the dispute about the case' },
  outcome: { da: 'Læste, hvordan uenigheden endte', en: 'Read how the dispute ended' },
  precedent: { da: 'Skrev en tidligere afgørelse om sagen', en: 'Wrote an earlier decision about the case' },
  file: { da: 'Hentede en fil i sagen', en: 'Fetched a file of the case' },
  'own-file': { da: 'Hentede en fil, de selv har sendt', en: 'Fetched a file that they sent themselves' },
  access: { da: 'Behandlede en anmodning om indsigt', en: 'Dealt with a request for access' },
  letter: { da: 'Åbnede et brev i sagen', en: 'Opened a letter of the case' },
  'merge-preview': { da: 'Sammenlignede barnets sager', en: "Compared the child's cases" },
  lookups: { da: 'Så, hvem der har set sagen', en: 'Saw who has looked at the case' },
  audit: { da: 'Så handlinger og opslag ved en revision', en: 'Saw acts and look-ups in an audit' },
  proof: { da: 'Hentede sin kvittering', en: 'Fetched their proof of receipt' },
  'own-notifications': { da: 'Så sine egne underretninger', en: 'Saw their own notifications' },
  draft: { da: 'Åbnede sin kladde', en: 'Opened their draft' },
  drafts: { da: 'Så sine kladder', en: 'Saw their drafts' },
} as const satisfies Readonly<Record<string, Reason>>;
export type Purpose = keyof typeof PURPOSES;

/** Does it show what is in a case? Lists of names, and what is one's own, do not. */
const SHOWS_CASE = {
  case: true,
  // It has a question of its own.
  emergency: false,
  'emergency-sought': false,
  address: true,
  'worklist-names': false,
  search: false,
  dispute: true,
  outcome: true,
  precedent: true,
  file: true,
  access: true,
  'own-file': false,
  letter: true,
  'merge-preview': true,
  lookups: false,
  audit: false,
  proof: false,
  'own-notifications': false,
  draft: false,
  drafts: false,
} as const satisfies Readonly<Record<Purpose, boolean>>;
/** What counts as opening a case (decision 038). */
export const OPENING: readonly Purpose[] = (Object.keys(SHOWS_CASE) as Purpose[]).filter((one) => SHOWS_CASE[one]);
