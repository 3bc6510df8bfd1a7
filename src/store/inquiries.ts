import type { Scope } from '#domain/scope.ts';
import { type Tx, toRow, toRows } from './db.ts';
import type { RecordRows } from './records.ts';

type Row = Readonly<Record<string, unknown>>;

export type InquiryRows = RecordRows & {
  readonly sealedKeys: readonly Row[];
  readonly children: readonly Row[];
  /** Ids of children already recorded whose address is now said to be protected. */
  readonly protectedChildren: readonly string[];
  readonly referral: Row;
  readonly ownership: Row;
};

/** Stores an inquiry's referral whole in one statement. Throws on a child that another act made at the same instant. */
export const insertInquiry = async (
  tx: Tx,
  _scope: Scope,
  { referral, ownership, protectedChildren, ...many }: InquiryRows,
): Promise<{ id: string; caseNumber: string } | null> => {
  const body = JSON.stringify({
    referral: toRow(referral),
    ownership: toRow(ownership),
    ...Object.fromEntries(Object.entries(many).map(([name, list]) => [name, toRows(list)])),
  });
  const rows = await tx.$queryRaw<{ id: string; caseNumber: string }[]>`
    with p as materialized (select ${body}::jsonb as j),
    sk as (insert into sealed_key select x.* from p, jsonb_populate_recordset(null::sealed_key, p.j -> 'sealedKeys') x),
    c as (insert into child select x.* from p, jsonb_populate_recordset(null::child, p.j -> 'children') x),
    pc as (update child c set protected_address = true
      where not c.protected_address and c.id = any(${protectedChildren}::uuid[])),
    o as (insert into ownership select x.* from p, jsonb_populate_record(null::ownership, p.j -> 'ownership') x),
    e as (insert into case_event select x.* from p, jsonb_populate_recordset(null::case_event, p.j -> 'events') x),
    d as (insert into deadline select x.* from p, jsonb_populate_recordset(null::deadline, p.j -> 'deadlines') x),
    m as (insert into outbound_message
      select x.* from p, jsonb_populate_recordset(null::outbound_message, p.j -> 'outbound') x),
    b as (insert into outbox select x.* from p, jsonb_populate_recordset(null::outbox, p.j -> 'outbox') x)
    insert into referral select x.* from p, jsonb_populate_record(null::referral, p.j -> 'referral') x
    returning id::text as id, case_number as "caseNumber"`;
  return rows[0] ?? null;
};
