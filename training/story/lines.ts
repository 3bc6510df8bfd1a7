import { isTimer } from '#domain/referral.ts';
import { T, withOffset } from '#domain/time.ts';
import type { CaughtMail } from '../mailbox.ts';
import type { StoryRecord } from './record.ts';
import type { Step } from './step.ts';

/** One event of the story as `npm run story -- --json` prints it; instants with Copenhagen's offset. */
export type Line = {
  readonly at: string;
  /** The use case's file name. */
  readonly act: string;
  /** A person's id, or the rule by which the system acted. */
  readonly actor: string;
  readonly unit: string | null;
  readonly referral: string;
  /** The unit that owns the referral after the event. */
  readonly owner: string;
  readonly provisional: string | null;
  /** Mails about the referral that left since its last line. */
  readonly mails: readonly { readonly to: string; readonly subject: string }[];
  /** The clocks that run after the event. */
  readonly due: readonly { readonly kind: string; readonly at: string }[];
};

type Event = StoryRecord['events'][number];
type Group = { readonly referral: string; readonly at: Date; readonly act: string; readonly events: readonly Event[] };

const POST = 'system: mail.send';

const text = (at: Date): string => withOffset(T.Instant.fromEpochMilliseconds(at.getTime()));

const actOf = (event: Event, plot: readonly Step[]): string => {
  if (event.actorRole === POST) return 'record-mail';
  if (event.kind === 'alarm-raised') return 'claim-due-clocks';
  return plot.find(({ at }) => at.epochMilliseconds === event.registeredAt.getTime())?.act ?? 'act-on-clock';
};

const groupsOf = ({ events, messages, referrals }: StoryRecord, plot: readonly Step[]): readonly Group[] => {
  const groups = new Map<string, { referral: string; at: Date; act: string; events: Event[] }>();
  const groupAt = (referral: string, at: Date, act: string) => {
    const name = `${at.getTime()} ${referral} ${act}`;
    const group = groups.get(name) ?? { referral, at, act, events: [] };
    groups.set(name, group);
    return group;
  };
  for (const event of events) {
    groupAt(event.referralId, event.registeredAt, actOf(event, plot)).events.push(event);
  }
  for (const message of messages) {
    const referral = referrals.find(
      ({ id, notificationId }) => id === message.referralId || notificationId === (message.notificationId ?? ''),
    );
    if (message.sentAt && referral) groupAt(referral.id, message.sentAt, 'record-mail');
  }
  const rank = ({ act }: Group): number => (act === 'record-mail' ? 1 : 0);
  // Mail leaves after what it tells of; the rest stands in the order of the journal.
  return [...groups.values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b) || (a.referral < b.referral ? -1 : 1),
  );
};

/** When an id was made, by the clock of its making. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

const runningAfter = (record: StoryRecord, { referral, at }: Group, seq: number): Line['due'] =>
  record.clocks
    .filter((c) => c.referralId === referral && !isTimer(c.kind) && madeAt(c.id) <= at.getTime())
    .filter((c) => c.endedAt === null || (c.endedBySeq ?? 0) > seq)
    .map((c) => ({ kind: c.kind, at: text(c.dueAt) }))
    .sort((a, b) => (`${a.at} ${a.kind}` < `${b.at} ${b.kind}` ? -1 : 1));

const mailsOf = (record: StoryRecord, { referral, at, act }: Group, caught: readonly CaughtMail[]): Line['mails'] => {
  if (act !== 'record-mail') return [];
  const about = record.referrals.find(({ id }) => id === referral)?.notificationId;
  return record.messages
    .filter((m) => m.sentAt?.getTime() === at.getTime())
    .filter((m) => m.referralId === referral || (m.referralId === null && m.notificationId === about))
    .flatMap((m) => caught.find(({ messageId }) => messageId?.startsWith(`<${m.id}@`)) ?? [])
    .map(({ to, subject }) => ({ to: to.join(', '), subject }))
    .sort((a, b) => (`${a.to} ${a.subject}` < `${b.to} ${b.subject}` ? -1 : 1));
};

const actorOf = ({ events }: Group): { actor: string; unit: string | null } => {
  const person = events.find(({ actorId }) => actorId !== null);
  if (person?.actorId) return { actor: person.actorId, unit: person.actorUnitId };
  return { actor: events[0]?.actorRole ?? POST, unit: null };
};

/**
 * The whole story so far, as a function of what stands in the database and in the mailbox: telling it again tells the
 * same. Only what has come to rest is told, so call it when all jobs have settled.
 */
export const linesOf = (record: StoryRecord, caught: readonly CaughtMail[], plot: readonly Step[]): readonly Line[] => {
  const owners = new Map<string, { owner: string; provisional: string | null }>();
  const seqs = new Map<string, number>();
  return groupsOf(record, plot).map((group) => {
    const { referral, events } = group;
    for (const { kind, data } of events) {
      if (kind !== 'owned') continue;
      const owned = data as { unit: string; provisionalRule: string | null };
      owners.set(referral, { owner: owned.unit, provisional: owned.provisionalRule });
    }
    const seq = Math.max(seqs.get(referral) ?? 0, ...events.map((event) => event.seq));
    seqs.set(referral, seq);
    return {
      at: text(group.at),
      act: group.act,
      ...actorOf(group),
      referral,
      ...(owners.get(referral) ?? { owner: '', provisional: null }),
      mails: mailsOf(record, group, caught),
      due: runningAfter(record, group, seq),
    };
  });
};
