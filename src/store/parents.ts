import type { HoldReason } from '#domain/parents-record.ts';
import type { Scope } from '#domain/scope.ts';
import type { Tx } from './db.ts';
import { reachesReferral } from './scope.ts';

/**
 * Why nothing may reach the parents of a referral's child: suspicions that any notification on any record of the child has
 * brought, and what people have said, until a later release that weighed that kind of reason: one given before two records
 * were merged knew nothing of what the other brought. Empty: nothing stands in the way. Another unit's case counts too, and
 * gives the kind of reason, nothing else; its release does not, because whom of the parents it covers stands there only.
 */
export const findParentsHold = async (tx: Tx, scope: Scope, referralId: string): Promise<HoldReason[]> => {
  const rows = await tx.$queryRaw<{ why: HoldReason }[]>`
    with cases as (
      select c.id, c.notification_id, c.owner_unit_id from referral c where c.child_id in (
        select child_records(r.child_id) from referral r where r.id = ${referralId}::uuid and ${reachesReferral(scope)})
      and c.close_reason is distinct from 'registered-in-error'),
    said as (
      select 'by-hand' as why, e.registered_at as at, e.referral_id, e.seq from case_event e
        join cases c on c.id = e.referral_id where e.kind = 'parents-held'
      union all select 'violence', n.registered_at, c.id, -1 from cases c join notification n on n.id = c.notification_id
        where n.suspected_violence
      union all select 'honour', n.registered_at, c.id, -1 from cases c join notification n on n.id = c.notification_id
        where n.honour)
    select distinct s.why from said s
    where not exists (select from case_event e join cases c on c.id = e.referral_id
      where e.kind = 'parents-released' and e.data -> 'hold' ? s.why
        and c.owner_unit_id = (select own.owner_unit_id from referral own where own.id = ${referralId}::uuid)
        and (e.registered_at, e.referral_id, e.seq) > (s.at, s.referral_id, s.seq))
    order by why`;
  return rows.map(({ why }) => why);
};
