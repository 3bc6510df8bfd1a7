import { NOTIFIER_LINK } from './door.ts';
import type { Reason } from './errors.ts';
import { inForce } from './rulebook.ts';
import type { Instant } from './time.ts';

/**
 * From a local day on, null from the beginning: so many days (whole ones of twenty-four hours; 0: as soon as it has run out)
 * and on what ground.
 */
type Version = { readonly from: string | null; readonly days: number; readonly ground: Reason };
type Kept = { readonly what: Reason; readonly since: Reason; readonly versions: readonly [Version, ...Version[]] };

/** Storage limitation, and what the purpose needs: data protection regulation, article 5 (1) (e) and (c). */
const NO_LONGER = {
  da: 'databeskyttelsesforordningens artikel 5, stk. 1, litra e',
  en: 'data protection regulation, article 5 (1) (e)',
};
const always = (days: number): readonly [Version] => [{ from: null, days, ground: NO_LONGER }];

/**
 * How long what belongs to no record is kept, as dated data with its ground. A received notification belongs to the child's
 * record, which the archive rules are about (decision 041), and nothing here removes it. Worked date: a draft that was last
 * changed on 3 November 2026 at 10:05 goes with the first sweep after 3 December at 10:05.
 */
export const RETENTION = {
  draft: {
    what: {
      da: 'Kladder med deres filer, også efter at de er sendt',
      en: 'Drafts with their files, also once they were sent',
    },
    since: { da: 'efter den sidste ændring', en: 'after the last change' },
    versions: always(30),
  },
  session: {
    what: { da: 'Login', en: 'Logins' },
    since: { da: 'når de er udløbet', en: 'once they have run out' },
    versions: always(0),
  },
  request: {
    what: { da: 'Kvitteringer for det, der er sendt til serveren', en: 'Records of what was sent to the server' },
    since: { da: 'efter at det blev sendt', en: 'after it was sent' },
    versions: always(30),
  },
  outbox: {
    what: { da: 'Interne beskeder, der er behandlet', en: 'Internal messages that were dealt with' },
    since: { da: 'efter at de blev behandlet', en: 'after they were dealt with' },
    versions: always(7),
  },
  code: {
    what: { da: 'Engangskoder', en: 'One-time codes' },
    since: { da: 'efter at de er udløbet', en: 'after they have run out' },
    versions: always(1),
  },
  link: {
    what: { da: 'Link i mails', en: 'Links in mails' },
    since: { da: 'efter at mailen blev sendt', en: 'after the mail was sent' },
    versions: always(NOTIFIER_LINK.renewDays),
  },
  emergency: {
    what: { da: 'Adgange i nød', en: 'Accesses in an emergency' },
    since: { da: 'når de er udløbet', en: 'once they have run out' },
    versions: always(0),
  },
  arrival: {
    what: { da: 'Filer, der ikke nåede helt frem', en: 'Files that did not arrive whole' },
    since: { da: 'efter at de blev begyndt', en: 'after they were begun' },
    versions: always(1),
  },
} as const satisfies Readonly<Record<string, Kept>>;
export type RetentionKind = keyof typeof RETENTION;
export const RETENTION_KINDS = Object.keys(RETENTION) as RetentionKind[];

export const retentionAt = (kind: RetentionKind, now: Instant): Version =>
  inForce<Version>(RETENTION[kind].versions, now);

/** What is older than this goes. */
export const keptSince = (kind: RetentionKind, now: Instant): Instant =>
  now.subtract({ hours: 24 * retentionAt(kind, now).days });

/** When what was last changed then goes, if nothing is done to it. */
export const keptUntil = (kind: RetentionKind, changedAt: Instant, now: Instant): Instant =>
  changedAt.add({ hours: 24 * retentionAt(kind, now).days });
