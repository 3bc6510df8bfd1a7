-- The same first page and the same counts, as the database alone answers them for one unit ($1) at an instant ($2).
-- page
select r.id, r.case_number, r.status, r.acute, r.child_age, r.received_at, r.next_due_at, r.owner_unit_id,
  r.responsible_unit_id, r.provisional_rule, r.assessment_unit_id, r.handler_id, r.need, n.channel, n.sender_unit_id,
  n.reason_codes, d.kind
from (
  select * from referral where owner_unit_id = $1 and closed_at is null order by next_due_at, id limit 51) r
left join notification n on n.id = r.notification_id
left join lateral (
  select kind from deadline where referral_id = r.id and state = 'running' and due_at = r.next_due_at limit 1) d on true
order by r.next_due_at, r.id
-- counts
select
  (select count(*) from (select from referral where owner_unit_id = $1 and closed_at is null limit 1000) x) as all,
  (select count(*) from (
    select from referral where owner_unit_id = $1 and closed_at is null and status = 'received' limit 1000) x) as new,
  (select count(*) from (
    select from referral where owner_unit_id = $1 and closed_at is null and next_due_at < $2::timestamptz limit 1000) x)
    as overdue
