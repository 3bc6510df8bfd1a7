import type { Purpose } from '#domain/read-purposes.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { audits, isOpenToAudit } from './scope.ts';

/** `cursor`: after which line; `caseNumber` and `personId`: of that case and that person alone. Newest first. */
export type AuditQuery = {
  readonly cursor: { readonly at: Instant; readonly id: string } | null;
  readonly until: Instant;
  readonly caseNumber: string | null;
  readonly personId: string | null;
  readonly limit: number;
};

type Line = {
  readonly id: string;
  readonly at: Instant;
  readonly personId: string | null;
};
type Stored<L extends Line> = Omit<L, 'at'> & { at: Date };
const lineOf = <L extends Line>(row: Stored<L>): L => ({ ...row, at: fromDate(row.at) }) as unknown as L;

const when = (at: Prisma.Sql, id: Prisma.Sql, { cursor, until }: AuditQuery): Prisma.Sql =>
  Prisma.sql`(${at} <= ${toDate(until)}::timestamptz and ${
    cursor ? Prisma.sql`(${at}, ${id}) < (${toDate(cursor.at)}::timestamptz, ${cursor.id}::uuid)` : Prisma.sql`true`
  })`;
const whose = (person: Prisma.Sql, { personId }: AuditQuery): Prisma.Sql =>
  personId === null ? Prisma.sql`true` : Prisma.sql`${person} = ${personId}`;

export type ReadLine = Line & {
  readonly unitId: string;
  readonly role: string;
  readonly purpose: Purpose;
  readonly caseNumbers: readonly string[];
  readonly referralIds: readonly string[];
};

/**
 * Who was shown what, by case number; nothing of cases of children whom the auditor is related to. Of one case its look-ups
 * are found first: a case has few, and the order of all of them would be walked through for it.
 */
export const findReadLines = async (tx: Tx, scope: Scope, q: AuditQuery): Promise<ReadLine[]> => {
  const open = isOpenToAudit(scope, Prisma.sql`r.id`);
  const lookUps =
    q.caseNumber === null
      ? Prisma.sql`read_log`
      : Prisma.sql`(select * from read_log where referral_ids && array(
          select r.id from referral r where r.case_number = ${q.caseNumber} and ${open}) offset 0)`;
  const rows = await tx.$queryRaw<Stored<ReadLine>[]>`
    select l.id::text as id, l.at, l.person_id as "personId", l.unit_id as "unitId", l.role, l.purpose, c.numbers as "caseNumbers",
      c.ids as "referralIds"
    from ${lookUps} l cross join lateral (
      select coalesce(array_agg(r.case_number order by r.case_number), '{}') as numbers,
        coalesce(array_agg(r.id::text order by r.case_number), '{}') as ids
      from referral r where r.id = any(l.referral_ids) and ${open}) c
    where ${when(Prisma.sql`l.at`, Prisma.sql`l.id`, q)} and ${whose(Prisma.sql`l.person_id`, q)}
      and (cardinality(l.referral_ids) = 0 or cardinality(c.ids) > 0) and ${audits(scope)}
    order by l.at desc, l.id desc limit ${q.limit}`;
  return rows.map((row) => lineOf<ReadLine>(row));
};

export type ActLine = Line & {
  readonly unitId: string | null;
  readonly role: string;
  readonly kind: string;
  readonly caseNumber: string;
  readonly referralId: string;
};

/** Lines of the cases' journals: which act, by whom, on which case; never what was written with it. */
export const findActLines = async (tx: Tx, scope: Scope, q: AuditQuery): Promise<ActLine[]> => {
  // A line has no id of its own: one is made of its case and number, only to go on from.
  const id = Prisma.sql`md5(e.referral_id::text || ' ' || e.seq)::uuid`;
  const rows = await tx.$queryRaw<Stored<ActLine>[]>`
    select (${id})::text as id, e.registered_at as at, e.actor_id as "personId", e.actor_unit_id as "unitId", e.actor_role as role,
      e.kind, r.case_number as "caseNumber", r.id::text as "referralId"
    from case_event e join referral r on r.id = e.referral_id
    where ${when(Prisma.sql`e.registered_at`, id, q)} and ${whose(Prisma.sql`e.actor_id`, q)}
      and (${q.caseNumber}::text is null or r.case_number = ${q.caseNumber})
      and ${isOpenToAudit(scope, Prisma.sql`r.id`)} and ${audits(scope)}
    order by e.registered_at desc, ${id} desc limit ${q.limit}`;
  return rows.map((row) => lineOf<ActLine>(row));
};

export type SetupLine = Line & { readonly kind: string; readonly changeId: string | null; readonly data: unknown };

/** What was done to the setup, who did it; `caseNumber` asks for none of it. */
export const findSetupLines = async (tx: Tx, scope: Scope, q: AuditQuery): Promise<SetupLine[]> => {
  const rows = await tx.$queryRaw<Stored<SetupLine>[]>`
    select s.id::text as id, s.at, s.person_id as "personId", s.kind, s.change_id::text as "changeId", s.data
    from setup_event s
    where ${when(Prisma.sql`s.at`, Prisma.sql`s.id`, q)} and ${whose(Prisma.sql`s.person_id`, q)}
      and ${q.caseNumber}::text is null and ${audits(scope)}
    order by s.at desc, s.id desc limit ${q.limit}`;
  return rows.map((row) => lineOf<SetupLine>(row));
};
