import type { Unsaid } from '#domain/scanning.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDateOrNull, type Tx, toDate } from './db.ts';

/** A file that nobody may open yet. `referralIds`: the cases that it is of, none while it is a draft's. `attempts`: how often the scanner said nothing of it. */
export type Held = { readonly referralIds: readonly string[]; readonly attempts: number; readonly sealed: Uint8Array };

/** Null when it is not held any more. The system's own, as all that follows. */
export const findHeld = async (tx: Tx, scope: Scope, id: string): Promise<Held | null> => {
  const rows = await tx.$queryRaw<Held[]>`
    select array(select r.id::text from referral r
        where r.id = a.referral_id or r.notification_id = a.notification_id order by r.id) as "referralIds",
      a.scan_attempts as attempts, a.sealed
    from attachment a where a.id = ${id}::uuid and a.state = 'held' and ${scope.unitIds === 'all'}`;
  return rows[0] ?? null;
};

/** False when somebody else was first. */
export const clearHeld = async (tx: Tx, scope: Scope, id: string): Promise<boolean> => {
  const count = await tx.$executeRaw`
    update attachment set state = 'cleared', scan_again_at = null
    where id = ${id}::uuid and state = 'held' and ${scope.unitIds === 'all'}`;
  return count === 1;
};

/** Its content goes; `sealed` is what is still told of it. False when somebody else was first. */
export const refuseHeld = async (
  tx: Tx,
  scope: Scope,
  { id, sealed }: { readonly id: string; readonly sealed: Uint8Array },
): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    with refused as (
      update attachment set state = 'refused', scan_again_at = null, sealed = ${sealed}
      where id = ${id}::uuid and state = 'held' and ${scope.unitIds === 'all'} returning id),
    gone as (delete from attachment_part p using refused where p.attachment_id = refused.id)
    select from refused`;
  return rows.length === 1;
};

/** Nothing was said of it: it is looked at again then. */
export const holdOn = async (
  tx: Tx,
  scope: Scope,
  { id, said, againAt }: { readonly id: string; readonly said: string; readonly againAt: Instant },
): Promise<void> => {
  await tx.$executeRaw`
    update attachment set scan_said = ${said}, scan_attempts = scan_attempts + 1, scan_again_at = ${toDate(againAt)}
    where id = ${id}::uuid and state = 'held' and ${scope.unitIds === 'all'}`;
};

/** Takes what is due, each again at `againAt`; what another sweep takes is passed over. Answers ids. */
export const claimHeld = async (
  tx: Tx,
  scope: Scope,
  claim: { readonly now: Instant; readonly againAt: Instant; readonly limit: number },
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with due as (
      select id from attachment
      where state = 'held' and scan_again_at <= ${toDate(claim.now)} and ${scope.unitIds === 'all'}
      order by scan_again_at limit ${claim.limit} for update skip locked)
    update attachment a set scan_again_at = ${toDate(claim.againAt)} from due where a.id = due.id
    returning a.id::text as id`;
  return rows.map(({ id }) => id);
};

/** Why files are held: those added before then, and those that the scanner will not take at whatever age. */
export const findHeldReasons = async (tx: Tx, scope: Scope, before: Instant): Promise<Unsaid[]> => {
  const rows = await tx.$queryRaw<{ said: Unsaid }[]>`
    select distinct coalesce(scan_said, 'away') as said from attachment
    where state = 'held' and (added_at <= ${toDate(before)} or scan_said = 'too-large') and ${scope.unitIds === 'all'}
    order by 1`;
  return rows.map(({ said }) => said);
};

/** How many are held, and since when the oldest. */
export const countHeld = async (tx: Tx, scope: Scope): Promise<{ held: number; since: Instant | null }> => {
  const rows = await tx.$queryRaw<{ held: bigint; since: Date | null }[]>`
    select count(*) as held, min(added_at) as since from attachment
    where state = 'held' and ${scope.unitIds === 'all'}`;
  return { held: Number(rows[0]?.held ?? 0), since: fromDateOrNull(rows[0]?.since ?? null) };
};
