import { DomainError } from '#domain/errors.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { Prisma } from '#generated/prisma/client.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { audits } from './scope.ts';

export type Audit = {
  readonly id: string;
  readonly personId: string;
  readonly purpose: string;
  readonly openedAt: Instant;
  readonly endsAt: Instant;
};

type Row = Omit<Audit, 'openedAt' | 'endsAt'> & { openedAt: Date; endsAt: Date };
const auditOf = (row: Row): Audit => ({ ...row, openedAt: fromDate(row.openedAt), endsAt: fromDate(row.endsAt) });

/** `a` is the audit: its auditor's, while they are one. */
const own = (scope: Scope): Prisma.Sql =>
  Prisma.sql`(${scope.unitIds === 'all'} or (${audits(scope)} and a.person_id = ${scope.personId}))`;
const columns = Prisma.sql`a.id::text as id, a.person_id as "personId", a.purpose, a.opened_at as "openedAt",
  a.ends_at as "endsAt"`;

/** In one's own name. Throws OUT_OF_SCOPE. */
export const insertAudit = async (tx: Tx, scope: Scope, audit: Audit): Promise<void> => {
  if (!audits(scope) || scope.personId !== audit.personId) throw new DomainError('OUT_OF_SCOPE');
  const { openedAt, endsAt, ...row } = audit;
  await tx.audit.create({ data: { ...row, openedAt: toDate(openedAt), endsAt: toDate(endsAt) } });
};

/** The newest first. */
export const findAudits = async (tx: Tx, scope: Scope, limit: number): Promise<Audit[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from audit a where ${own(scope)} order by a.opened_at desc, a.id desc limit ${limit}`;
  return rows.map(auditOf);
};

/** Null also once it has ended. */
export const findAudit = async (tx: Tx, scope: Scope, id: string, now: Instant): Promise<Audit | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from audit a where a.id = ${id}::uuid and a.ends_at > ${toDate(now)} and ${own(scope)}`;
  return rows[0] ? auditOf(rows[0]) : null;
};

/** Person ids whose names were asked for in it. */
export const findUnmasked = async (tx: Tx, scope: Scope, auditId: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select u.person_id as id from audit_unmask u join audit a on a.id = u.audit_id
    where a.id = ${auditId}::uuid and ${own(scope)}`;
  return rows.map(({ id }) => id);
};

/** Answers whether it is the first time. */
export const insertUnmasked = async (
  tx: Tx,
  scope: Scope,
  { auditId, personId, reason }: { readonly auditId: string; readonly personId: string; readonly reason: string },
  now: Instant,
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    insert into audit_unmask (audit_id, person_id, reason, at)
    select a.id, ${personId}, ${reason}, ${toDate(now)} from audit a where a.id = ${auditId}::uuid and ${own(scope)}
    on conflict do nothing`;
  return count === 1;
};
