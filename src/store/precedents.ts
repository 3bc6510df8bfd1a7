import { DomainError } from '#domain/errors.ts';
import type { Precedent, PrecedentForm } from '#domain/precedent.ts';
import type { Scope } from '#domain/scope.ts';
import { type Instant, iso } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';
import { keepsMatrix, wasOf } from './scope.ts';

export type PrecedentRow = Precedent & {
  readonly disputeId: string;
  readonly writtenBy: string;
  readonly stateVersion: number;
};

type Row = Omit<PrecedentRow, 'ages' | 'writtenAt'> & {
  readonly agesFrom: number | null;
  readonly agesTo: number | null;
  readonly writtenAt: Date;
};

const columns = sql`p.id::text as id, p.dispute_id::text as "disputeId", p.need, p.need_text as "needText",
  p.ages_from as "agesFrom", p.ages_to as "agesTo", p.unit_ids as units, p.outcome_unit_id as outcome, p.basis, p.reason,
  p.written_by as "writtenBy", p.written_at as "writtenAt", p.state_version as "stateVersion"`;

const toPrecedent = ({ agesFrom, agesTo, writtenAt, ...row }: Row): PrecedentRow => ({
  ...row,
  ages: agesFrom === null || agesTo === null ? null : { from: agesFrom, to: agesTo },
  writtenAt: iso(fromDate(writtenAt)),
});

export type PrecedentSearch = {
  readonly words: string | null;
  readonly need: string | null;
  readonly age: number | null;
  readonly unit: string | null;
  readonly basis: string | null;
};

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * Earlier decisions, the newest first, keyset by (written, id). Words are found in any of their forms, and as parts of
 * words. They hold nothing of anybody, so that all who may read any may read all.
 */
export const findPrecedents = async (
  tx: Tx,
  _scope: Scope,
  { words, need, age, unit, basis }: PrecedentSearch,
  page: { readonly cursor: { readonly at: Instant; readonly id: string } | null; readonly limit: number },
): Promise<PrecedentRow[]> => {
  const { cursor, limit } = page;
  const all = sql`p.need_text || ' ' || p.basis || ' ' || p.reason`;
  const rows = await tx.$queryRaw<Row[]>`
    select ${columns} from precedent p
    where ${
      words === null
        ? sql`true`
        : sql`(to_tsvector('danish', ${all}) @@ websearch_to_tsquery('danish', ${words}) or ${all} ilike ${like(words)})`
    }
      and ${need === null ? sql`true` : sql`p.need = ${need}`}
      and ${age === null ? sql`true` : sql`${age} between p.ages_from and p.ages_to`}
      and ${unit === null ? sql`true` : sql`(${unit} = any(p.unit_ids) or p.outcome_unit_id = ${unit})`}
      and ${basis === null ? sql`true` : sql`p.basis ilike ${like(basis)}`}
      and ${cursor ? sql`(p.written_at, p.id) < (${toDate(cursor.at)}, ${cursor.id}::uuid)` : sql`true`}
    order by p.written_at desc, p.id desc limit ${limit}`;
  return rows.map(toPrecedent);
};

export const findPrecedent = async (tx: Tx, _scope: Scope, id: string): Promise<PrecedentRow | null> => {
  const rows = await tx.$queryRaw<Row[]>`select ${columns} from precedent p where p.id = ${id}::uuid`;
  return rows[0] ? toPrecedent(rows[0]) : null;
};

/** What was written of a dispute; null when nothing was. */
export const findPrecedentOf = async (tx: Tx, _scope: Scope, disputeId: string): Promise<PrecedentRow | null> => {
  const rows = await tx.$queryRaw<Row[]>`select ${columns} from precedent p where p.dispute_id = ${disputeId}::uuid`;
  return rows[0] ? toPrecedent(rows[0]) : null;
};

const values = ({ need, needText, ages, units, outcome, basis, reason }: PrecedentForm) => ({
  need,
  needText,
  agesFrom: ages?.from ?? null,
  agesTo: ages?.to ?? null,
  unitIds: [...units],
  outcomeUnitId: outcome,
  basis,
  reason,
});

export type NewPrecedent = {
  readonly id: string;
  readonly disputeId: string;
  readonly form: PrecedentForm;
  readonly by: string;
  readonly at: Instant;
};

const demandKeeper = (scope: Scope): void => {
  if (!keepsMatrix(scope)) throw new DomainError('OUT_OF_SCOPE');
};

/** The first of a dispute. Throws STALE when somebody has written one meanwhile, OUT_OF_SCOPE. */
export const insertPrecedent = async (tx: Tx, scope: Scope, precedent: NewPrecedent): Promise<void> => {
  demandKeeper(scope);
  const { id, disputeId, form, by, at } = precedent;
  const row = { id, disputeId, ...values(form), writtenBy: by, writtenAt: toDate(at), stateVersion: 0 };
  const { count } = await tx.precedent.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) throw new DomainError('STALE');
};

/**
 * Writes it anew: what should not have stood in it stands nowhere afterwards. Compare-and-set. Throws STALE,
 * OUT_OF_SCOPE.
 */
export const rewritePrecedent = async (
  tx: Tx,
  scope: Scope,
  { id, form, by, at, expectedVersion }: Omit<NewPrecedent, 'disputeId'> & { readonly expectedVersion: number },
): Promise<void> => {
  demandKeeper(scope);
  const { count } = await tx.precedent.updateMany({
    where: { id, stateVersion: expectedVersion },
    data: { ...values(form), writtenBy: by, writtenAt: toDate(at), stateVersion: { increment: 1 } },
  });
  if (count === 0) throw new DomainError('STALE');
};

/** The need that it is about has a code from now on: later disputes about it are alike. Throws OUT_OF_SCOPE. */
export const nameNeed = async (tx: Tx, scope: Scope, id: string, need: string): Promise<void> => {
  demandKeeper(scope);
  await tx.precedent.updateMany({ where: { id }, data: { need, stateVersion: { increment: 1 } } });
};

export type EndedDispute = {
  readonly disputeId: string;
  readonly referralId: string;
  readonly caseNumber: string;
  readonly endedAt: Instant;
  readonly parties: readonly string[];
  readonly owner: string;
};

/** Disputes that have ended and of which nothing is written yet, the latest first. */
export const findUnwritten = async (tx: Tx, scope: Scope, since: Instant, limit: number): Promise<EndedDispute[]> => {
  const rows = await tx.$queryRaw<(Omit<EndedDispute, 'endedAt'> & { endedAt: Date })[]>`
    select d.id::text as "disputeId", r.id::text as "referralId", r.case_number as "caseNumber",
      d.ended_at as "endedAt", d.party_unit_ids as parties, r.owner_unit_id as owner
    from dispute d join referral r on r.id = d.referral_id left join precedent p on p.dispute_id = d.id
    where p.id is null and d.state = 'settled' and d.kind = 'dispute' and d.ended_at >= ${toDate(since)}
      and ${keepsMatrix(scope)} and ${wasOf(scope).dispute}
    order by d.ended_at desc, d.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, endedAt: fromDate(row.endedAt) }));
};

export type CaseOfDispute = {
  readonly referralId: string;
  readonly childId: string;
  readonly notificationId: string | null;
  readonly need: string | null;
  /** Who owns it now. */
  readonly owner: string;
  readonly child: Uint8Array;
  readonly notification: Uint8Array | null;
  readonly inquiry: Uint8Array | null;
};

/** The sealed records behind an ended dispute, for looking whether a text names anybody in them; never to be shown. */
export const findCaseOfDispute = async (tx: Tx, scope: Scope, disputeId: string): Promise<CaseOfDispute | null> => {
  const rows = await tx.$queryRaw<CaseOfDispute[]>`
    select r.id::text as "referralId", r.child_id::text as "childId", r.notification_id::text as "notificationId",
      r.need, r.owner_unit_id as owner, c.sealed as child, n.sealed as notification, q.sealed as inquiry
    from dispute d join referral r on r.id = d.referral_id join child c on c.id = r.child_id
    left join notification n on n.id = r.notification_id
    left join case_event q on q.referral_id = r.id and q.seq = 1 and q.kind = 'inquiry-registered'
    where d.id = ${disputeId}::uuid and d.state <> 'open' and d.kind = 'dispute' and ${keepsMatrix(scope)}
      and ${wasOf(scope).dispute}`;
  return rows[0] ?? null;
};
