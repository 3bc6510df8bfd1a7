import { DomainError } from '#domain/errors.ts';
import type { DutyShift } from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, type Tx, toDate } from './db.ts';
import { administers } from './scope.ts';

const demandSetup = (scope: Scope): void => {
  if (!administers(scope)) throw new DomainError('OUT_OF_SCOPE');
};

const rowOf = ({ id, unit, person, from, until, phone }: DutyShift, registeredBy: string | null) => ({
  id,
  unitId: unit,
  personId: person,
  fromAt: toDate(from),
  untilAt: toDate(until),
  phone,
  registeredBy,
});

type ShiftRow = Omit<ReturnType<typeof rowOf>, 'registeredBy'>;

export const toShift = ({ id, unitId, personId, fromAt, untilAt, phone }: ShiftRow): DutyShift => ({
  id,
  unit: unitId,
  person: personId,
  from: fromDate(fromAt),
  until: fromDate(untilAt),
  phone,
});

/** The rota of a file: what an earlier file planned and has not begun goes, what has begun stays. Throws OUT_OF_SCOPE. */
export const replaceRota = async (tx: Tx, scope: Scope, shifts: readonly DutyShift[], now: Instant): Promise<void> => {
  if (scope.unitIds !== 'all') throw new DomainError('OUT_OF_SCOPE');
  await tx.dutyShift.deleteMany({ where: { registeredBy: null, fromAt: { gt: toDate(now) } } });
  const kept = await tx.dutyShift.findMany({
    where: { registeredBy: null },
    select: { unitId: true, personId: true, fromAt: true },
  });
  const begun = new Set(kept.map(({ unitId, personId, fromAt }) => `${unitId} ${personId} ${fromAt.getTime()}`));
  const rows = shifts.map((shift) => rowOf(shift, null));
  await tx.dutyShift.createMany({
    data: rows.filter(({ unitId, personId, fromAt }) => !begun.has(`${unitId} ${personId} ${fromAt.getTime()}`)),
  });
};

/** Throws OUT_OF_SCOPE. */
export const insertShift = async (tx: Tx, scope: Scope, shift: DutyShift, registeredBy: string): Promise<void> => {
  demandSetup(scope);
  await tx.dutyShift.create({ data: rowOf(shift, registeredBy) });
};

/** Takes away a shift that has not begun, and ends one that runs; false when it is not there or over. Throws OUT_OF_SCOPE. */
export const endShift = async (tx: Tx, scope: Scope, id: string, now: Instant): Promise<boolean> => {
  demandSetup(scope);
  const at = toDate(now);
  const gone = await tx.dutyShift.deleteMany({ where: { id, fromAt: { gte: at } } });
  if (gone.count > 0) return true;
  const ended = await tx.dutyShift.updateMany({
    where: { id, fromAt: { lt: at }, untilAt: { gt: at } },
    data: { untilAt: at },
  });
  return ended.count > 0;
};

/** Shifts that run or are still to come, the next first. The rota is no secret to those who keep the setup. */
export const findShifts = async (tx: Tx, scope: Scope, now: Instant): Promise<DutyShift[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.dutyShift.findMany({
    where: { untilAt: { gt: toDate(now) } },
    orderBy: [{ fromAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toShift);
};
