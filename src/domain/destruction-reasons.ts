import type { Reason } from './errors.ts';

/** Why a destruction is refused, as the rest of a sentence that begins with the field's name. */
export const DESTRUCTION_REASONS = {
  'export-digest': {
    da: 'skal være de 64 tegn, som eksporten skrev til sidst.',
    en: 'must be the 64 characters that the export printed last.',
  },
  'kept-longer': {
    da: 'skal ligge mindst fem år tilbage.',
    en: 'must be at least five years ago.',
  },
  'no-records': {
    da: 'giver ingen journaler: ingen er helt afsluttet så langt tilbage.',
    en: 'gives no records: none was wholly closed so long ago.',
  },
  'too-many-records': {
    da: 'giver for mange på én gang. Vælg en tidligere dag.',
    en: 'gives too many at once. Choose an earlier day.',
  },
  'not-exported': {
    da: 'svarer ikke til de journaler, der ville blive kasseret. Eksportér dem igen.',
    en: 'does not cover the records that would be destroyed. Export them again.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What the fields of a destruction are called. */
export const DESTRUCTION_LABELS = {
  'change.closedBefore': { da: 'Afsluttet før', en: 'Closed before' },
  'change.authority': { da: 'Hvem der har godkendt', en: 'Who approved it' },
  'change.reference': { da: 'Godkendelsens journalnummer', en: "The approval's reference" },
  'change.approvedOn': { da: 'Godkendt den', en: 'Approved on' },
  'change.covers': { da: 'Eksportens kontroltal', en: "The export's digest" },
} as const satisfies Readonly<Record<string, Reason>>;
