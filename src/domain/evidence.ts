/** Case work that can stand behind a milestone. */
export const EVIDENCE_KINDS = [
  { code: 'phone-call', da: 'Telefonsamtale', en: 'Phone call' },
  { code: 'meeting', da: 'Møde', en: 'Meeting' },
  { code: 'visit', da: 'Besøg', en: 'Visit' },
  { code: 'conversation-with-child', da: 'Samtale med barnet', en: 'Conversation with the child' },
  { code: 'contact-with-notifier', da: 'Kontakt med underretter', en: 'Contact with the notifier' },
  { code: 'other', da: 'Andet', en: 'Other' },
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]['code'];
export const EVIDENCE_CODES = EVIDENCE_KINDS.map((k) => k.code) as [EvidenceKind, ...EvidenceKind[]];
