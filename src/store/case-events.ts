import type { ChainedEvent } from '#domain/journal.ts';
import type { Scope } from '#domain/scope.ts';
import { Prisma } from '#generated/prisma/client.ts';
import type { Tx } from './db.ts';
import { hasSuspect, reachesReferral } from './scope.ts';

export type StoredEvent = ChainedEvent & {
  sealed: Uint8Array | null;
  digest: Uint8Array;
  previous: Uint8Array;
  hash: Uint8Array;
};

type Row = Omit<StoredEvent, 'occurredAt' | 'registeredAt'> & { occurredAt: Date; registeredAt: Date };

const columns = Prisma.sql`e.referral_id::text as "referralId", e.seq, e.kind, e.occurred_at as "occurredAt",
  e.registered_at as "registeredAt", e.actor_id as "actorId", e.actor_unit_id as "actorUnitId",
  e.actor_role as "actorRole", e.data, e.sealed, e.digest, e.previous, e.hash`;

const toEvent = (r: Row): StoredEvent => ({
  ...r,
  occurredAt: r.occurredAt.toISOString(),
  registeredAt: r.registeredAt.toISOString(),
});

/** A referral's journal, oldest first. */
export const findEvents = async (tx: Tx, scope: Scope, referralId: string): Promise<StoredEvent[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and ${reachesReferral(scope)} order by e.seq`;
  return rows.map(toEvent);
};

export type ChainHead = { referralId: string; eventCount: number; headHash: Uint8Array };

/** Referrals in id order, a page at a time, for verification. */
export const findChainHeads = (tx: Tx, scope: Scope, afterId: string, limit: number): Promise<ChainHead[]> =>
  tx.$queryRaw<ChainHead[]>`
    select r.id::text as "referralId", r.event_count as "eventCount", r.head_hash as "headHash" from referral r
    where r.id > ${afterId}::uuid and ${scope.unitIds === 'all'} order by r.id limit ${limit}`;

export const findEventsOf = async (tx: Tx, scope: Scope, referralIds: readonly string[]): Promise<StoredEvent[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from case_event e
    where e.referral_id = any(${referralIds}::uuid[]) and ${scope.unitIds === 'all'} order by e.referral_id, e.seq`;
  return rows.map(toEvent);
};

/** Events whose referral is gone: with foreign keys this takes somebody who switched them off. */
export const countOrphanEvents = async (tx: Tx, scope: Scope): Promise<number> => {
  const rows = await tx.$queryRaw<{ n: bigint }[]>`
    select count(*) as n from case_event e
    where ${scope.unitIds === 'all'} and not exists (select from referral r where r.id = e.referral_id)`;
  return Number(rows[0]?.n ?? 0);
};

/** What has been decided, oldest first. */
export const findDecisions = async (
  tx: Tx,
  scope: Scope,
  referralId: string,
): Promise<{ outcome: string; at: string }[]> => {
  const rows = await tx.$queryRaw<{ outcome: string; at: Date }[]>`
    select e.data ->> 'outcome' as outcome, e.registered_at as at
    from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and e.kind = 'decided' and ${reachesReferral(scope)} order by e.seq`;
  return rows.map((r) => ({ outcome: r.outcome, at: r.at.toISOString() }));
};

/** By which ids the duties of feedback name what has been decided, oldest first. */
export const findDecisionIds = async (tx: Tx, scope: Scope, referralId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.data ->> 'decisionId' as id from case_event e join referral r on r.id = e.referral_id
    where e.referral_id = ${referralId}::uuid and e.kind = 'decided' and ${reachesReferral(scope)} order by e.seq`;
  return rows.map(({ id }) => id);
};

/** Is whoever sent the referral's notification named as a suspect? */
export const isNotifierSuspected = async (tx: Tx, scope: Scope, referralId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<{ suspected: boolean }[]>`
    select ${hasSuspect(Prisma.sql`r.notification_id`)} as suspected
    from referral r where r.id = ${referralId}::uuid and ${reachesReferral(scope)}`;
  return rows[0]?.suspected === true;
};
