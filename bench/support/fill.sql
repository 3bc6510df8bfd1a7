-- $1 referrals, each with a child, a notification, an ownership and a running duty, spread over the units that may own
-- one. One in four is open; the others are closed, as after some years, and one in 64 of all still owes its feedback. Sealed content is left empty: no list reads it.
-- Run with triggers off (session_replication_role): the rows are whole, and a million checks take longer than the rows.
with n as materialized (
  select i, ('01a00000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id,
    timestamptz '2026-06-01 08:00Z' + make_interval(mins => i % 200000) as at, i % 4 <> 0 as closed,
    i % 64 = 1 as owing,
    units.ids[1 + (i / 4) % cardinality(units.ids)] as unit
  from generate_series(1, $1::int) i, (select array_agg(id order by id) as ids from unit where 'notification' = any(may_own)) units),
c as (insert into child (id, identity, protected_address, sealed, created_at) select id, 'unknown', false, '', at from n),
m as (
  insert into notification (id, channel, basis, notifier_code, sender_person_id, sender_unit_id, received_at,
    registered_at, acute, suspected_violence, honour, reason_codes, language, sealed)
  select id, 'form', 'professional', 2, 'school-social-worker-skole-norrebro', 'skole-norrebro', at, at, false, false,
    false, '{}', 'da', '' from n),
o as (
  insert into ownership (id, referral_id, unit_id, reason, counts_as_move, started_at, ended_at)
  select id, id, unit, 'routed', false, at, null from n),
d as (
  insert into deadline (id, referral_id, kind, state, acute, started_at, due_at, next_alarm_at, next_stage, law_version,
    derivation, ended_at, ended_by_seq)
  select id, id, 'acknowledge', case when closed then 'met' else 'running' end, false, at, at + interval '1 day',
    case when not closed then at + interval '1 day' end, 'end', 'barnets-lov-2024',
    '{"rule": "acknowledge", "law": "barnets-lov-2024", "start": "", "due": ""}',
    case when closed then at end, case when closed then 5 end from n),
f as (
  insert into deadline (id, referral_id, kind, subject_id, state, acute, started_at, due_at, next_alarm_at, next_stage,
    law_version, derivation)
  select ('01b00000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, id, 'feedback', id, 'running', false, at,
    at + interval '5 days', at + interval '5 days', 'end', 'barnets-lov-2024',
    '{"rule": "feedback", "law": "barnets-lov-2024", "start": "", "due": ""}' from n where owing)
insert into referral (id, case_number, matter, notification_id, child_id, child_position, status, acute,
  responsible_unit_id, owner_unit_id, received_at, registered_at, closed_at, close_reason, next_due_at, changed_at,
  event_count, head_hash)
select id, 'bench-' || i, 'notification', id, id, 0, case when closed then 'closed' else 'received' end, false, unit, unit,
  at, at, case when closed then at end, case when closed then 'done' end,
  case when not closed then at + interval '1 day' when owing then at + interval '5 days' else '9999-12-31 00:00Z' end, at, 0,
  '' from n
