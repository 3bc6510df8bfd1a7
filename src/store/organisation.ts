import type {
  LadderStep,
  Matter,
  Neighbour,
  OpeningHours,
  Organisation,
  Role,
  Split,
  Validity,
} from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import { dayFromDate, type Tx } from './db.ts';
import { toShift } from './rota.ts';

const validity = (row: { validFrom: Date | null; validUntil: Date | null }): Validity => ({
  from: dayFromDate(row.validFrom),
  until: dayFromDate(row.validUntil),
});

const ages = (row: { agesFrom: number | null; agesTo: number | null }): [number, number] | null =>
  row.agesFrom === null || row.agesTo === null ? null : [row.agesFrom, row.agesTo];

const hours = (unit: {
  alwaysOpen: boolean;
  periods: { weekday: number; opens: string; closes: string }[];
}): OpeningHours => {
  if (unit.alwaysOpen) return 'always';
  const byDay: Record<number, { from: string; to: string }[]> = {};
  for (const p of unit.periods) {
    byDay[p.weekday] = [...(byDay[p.weekday] ?? []), { from: p.opens, to: p.closes }];
  }
  return byDay;
};

/** Far more than are planned ahead; older ones are history. */
const MOST_SHIFTS = 2000;

/** Rises with every change of the organisation; 0 before the first import. The organisation is no secret. */
export const findOrganisationVersion = async (tx: Tx, _scope: Scope): Promise<number> => {
  // Every act and every mail asks.
  const rows = await tx.$queryRaw<{ version: number }[]>`select version from organisation_version where id = 1`;
  return rows[0]?.version ?? 0;
};

/** The whole organisation as one value, or null before the first import. */
export const findOrganisation = async (
  tx: Tx,
  _scope: Scope,
): Promise<{ version: number; organisation: Organisation } | null> => {
  const head = await tx.organisationVersion.findUnique({ where: { id: 1 } });
  if (!head) return null;
  const [departments, units, people, closingDays, shifts, matrix, steps, neighbours, changes] = [
    await tx.department.findMany({ orderBy: { id: 'asc' } }),
    await tx.unit.findMany({
      include: {
        postalRanges: { orderBy: { id: 'asc' } },
        periods: { orderBy: [{ weekday: 'asc' }, { opens: 'asc' }] },
      },
      orderBy: { id: 'asc' },
    }),
    await tx.person.findMany({
      include: { assignments: { orderBy: { id: 'asc' } }, absences: { orderBy: { fromOn: 'asc' } } },
      orderBy: { id: 'asc' },
    }),
    await tx.closingDay.findMany({ orderBy: { monthDay: 'asc' } }),
    await tx.dutyShift.findMany({ orderBy: [{ fromAt: 'desc' }, { id: 'desc' }], take: MOST_SHIFTS }),
    await tx.matrixRow.findMany({ orderBy: { position: 'asc' } }),
    await tx.ladderStep.findMany({ orderBy: { step: 'asc' } }),
    await tx.neighbour.findMany({ orderBy: { code: 'asc' } }),
    await tx.unitChange.findMany({
      where: { state: { in: ['running', 'settling', 'done'] } },
      orderBy: { dueAt: 'asc' },
    }),
  ];
  const ladder = (which: string): LadderStep[] =>
    steps
      .filter((s) => s.ladder === which)
      .map(({ ladder: _ladder, every, everyCounting, ...s }) => ({
        ...s,
        agree: s.agree as Role[],
        decide: s.decide as Role[],
        counting: s.counting as LadderStep['counting'],
        thenEvery: every === null ? null : { every, counting: everyCounting as LadderStep['counting'] },
      }));
  return {
    version: head.version,
    organisation: {
      municipality: {
        code: head.municipalityCode,
        name: head.municipalityName,
        neighbours: neighbours.map((n) => ({
          ...n,
          postalCodes: n.postalCodes as unknown as Neighbour['postalCodes'],
        })),
      },
      departments: new Map(departments.map((d) => [d.id, d])),
      units: new Map(
        units.map((u) => [
          u.id,
          {
            id: u.id,
            parent: u.parentId,
            department: u.departmentId,
            kind: u.kind,
            name: u.name,
            short: u.short,
            area: u.area,
            areas: u.areas,
            postalCodes: u.postalRanges.map((r) => ({ from: r.fromCode, to: r.toCode })),
            ages: ages(u),
            mayOwn: u.mayOwn as Matter[],
            phone: u.phone,
            email: u.email,
            nameIsNeutral: u.nameIsNeutral,
            hours: hours(u),
            validity: validity(u),
            successor: u.successorId,
          },
        ]),
      ),
      people: new Map(
        people.map((p) => [
          p.id,
          {
            id: p.id,
            title: p.title,
            unit: p.unitId,
            roles: p.assignments.map((a) => ({ role: a.role as Role, unit: a.unitId, validity: validity(a) })),
            email: p.email,
            phone: p.phone,
            substitute: p.substituteId,
            absences: p.absences.flatMap((a) => {
              const from = dayFromDate(a.fromOn);
              return from ? [{ from, until: dayFromDate(a.untilOn), substitute: a.substituteId }] : [];
            }),
            validity: validity(p),
          },
        ]),
      ),
      closingDays: closingDays.map((c) => c.monthDay),
      exceptions: [],
      rota: shifts.toReversed().map(toShift),
      matrix: matrix.map((m) => ({
        id: m.id,
        need: m.need,
        needEn: m.needEn,
        ages: ages(m),
        unit: m.unitId,
        basis: m.basis,
        validity: validity(m),
        change: m.changeId,
        endedBy: m.endedById,
        precedent: m.precedentId,
      })),
      ladder: ladder('ordinary'),
      acuteLadder: ladder('acute'),
      splits: changes.flatMap(({ change }) => {
        const { what, ...rest } = change as { what: string };
        if (what !== 'split') return [];
        const { unit, by, parts } = rest as Omit<Split, 'parts'> & { parts: { id: string }[] };
        return [{ unit, by, parts: parts.map(({ id }) => id) }];
      }),
    },
  };
};
