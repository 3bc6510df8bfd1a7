import { kept } from './kept.ts';
import type { Matter, Organisation, Unit, Validity } from './organisation.ts';
import { compareDays, type LocalDay } from './time.ts';

/** Half-open in local days: valid on `from`, no longer on `until`. */
export const isValid = (validity: Validity, on: LocalDay): boolean =>
  (validity.from === null || compareDays(validity.from, on) <= 0) &&
  (validity.until === null || compareDays(on, validity.until) < 0);

/** Throws RangeError: stored unit ids always exist, so that a missing one is a fault of ours. */
export function unitOf(organisation: Organisation, unitId: string): Unit {
  const unit = organisation.units.get(unitId);
  if (!unit) throw new RangeError(`no unit ${unitId}`);
  return unit;
}

const hasClosed = (unit: Unit, on: LocalDay): boolean =>
  unit.validity.until !== null && compareDays(unit.validity.until, on) <= 0;

/** From the parent up to the top, nearest first. */
export function ancestors(organisation: Organisation, unitId: string): readonly Unit[] {
  const above: Unit[] = [];
  let next = organisation.units.get(unitId)?.parent ?? null;
  while (next !== null) {
    const unit = organisation.units.get(next);
    if (!unit || above.includes(unit)) break;
    above.push(unit);
    next = unit.parent;
  }
  return above;
}

/** All units below, whatever their validity; the unit itself is not among them. */
export const descendants = (organisation: Organisation, unitId: string): readonly Unit[] =>
  [...organisation.units.values()].filter((unit) =>
    ancestors(organisation, unit.id).some((above) => above.id === unitId),
  );

/**
 * The unit itself while it is valid; a closed one's successor, that one's successor, and so on.
 * Null when the chain ends without a valid unit, or the unit has not opened yet. `parts`: where the matter that is asked
 * about went when units of it were split, by unit; the successor of a split unit is its main part.
 */
export function currentUnit(
  organisation: Pick<Organisation, 'units'>,
  unitId: string,
  on: LocalDay,
  parts: Readonly<Record<string, string>> = {},
): Unit | null {
  const seen = new Set<string>();
  let unit = organisation.units.get(unitId);
  while (unit && hasClosed(unit, on) && !seen.has(unit.id)) {
    const next: string | null = parts[unit.id] ?? unit.successor;
    if (next === null) break;
    seen.add(unit.id);
    unit = organisation.units.get(next);
  }
  return unit && isValid(unit.validity, on) ? unit : null;
}

/**
 * Units that answer to a test on a day. A closed unit answers through its successor, but only where no
 * valid unit answers itself: after a merger the new unit's own data decides.
 */
export function unitsWhere(organisation: Organisation, on: LocalDay, test: (unit: Unit) => boolean): readonly Unit[] {
  const [valid, closed]: [Unit[], Unit[]] = [[], []];
  // Every submission asks some of these of every unit, so nothing is copied that does not answer.
  for (const unit of organisation.units.values()) {
    if (!test(unit)) continue;
    if (isValid(unit.validity, on)) valid.push(unit);
    else if (hasClosed(unit, on)) closed.push(unit);
  }
  if (valid.length > 0) return valid;
  const successors = closed.map((unit) => currentUnit(organisation, unit.id, on));
  return [...new Set(successors)].filter((unit) => unit !== null);
}

type Ranges = readonly { readonly from: number; readonly to: number }[];
export const listsPostalCode = (ranges: Ranges, postalCode: string): boolean => {
  const code = Number(postalCode);
  return ranges.some(({ from, to }) => from <= code && code <= to) && /^\d{4}$/.test(postalCode);
};

/** Several where units share a code (2300); none for a code outside the municipality. */
export const unitsByPostalCode = (organisation: Organisation, postalCode: string, on: LocalDay): readonly Unit[] =>
  unitsWhere(organisation, on, (unit) => listsPostalCode(unit.postalCodes, postalCode));

/** The area a unit stands for; a district of exactly one area stands for that one. */
export const areaOf = (unit: Unit): string | null =>
  unit.area ?? (unit.areas.length === 1 ? (unit.areas[0] ?? null) : null);

export const mayOwn = (unit: Unit, matter: Matter): boolean => unit.mayOwn.includes(matter);

const onesOfKind = kept<Unit | null>(500);
const ofKind = (organisation: Organisation, kind: string, on: LocalDay): Unit | null =>
  onesOfKind(
    [organisation],
    `${kind} ${on}`,
    () => unitsWhere(organisation, on, (unit) => unit.kind === kind && mayOwn(unit, 'notification'))[0] ?? null,
  );

/** The municipality's central intake: the one unit of kind `intake` that may own a notification. */
export function centralIntake(organisation: Organisation, on: LocalDay): Unit {
  const unit = ofKind(organisation, 'intake', on);
  if (!unit) throw new RangeError('organisation without a central intake');
  return unit;
}

/** The unit that acts out of hours: the one of kind `duty-unit` that may own a notification. */
export function dutyUnit(organisation: Organisation, on: LocalDay): Unit {
  const unit = ofKind(organisation, 'duty-unit', on);
  if (!unit) throw new RangeError('organisation without a duty unit');
  return unit;
}
