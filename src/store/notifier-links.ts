import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate, toRow } from './db.ts';
import { atDoor } from './scope.ts';

export type NewLink = {
  readonly id: string;
  readonly tokenHash: Uint8Array;
  readonly notificationId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

/** Of one mail, however often that is written out. Only the system's scope makes links. */
export const insertLink = async (tx: Tx, scope: Scope, link: NewLink): Promise<void> => {
  const row = JSON.stringify(toRow(link));
  await tx.$executeRaw`
    insert into notifier_link select x.* from jsonb_populate_record(null::notifier_link, ${row}::jsonb) x
    where ${scope.unitIds === 'all'} on conflict (id) do nothing`;
};

export type FoundLink = {
  readonly id: string;
  readonly notificationId: string;
  readonly language: 'da' | 'en';
  /** Neither used nor over. */
  readonly alive: boolean;
};

/** The link of a token, dead or alive: the hash of a secret is scope enough. */
export const findLink = async (
  tx: Tx,
  scope: Scope,
  tokenHash: Uint8Array,
  now: Instant,
): Promise<FoundLink | null> => {
  const rows = await tx.$queryRaw<FoundLink[]>`
    select l.id::text as id, l.notification_id::text as "notificationId", n.language,
      l.used_at is null and l.expires_at > ${toDate(now)} as alive
    from notifier_link l join notification n on n.id = l.notification_id
    where l.token_hash = ${tokenHash} and ${atDoor(scope)}`;
  return rows[0] ?? null;
};

/** Opened once: true for whoever was first. */
export const claimLink = async (tx: Tx, scope: Scope, id: string, now: Instant): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update notifier_link set used_at = ${toDate(now)}
    where id = ${id}::uuid and used_at is null and expires_at > ${toDate(now)} and ${atDoor(scope)}`;
  return count === 1;
};

export const deleteOldLinks = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`delete from notifier_link where created_at < ${toDate(before)} and ${scope.unitIds === 'all'}`;
