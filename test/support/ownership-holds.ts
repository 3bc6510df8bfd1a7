import type { Deps } from '#platform/deps.ts';

/** A clock that rests alarms when its pause ends. */
const ALARMS = `(c.next_alarm_at > $1 or exists (select from deadline p where p.referral_id = c.referral_id
  and p.kind = 'pause-end' and p.state = 'running' and p.next_alarm_at > $1))`;

/**
 * What must hold of every referral in the database at any instant, asked of the tables themselves. Each answers what
 * breaks it; nothing else is right.
 */
const QUESTIONS: Readonly<Record<string, string>> = {
  'not exactly one open ownership, or not the unit that the referral names': `
    select r.id::text as broken from referral r where 1 <> (select count(*) from ownership o
      where o.referral_id = r.id and o.ended_at is null) or not exists (select from ownership o
      where o.referral_id = r.id and o.ended_at is null and o.unit_id = r.owner_unit_id
        and o.provisional_rule is not distinct from r.provisional_rule)`,
  'an instant without an owner, or with two': `
    select referral_id::text as broken from (select referral_id, ended_at,
        lead(started_at) over w as next_at, row_number() over w as n, started_at
      from ownership window w as (partition by referral_id order by started_at, id)) o
    join referral r on r.id = referral_id
    where ended_at is distinct from next_at or (n = 1 and started_at <> r.registered_at)`,
  'owner and responsible unit differ without a mark, or do not differ with one': `
    select id::text as broken from referral where (owner_unit_id <> responsible_unit_id) <> (provisional_rule is not null)`,
  'held for a dispute or for silence of which nothing is open': `
    select r.id::text as broken from referral r where r.provisional_rule = 'dispute' and r.status <> 'closed'
      and not exists (select from dispute d where d.referral_id = r.id and d.state = 'open')`,
  'the journal tells another history of owners': `
    select id::text as broken from referral r where
      (select array_agg(o.unit_id order by o.started_at, o.id) from ownership o where o.referral_id = r.id)
      is distinct from (select array_agg(e.data->>'unit' order by e.seq) from case_event e
        where e.referral_id = r.id and e.kind = 'owned')`,
  'an owner that may not own it, or is no more': `
    select r.id::text as broken from referral r join unit u on u.id = r.owner_unit_id
    where not r.matter = any(u.may_own) or (r.status <> 'closed' and u.valid_until is not null)`,
  'two open disputes or escalations, or two hand-overs that wait': `
    select referral_id::text as broken from dispute where state = 'open' group by 1 having count(*) > 1
    union all select referral_id::text from handover where state = 'proposed' group by 1 having count(*) > 1`,
  'an open dispute or escalation without its one clock that runs to the end of its step and alarms': `
    select d.referral_id::text as broken from dispute d where d.state = 'open' and 1 <> (select count(*) from deadline c
      where c.state = 'running' and c.kind = 'ladder.' || d.step and c.subject_id = d.id
        and c.due_at = d.step_ends_at and c.next_alarm_at > $1)`,
  'a ladder that climbs for nothing': `
    select c.referral_id::text as broken from deadline c where c.state = 'running' and c.kind like 'ladder.%'
      and not exists (select from dispute d where d.id = c.subject_id and d.state = 'open')`,
  'work that nobody has taken without a clock that alarms': `
    select r.id::text as broken from referral r where (r.status = 'received') <> (1 = (select count(*) from deadline c
      where c.referral_id = r.id and c.kind = 'acknowledge' and c.state = 'running' and ${ALARMS}))`,
  'a hand-over that waits without a clock that alarms': `
    select h.referral_id::text as broken from handover h where h.state = 'proposed' and 1 <> (select count(*) from deadline c
      where c.subject_id = h.id and c.kind = 'handover' and c.state = 'running' and ${ALARMS})`,
  'a dispute on a closed referral': `
    select r.id::text as broken from referral r join dispute d on d.referral_id = r.id and d.state = 'open'
    where r.status = 'closed'`,
};

/** Whatever does not hold, each with the referrals that break it; empty when all is well. */
export const brokenIn = async (db: Deps['db'], now: Date): Promise<ReadonlyMap<string, readonly string[]>> => {
  const broken = new Map<string, readonly string[]>();
  for (const [what, question] of Object.entries(QUESTIONS)) {
    const asked = question.includes('$1') ? [now] : [];
    const rows = await db.$queryRawUnsafe<{ broken: string }[]>(question, ...asked);
    if (rows.length > 0)
      broken.set(
        what,
        rows.map((row) => row.broken),
      );
  }
  return broken;
};
