import type { Unit, Validity } from '#domain/organisation.ts';
import type { LocalDay } from '#domain/time.ts';

/** A `date` column: midnight UTC stands for the local day. */
export const dateOf = (day: LocalDay | null): Date | null => (day ? new Date(`${day.toString()}T00:00:00Z`) : null);
export const datesOf = (v: Validity): { validFrom: Date | null; validUntil: Date | null } => ({
  validFrom: dateOf(v.from),
  validUntil: dateOf(v.until),
});

/** A unit as its row, without the units that it names: those must be there first. */
export const unitColumns = (u: Unit) => ({
  departmentId: u.department,
  kind: u.kind,
  name: u.name,
  short: u.short,
  area: u.area,
  areas: [...u.areas],
  agesFrom: u.ages?.[0] ?? null,
  agesTo: u.ages?.[1] ?? null,
  mayOwn: [...u.mayOwn],
  phone: u.phone,
  email: u.email,
  nameIsNeutral: u.nameIsNeutral,
  alwaysOpen: u.hours === 'always',
  ...datesOf(u.validity),
});

export const periodRows = ({ id, hours }: Unit) =>
  hours === 'always'
    ? []
    : Object.entries(hours).flatMap(([weekday, periods]) =>
        periods.map((p) => ({ unitId: id, weekday: Number(weekday), opens: p.from, closes: p.to })),
      );

export const rangeRows = ({ id, postalCodes }: Unit) =>
  postalCodes.map((r) => ({ unitId: id, fromCode: r.from, toCode: r.to }));
