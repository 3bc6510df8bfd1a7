import type { Reason } from './errors.ts';

/** What a line in the journal of the setup is called. */
export const SETUP_EVENT_NAMES = {
  proposed: { da: 'Ændring foreslået', en: 'Change proposed' },
  confirmed: { da: 'Ændring bekræftet', en: 'Change confirmed' },
  rejected: { da: 'Ændring afvist', en: 'Change rejected' },
  withdrawn: { da: 'Ændring trukket tilbage', en: 'Change withdrawn' },
  installed: { da: 'Regler lagt ind', en: 'Rules installed' },
  imported: {
    da: 'Lukkedage og åbningstider fra organisationsfilen',
    en: "Closing days and opening hours of the organisation's file",
  },
  'precedent-written': { da: 'Resumé af en uenighed skrevet', en: 'Summary of a dispute written' },
  'precedent-rewritten': { da: 'Resumé af en uenighed rettet', en: 'Summary of a dispute corrected' },
  'matrix-kept': {
    da: 'Organisationsfilen sagde andet om behov, der er besluttet her; beslutningen står',
    en: "The organisation's file said otherwise of needs decided here; the decision stands",
  },
  'unit-change-begun': { da: 'Enheder ændret', en: 'Units changed' },
  'unit-change-done': { da: 'Alt er fulgt med enhederne', en: 'Everything has gone along with the units' },
  'unit-change-lapsed': {
    da: 'En ændring af enheder var ikke længere mulig',
    en: 'A change of units was not possible any more',
  },
  'person-changed': { da: 'Medarbejder ændret', en: 'Member of staff changed' },
  'shift-added': { da: 'Vagt planlagt', en: 'Shift planned' },
  exported: { da: 'Journaler eksporteret til arkivet', en: 'Records exported for the archives' },
  'shift-removed': { da: 'Vagt fjernet', en: 'Shift removed' },
  'machine-key-made': { da: 'Nøgle til et program lavet', en: 'Key for a program made' },
  'machine-key-rotated': { da: 'Nøgle til et program afløst', en: 'Key of a program followed by another' },
  'machine-key-ended': { da: 'Nøgle til et program lukket', en: 'Key of a program closed' },
  'audit-opened': { da: 'Revision åbnet', en: 'Audit opened' },
  'audit-unmasked': {
    da: 'Revision har fået oplyst, hvem en medarbejder er',
    en: 'An audit was told who a member of staff is',
  },
} as const satisfies Readonly<Record<string, Reason>>;
export type SetupEventKind = keyof typeof SETUP_EVENT_NAMES;

/** In words; one that an older version wrote by another name is its own. */
export const setupEventName = (kind: string): Reason =>
  SETUP_EVENT_NAMES[kind as SetupEventKind] ?? { da: kind, en: kind };
