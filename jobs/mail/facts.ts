import type { Reason } from '#domain/errors.ts';

/** All that a mail may know. Instants as ISO 8601; what does not apply is null. */
export type MailFacts = {
  readonly link: string;
  readonly receivedAt: string | null;
  readonly department: Reason | null;
  readonly phone: string | null;
  /** The clock of an alarm. */
  readonly kind: string | null;
  readonly stage: string | null;
  readonly dueAt: string | null;
  /** The unit the mail speaks of; only ever told to staff. */
  readonly unitName: string | null;
  readonly caseNumber: string | null;
  /** The digits of a one-time code. */
  readonly code: string | null;
};
