import { DomainError } from '#domain/errors.ts';
import type { LadderStep, Organisation } from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant, LocalDay } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';
import { replaceMatrix } from './matrix.ts';
import { dateOf, datesOf, periodRows, rangeRows, unitColumns } from './organisation-rows.ts';

const stepRows = (ladder: string, steps: readonly LadderStep[]) =>
  steps.map(({ thenEvery, agree, decide, ...s }) => ({
    ...s,
    ladder,
    agree: [...agree],
    decide: [...decide],
    every: thenEvery?.every ?? null,
    everyCounting: thenEvery?.counting ?? null,
  }));

/**
 * Writes the organisation as it now is, whole, and raises its version. Units and people that are no longer named stay
 * (history refers to them) and end on the import's day, unless they had ended before.
 * Only the system imports. Throws OUT_OF_SCOPE.
 */
export const replaceOrganisation = async (
  tx: Tx,
  scope: Scope,
  organisation: Organisation,
  on: LocalDay,
  now: Instant,
): Promise<number> => {
  if (scope.unitIds !== 'all') throw new DomainError('OUT_OF_SCOPE');
  const { municipality, departments, units, people, matrix } = organisation;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('organisation'))`;
  for (const d of departments.values()) {
    await tx.department.upsert({ where: { id: d.id }, create: { ...d }, update: { ...d } });
  }
  await tx.unit.updateMany({
    where: { id: { notIn: [...units.keys()] }, validUntil: null },
    data: { validUntil: dateOf(on) },
  });
  await tx.person.updateMany({
    where: { id: { notIn: [...people.keys()] }, validUntil: null },
    data: { validUntil: dateOf(on) },
  });
  for (const u of units.values()) {
    const row = unitColumns(u);
    await tx.unit.upsert({ where: { id: u.id }, create: { id: u.id, ...row }, update: row });
  }
  for (const u of units.values()) {
    await tx.unit.update({ where: { id: u.id }, data: { parentId: u.parent, successorId: u.successor } });
  }
  for (const p of people.values()) {
    const row = { title: p.title, unitId: p.unit, email: p.email, phone: p.phone, ...datesOf(p.validity) };
    await tx.person.upsert({ where: { id: p.id }, create: { id: p.id, ...row }, update: row });
  }
  for (const p of people.values()) {
    await tx.person.update({ where: { id: p.id }, data: { substituteId: p.substitute } });
  }
  await tx.postalRange.deleteMany();
  // A unit that has ended keeps its hours: what it still holds must be delivered and alarmed.
  await tx.openingPeriod.deleteMany({ where: { unitId: { in: [...units.keys()] } } });
  await tx.roleAssignment.deleteMany();
  // What people have registered here themselves stays; what a file once said goes with the next.
  await tx.absence.deleteMany({ where: { registeredBy: null } });
  await tx.ladderStep.deleteMany();
  await tx.closingDay.deleteMany();
  await tx.neighbour.deleteMany();
  const everyUnit = [...units.values()];
  const everybody = [...people.values()];
  await tx.postalRange.createMany({ data: everyUnit.flatMap(rangeRows) });
  await tx.openingPeriod.createMany({ data: everyUnit.flatMap(periodRows) });
  await tx.roleAssignment.createMany({
    data: everybody.flatMap((p) =>
      p.roles.map((r) => ({ personId: p.id, role: r.role, unitId: r.unit, ...datesOf(r.validity) })),
    ),
  });
  await tx.absence.createMany({
    data: everybody.flatMap((p) =>
      p.absences.map((a) => ({
        personId: p.id,
        fromOn: dateOf(a.from) as Date,
        untilOn: dateOf(a.until),
        substituteId: a.substitute,
      })),
    ),
  });
  await replaceMatrix(tx, scope, matrix);
  await tx.ladderStep.createMany({
    data: [...stepRows('ordinary', organisation.ladder), ...stepRows('acute', organisation.acuteLadder)],
  });
  await tx.closingDay.createMany({ data: organisation.closingDays.map((monthDay) => ({ monthDay })) });
  await tx.neighbour.createMany({
    data: municipality.neighbours.map((n) => ({ ...n, postalCodes: n.postalCodes.map((r) => ({ ...r })) })),
  });
  const head = {
    municipalityCode: municipality.code,
    municipalityName: municipality.name,
    importedAt: toDate(now),
  };
  const written = await tx.organisationVersion.upsert({
    where: { id: 1 },
    create: { id: 1, version: 1, ...head },
    update: { version: { increment: 1 }, ...head },
  });
  return written.version;
};
