import { ladderOf } from '#domain/ladder.ts';
import type { Organisation } from '#domain/organisation.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { T, withOffset } from '#domain/time.ts';
import type { Line } from './lines.ts';
import type { StoryRecord } from './record.ts';

const at = (date: Date) => T.Instant.fromEpochMilliseconds(date.getTime());

/** Each referral's ownership rows follow each other without gap or overlap, the last one open, as the lines say. */
const oneOwner = ({ referrals, ownerships }: StoryRecord, lines: readonly Line[]): boolean =>
  referrals.every((referral) => {
    const rows = ownerships.filter(({ referralId }) => referralId === referral.id);
    const told = lines.filter((line) => line.referral === referral.id);
    const unbroken = rows.every(({ endedAt }, index) => {
      const next = rows[index + 1];
      return next ? endedAt?.getTime() === next.startedAt.getTime() : endedAt === null;
    });
    const owners = [...new Set(told.map(({ owner }) => owner))];
    return (
      unbroken &&
      rows[0]?.startedAt.getTime() === referral.registeredAt.getTime() &&
      rows.at(-1)?.unitId === referral.ownerUnitId &&
      told.at(-1)?.owner === referral.ownerUnitId &&
      owners.every((owner) => rows.some(({ unitId }) => unitId === owner))
    );
  });

/** Each step of each ladder began and was due when the ladder of its raising says. */
const ladderOnTime = ({ disputes, clocks }: StoryRecord, organisation: Organisation): boolean =>
  disputes.length > 0 &&
  disputes.every((dispute) => {
    const { steps } = ladderOf(at(dispute.raisedAt), dispute.acute, deliveredWorld(organisation));
    const ran = clocks.filter(({ subjectId, kind }) => subjectId === dispute.id && kind.startsWith('ladder.'));
    return (
      ran.length > 0 &&
      ran.every((clock, index) => {
        const step = steps[index];
        return (
          step !== undefined &&
          clock.kind === `ladder.${step.step}` &&
          at(clock.startedAt).equals(step.startsAt) &&
          at(clock.dueAt).equals(step.endsAt)
        );
      })
    );
  });

const metInTime = ({ clocks }: StoryRecord, kind: string, count: number): boolean => {
  const all = clocks.filter((clock) => clock.kind === kind);
  return all.length === count && all.every((c) => c.state === 'met' && c.endedAt !== null && c.endedAt <= c.dueAt);
};

const derived = ({ clocks }: StoryRecord): boolean =>
  clocks.every(({ derivation, startedAt, dueAt }) => {
    const why = derivation as { rule?: string; law?: string; start?: string; due?: string } | null;
    return Boolean(why?.rule && why.law) && why?.due === withOffset(at(dueAt)) && startedAt <= dueAt;
  });

/** Every step is in the journal once, and every mail that left reached the mailbox under one Message-ID. */
const onceEach = (
  { referrals, notifications, messages, feedbacks, measures, events }: StoryRecord,
  mailed: readonly string[],
): boolean => {
  const count = (kind: string): number => events.filter((event) => event.kind === kind).length;
  const sent = messages.filter(({ state }) => state === 'sent');
  return (
    referrals.length === 3 &&
    notifications === 2 &&
    measures.length === 2 &&
    feedbacks.length === 4 &&
    count('decided') === 3 &&
    count('dispute-settled') === 1 &&
    sent.every(({ id }) => mailed.some((messageId) => messageId.startsWith(`<${id}@`))) &&
    new Set(mailed).size === sent.length
  );
};

export type Evidence = {
  readonly record: StoryRecord;
  readonly lines: readonly Line[];
  readonly organisation: Organisation;
  readonly journalIntact: boolean;
  /** Message-IDs in the mailbox; a mail that was sent again after a kill stands there twice. */
  readonly mailed: readonly string[];
  /** Everything that the mail catcher took, in every reading. */
  readonly mailText: string;
  readonly personal: readonly string[];
};

/** What must hold at the end of the story, by name. */
export const invariantsOf = (evidence: Evidence): Readonly<Record<string, boolean>> => {
  const { record, lines, organisation, journalIntact, mailed, mailText, personal } = evidence;
  const decisions = record.events.filter(({ kind }) => kind === 'decided').length;
  const answered = decisions + record.measures.length;
  return {
    oneOwner: oneOwner(record, lines),
    ladderOnTime: ladderOnTime(record, organisation),
    receiptInTime: metInTime(record, 'receipt', record.notifications),
    assessedIn24Hours: metInTime(record, 'assess-24h', record.notifications),
    investigatedIn4Months: metInTime(record, 'investigation', record.notifications),
    feedbackInTime: metInTime(record, 'feedback', answered),
    everyClockDerived: derived(record),
    journalIntact,
    nothingTwice: onceEach(record, mailed),
    mailsImpersonal: mailed.length > 0 && personal.every((one) => !mailText.includes(one.toLowerCase())),
  };
};
