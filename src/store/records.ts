import type { Scope } from '#domain/scope.ts';
import { type Tx, toRows } from './db.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What one act writes beside the referral itself; field names are the columns' in camel case. */
export type RecordRows = {
  readonly events: Rows;
  readonly deadlines: Rows;
  readonly outbound: Rows;
  readonly outbox: Rows;
  readonly tasks?: Rows;
};

/**
 * One statement for all rows. The referral was reached and locked through the scope before; every row names it.
 */
export const insertRecords = async (tx: Tx, _scope: Scope, rows: RecordRows): Promise<void> => {
  const body = JSON.stringify({
    events: toRows(rows.events),
    deadlines: toRows(rows.deadlines),
    outbound: toRows(rows.outbound),
    outbox: toRows(rows.outbox),
    tasks: toRows(rows.tasks ?? []),
  });
  await tx.$executeRaw`
    with p as (select ${body}::jsonb as j),
    e as (insert into case_event select x.* from p, jsonb_populate_recordset(null::case_event, p.j -> 'events') x),
    d as (insert into deadline select x.* from p, jsonb_populate_recordset(null::deadline, p.j -> 'deadlines') x),
    m as (insert into outbound_message
      select x.* from p, jsonb_populate_recordset(null::outbound_message, p.j -> 'outbound') x),
    t as (insert into task select x.* from p, jsonb_populate_recordset(null::task, p.j -> 'tasks') x)
    insert into outbox select x.* from p, jsonb_populate_recordset(null::outbox, p.j -> 'outbox') x`;
};
