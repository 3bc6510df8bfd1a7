import type { Figure } from '#domain/figures.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import { sql, type Tx, toDate } from './db.ts';
import { reachesReferral, wasDeclined } from './scope.ts';

/** From (included) to (excluded); nothing later than `until` is counted, and what still runs ends there. */
export type Period = { readonly from: Instant; readonly until: Instant };

/** Part of a range that lies in the period and before the referral closed, in seconds. */
const seconds = (start: Prisma.Sql, end: Prisma.Sql, { from, until }: Period): Prisma.Sql => sql`
  extract(epoch from least(coalesce(${end}, ${toDate(until)}), coalesce(r.closed_at, ${toDate(until)}), ${toDate(until)})
    - greatest(${start}, ${toDate(from)}))`;

const within = (at: Prisma.Sql, { from, until }: Period): Prisma.Sql =>
  sql`${at} >= ${toDate(from)} and ${at} < ${toDate(until)}`;

const running = (start: Prisma.Sql, end: Prisma.Sql, { from, until }: Period): Prisma.Sql =>
  sql`${start} < ${toDate(until)} and coalesce(${end}, ${toDate(until)}) > ${toDate(from)}`;

/**
 * One row for each thing that is counted: the unit whose it is, the other unit of a pair, its time, and whether the work
 * came back (of a move: by a later one that counts; of a question: it was declined).
 */
const factsOf = (figure: Figure, period: Period): Prisma.Sql => {
  switch (figure) {
    case 'moved':
      return sql`select m.referral_id, before.unit_id as unit, m.unit_id as other, 0 as seconds,
          exists (select from ownership later where later.referral_id = m.referral_id and later.counts_as_move
            and later.unit_id = before.unit_id and (later.started_at, later.id) > (m.started_at, m.id)
            and later.started_at < ${toDate(period.until)}) as back
        from ownership m, lateral (select p.unit_id from ownership p
          where p.referral_id = m.referral_id and (p.started_at, p.id) < (m.started_at, m.id)
          order by p.started_at desc, p.id desc limit 1) before
        where m.counts_as_move and ${within(sql`m.started_at`, period)}`;
    case 'asked':
      return sql`select h.referral_id, h.from_unit_id as unit, h.to_unit_id as other, 0 as seconds,
          ${wasDeclined(sql`h`)} as back
        from handover h where ${within(sql`h.proposed_at`, period)}`;
    case 'provisional':
      return sql`select o.referral_id, o.unit_id as unit, null as other,
          ${seconds(sql`o.started_at`, sql`o.ended_at`, period)} as seconds, false as back
        from ownership o join referral r on r.id = o.referral_id
        where o.provisional_rule is not null and ${running(sql`o.started_at`, sql`o.ended_at`, period)}`;
    case 'unacknowledged':
      return sql`select o.referral_id, o.unit_id as unit, null as other,
          ${seconds(sql`greatest(k.started_at, o.started_at)`, sql`least(k.ended_at, o.ended_at)`, period)} as seconds,
          false as back
        from deadline k join ownership o on o.referral_id = k.referral_id
          and o.started_at < coalesce(k.ended_at, ${toDate(period.until)})
          and coalesce(o.ended_at, ${toDate(period.until)}) > k.started_at
        join referral r on r.id = k.referral_id
        where k.kind = 'acknowledge' and ${running(sql`k.started_at`, sql`k.ended_at`, period)}`;
  }
};

/** `f` is a fact: of the units whose disputes the scope may follow, on either side. */
const reachesFact = (scope: Scope): Prisma.Sql =>
  scope.disputesOf === 'all'
    ? sql`true`
    : sql`(f.unit = any(${scope.disputesOf}::text[]) or f.other = any(${scope.disputesOf}::text[]))`;

export type FigureRow = {
  readonly unit: string;
  readonly other: string | null;
  readonly count: number;
  readonly back: number;
  readonly children: number;
  readonly hours: number;
};

/** What is counted, by unit or by pair of units. */
export const findFigures = async (tx: Tx, scope: Scope, figure: Figure, period: Period): Promise<FigureRow[]> =>
  tx.$queryRaw<FigureRow[]>`
    select f.unit, f.other, count(*)::int as count, count(*) filter (where f.back)::int as back,
      count(distinct r.child_id)::int as children, (coalesce(sum(f.seconds), 0) / 3600)::float8 as hours
    from (${factsOf(figure, period)}) f join referral r on r.id = f.referral_id
    where f.seconds >= 0 and ${reachesFact(scope)} group by f.unit, f.other order by f.unit, f.other`;

/** Hours in which a stored referral had no owner, reckoned from what its ownership rows leave open. */
export const findOwnerlessHours = async (tx: Tx, scope: Scope, { from, until }: Period): Promise<number> => {
  const reached =
    scope.disputesOf === 'all'
      ? sql`true`
      : sql`(r.owner_unit_id = any(${scope.disputesOf}::text[]) or r.responsible_unit_id = any(${scope.disputesOf}::text[]))`;
  const [found] = await tx.$queryRaw<{ hours: number }[]>`
    select coalesce(sum(extract(epoch from upper(gap) - lower(gap))) / 3600, 0)::float8 as hours
    from referral r, lateral (select unnest(
      tstzmultirange(tstzrange(greatest(r.registered_at, ${toDate(from)}), least(coalesce(r.closed_at, ${toDate(until)}), ${toDate(until)})))
        - coalesce(range_agg(tstzrange(o.started_at, o.ended_at)), '{}'::tstzmultirange)) as gap
      from ownership o where o.referral_id = r.id) gaps
    where r.registered_at < ${toDate(until)} and coalesce(r.closed_at, ${toDate(until)}) > ${toDate(from)}
      and r.registered_at < least(coalesce(r.closed_at, ${toDate(until)}), ${toDate(until)}) and ${reached}`;
  return found?.hours ?? 0;
};

export type EndedRow = {
  readonly kind: string;
  readonly step: number;
  readonly count: number;
  /** Half of them were open no longer than this. */
  readonly medianHours: number;
};

/** Disputes and escalations that ended in the period, by the step on which they did. */
export const findEnded = async (tx: Tx, scope: Scope, period: Period): Promise<EndedRow[]> => {
  const reached = scope.disputesOf === 'all' ? sql`true` : sql`d.party_unit_ids && ${scope.disputesOf}::text[]`;
  return tx.$queryRaw<EndedRow[]>`
    select d.kind, d.step, count(*)::int as count, (percentile_cont(0.5) within group (
      order by extract(epoch from d.ended_at - d.raised_at)) / 3600)::float8 as "medianHours"
    from dispute d where d.state <> 'open' and ${within(sql`d.ended_at`, period)} and ${reached}
    group by d.kind, d.step order by d.kind, d.step`;
};

export type FigureCase = {
  readonly id: string;
  readonly caseNumber: string;
  readonly back: boolean;
  readonly hours: number;
};

/** The cases behind one number, as far as the scope may open them, the longest first. */
export const findFigureCases = async (
  tx: Tx,
  scope: Scope,
  q: {
    readonly figure: Figure;
    readonly unit: string;
    readonly other: string | null;
    readonly period: Period;
    readonly limit: number;
  },
): Promise<FigureCase[]> =>
  tx.$queryRaw<FigureCase[]>`
    select r.id::text as id, r.case_number as "caseNumber", bool_or(f.back) as back,
      (sum(f.seconds) / 3600)::float8 as hours
    from (${factsOf(q.figure, q.period)}) f join referral r on r.id = f.referral_id
    where f.seconds >= 0 and f.unit = ${q.unit} and (${q.other}::text is null or f.other = ${q.other})
      and ${reachesFact(scope)} and ${reachesReferral(scope)}
    group by r.id, r.case_number order by hours desc, r.case_number limit ${q.limit}`;
