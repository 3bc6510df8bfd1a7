import type { NewAbsence } from '#domain/absence.ts';
import type { Scope } from '#domain/scope.ts';
import type { LocalDay } from '#domain/time.ts';
import { dayFromDate, type Tx } from './db.ts';

export type AbsenceRow = {
  id: number;
  personId: string;
  from: LocalDay;
  until: LocalDay | null;
  substitute: string | null;
  registeredBy: string | null;
};

type Row = Omit<AbsenceRow, 'from' | 'until'> & { from: Date; until: Date | null };

const toAbsence = (row: Row): AbsenceRow => ({
  ...row,
  from: dayFromDate(row.from) as LocalDay,
  until: dayFromDate(row.until),
});

/** Everybody reads the organisation anew; also keeps two who change it apart. */
const raiseVersion = (tx: Tx): Promise<number> =>
  tx.$executeRaw`update organisation_version set version = version + 1 where id = 1`;

/** Who is away is part of the organisation, which is no secret; who may change it, the use case says. */
export const insertAbsence = async (tx: Tx, _scope: Scope, absence: NewAbsence, by: string): Promise<number> => {
  await raiseVersion(tx);
  const { personId, from, lastDay, substitute } = absence;
  const until = lastDay?.add({ days: 1 }).toString() ?? null;
  const rows = await tx.$queryRaw<{ id: number }[]>`
    insert into absence (person_id, from_on, until_on, substitute_id, registered_by)
    values (${personId}, ${from.toString()}::date, ${until}::date, ${substitute}, ${by}) returning id`;
  return rows[0]?.id ?? 0;
};

export const findAbsence = async (tx: Tx, _scope: Scope, id: number): Promise<AbsenceRow | null> => {
  const rows = await tx.$queryRaw<Row[]>`
    select id, person_id as "personId", from_on as "from", until_on as until, substitute_id as substitute,
      registered_by as "registeredBy" from absence where id = ${id}`;
  return rows[0] ? toAbsence(rows[0]) : null;
};

/** The person is there again on `on`; an absence that had not begun is gone. Idempotent. */
export const endAbsenceOn = async (tx: Tx, _scope: Scope, id: number, on: LocalDay): Promise<number> => {
  await raiseVersion(tx);
  const gone = await tx.$executeRaw`delete from absence where id = ${id} and from_on >= ${on.toString()}::date`;
  if (gone > 0) return gone;
  return tx.$executeRaw`
    update absence set until_on = ${on.toString()}::date
    where id = ${id} and (until_on is null or until_on > ${on.toString()}::date)`;
};

/** Absences of these people that have not ended by the day, the soonest first. */
export const findAbsences = async (
  tx: Tx,
  _scope: Scope,
  personIds: readonly string[],
  day: LocalDay,
): Promise<AbsenceRow[]> => {
  const rows = await tx.$queryRaw<Row[]>`
    select id, person_id as "personId", from_on as "from", until_on as until, substitute_id as substitute,
      registered_by as "registeredBy" from absence
    where person_id = any(${personIds}::text[]) and (until_on is null or until_on > ${day.toString()}::date)
    order by from_on, id`;
  return rows.map(toAbsence);
};
