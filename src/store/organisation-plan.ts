import { DomainError } from '#domain/errors.ts';
import type { Organisation, Person, Unit } from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import { inOrder, type Tx } from './db.ts';
import { datesOf, periodRows, rangeRows, unitColumns } from './organisation-rows.ts';

const writeUnit = async (tx: Tx, unit: Unit, isNew: boolean): Promise<void> => {
  const { id } = unit;
  const row = { ...unitColumns(unit), parentId: unit.parent, successorId: unit.successor };
  if (isNew) {
    await tx.unit.create({ data: { id, ...row } });
    await tx.openingPeriod.createMany({ data: periodRows(unit) });
  } else await tx.unit.update({ where: { id }, data: row });
  await tx.postalRange.deleteMany({ where: { unitId: id } });
  await tx.postalRange.createMany({ data: rangeRows(unit) });
};

/**
 * Writes what differs between the organisation as it was read and as it is to be: units, people with
 * their roles, shifts. Whoever calls this holds the setup's lock and raises the version. Only the system. Throws OUT_OF_SCOPE.
 */
export const writeOrganisation = async (
  tx: Tx,
  scope: Scope,
  before: Organisation,
  after: Organisation,
): Promise<void> => {
  if (scope.unitIds !== 'all') throw new DomainError('OUT_OF_SCOPE');
  const units = [...after.units.values()].filter((unit) => before.units.get(unit.id) !== unit);
  // A closed unit names the new one as its successor, so that one comes first.
  const inOrderOfNeed = units.toSorted((a, b) => Number(before.units.has(a.id)) - Number(before.units.has(b.id)));
  await inOrder(inOrderOfNeed, (unit) => writeUnit(tx, unit, !before.units.has(unit.id)));
  const said = (person: Person | undefined): string =>
    JSON.stringify(person && [person.unit, person.roles, person.substitute, person.validity]);
  const people = [...after.people.values()].filter((person) => said(before.people.get(person.id)) !== said(person));
  const rows = people.map(({ id, title, email, phone, unit, substitute, validity }) => ({
    id,
    title,
    email,
    phone,
    unit_id: unit,
    substitute_id: substitute,
    valid_from: validity.from?.toString() ?? null,
    valid_until: validity.until?.toString() ?? null,
  }));
  await tx.$executeRaw`
    insert into person select x.* from jsonb_populate_recordset(null::person, ${JSON.stringify(rows)}::jsonb) x
    on conflict (id) do update set unit_id = excluded.unit_id, substitute_id = excluded.substitute_id,
      valid_from = excluded.valid_from, valid_until = excluded.valid_until`;
  await tx.roleAssignment.deleteMany({ where: { personId: { in: people.map(({ id }) => id) } } });
  await tx.roleAssignment.createMany({
    data: people.flatMap(({ id, roles }) =>
      roles.map(({ role, unit, validity }) => ({
        personId: id,
        role,
        unitId: unit,
        ...datesOf(validity),
      })),
    ),
  });
  const shifts = after.rota.filter((shift, at) => before.rota[at]?.unit !== shift.unit);
  await inOrder(shifts, ({ id, unit }) => tx.dutyShift.update({ where: { id }, data: { unitId: unit } }));
};
