import type { Deps } from '#platform/deps.ts';

export type ClockRow = {
  readonly id: string;
  readonly referralId: string;
  readonly kind: string;
  readonly state: string;
  readonly acute: boolean;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
  /** From where and how its days or hours were counted; a note says that something has moved it. */
  readonly countedFrom: string;
  readonly n: number;
  readonly unit: 'elapsed hours' | 'hverdage' | 'workdays' | 'days' | 'months';
  readonly moved: boolean;
};

export type MailRow = {
  readonly id: string;
  readonly template: string;
  readonly referralId: string | null;
  readonly deadlineId: string | null;
  readonly stage: string | null;
  readonly person: string | null;
  readonly unit: string | null;
  readonly toNotifier: boolean;
  readonly state: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

export type ReferralRow = {
  readonly id: string;
  readonly ownerUnit: string;
  readonly acute: boolean;
  readonly receivedAt: Date;
  readonly registeredAt: Date;
  readonly closed: boolean;
  /** The soonest duty, by which the list that it stands in is sorted. */
  readonly nextDueAt: Date;
};

export type OwnerRow = {
  readonly referralId: string;
  readonly unit: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
};

export type ReceiptRow = { readonly state: string; readonly registeredAt: Date; readonly deliveredAt: Date | null };

/** Everything that a year has left behind, nothing of it opened. */
export type Record = {
  readonly referrals: readonly ReferralRow[];
  readonly owners: readonly OwnerRow[];
  readonly clocks: readonly ClockRow[];
  readonly mails: readonly MailRow[];
  readonly receipts: readonly ReceiptRow[];
};

/** The system acts on these; they are nobody's duty. */
const TIMERS = ['opening', 'closing', 'return-check'];

export const readRecord = async ({ db }: Pick<Deps, 'db'>): Promise<Record> => ({
  referrals: await db.$queryRaw<ReferralRow[]>`
    select id::text, owner_unit_id as "ownerUnit", acute, received_at as "receivedAt", registered_at as "registeredAt",
      closed_at is not null as closed, next_due_at as "nextDueAt"
    from referral`,
  owners: await db.$queryRaw<OwnerRow[]>`
    select referral_id::text as "referralId", unit_id as unit, started_at as "startedAt", ended_at as "endedAt"
    from ownership order by referral_id, started_at, id`,
  clocks: await db.$queryRaw<ClockRow[]>`
    select id::text, referral_id::text as "referralId", kind, state, acute, started_at as "startedAt", due_at as "dueAt",
      ended_at as "endedAt", derivation->>'start' as "countedFrom", (derivation->'period'->>'n')::int as n,
      derivation->'period'->>'unit' as unit, derivation ? 'note' as moved
    from deadline where not (kind = any(${TIMERS}))`,
  mails: await db.$queryRaw<MailRow[]>`
    select id::text, template, referral_id::text as "referralId", deadline_id::text as "deadlineId", stage,
      to_person_id as person, to_unit_id as unit, to_notifier as "toNotifier", state, created_at as "createdAt",
      sent_at as "sentAt"
    from outbound_message`,
  receipts: await db.$queryRaw<ReceiptRow[]>`
    select r.state, n.registered_at as "registeredAt", r.delivered_at as "deliveredAt"
    from notification n left join receipt r on r.notification_id = n.id`,
});
