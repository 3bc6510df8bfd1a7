import type { MailFacts } from './facts.ts';
import type { Language, Words } from './layout.ts';

type InBoth = Readonly<Record<Language, (facts: MailFacts) => Words>>;

export const unitsChanged: InBoth = {
  da: ({ link, unitName }) => ({
    subject: 'Din enhed er ændret',
    paragraphs: [
      `Fra i dag hører du til ${unitName ?? 'en anden enhed'}. Åbne sager, overdragelser og opgaver er fulgt med, og alle frister er de samme. Din sagsliste viser, hvad der står først.`,
    ],
    link: { label: 'Åbn din sagsliste', address: link },
  }),
  en: ({ link, unitName }) => ({
    subject: 'Your unit has changed',
    paragraphs: [
      `From today you belong to ${unitName ?? 'another unit'}. Open cases, hand-overs and tasks have come along, and all deadlines are the same. Your worklist shows what comes first.`,
    ],
    link: { label: 'Open your worklist', address: link },
  }),
};
