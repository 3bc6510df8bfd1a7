import type { Organisation, Unit } from './organisation.ts';
import { areaOf, currentUnit, descendants, listsPostalCode, mayOwn, unitsWhere } from './organisation-tree.ts';
import { type RoutingInput, withinAges, years } from './routing-facts.ts';
import { partsFor } from './split-rules.ts';
import { localDay } from './time.ts';

/** One unit, several between which the facts do not choose, or none. */
export type Found = { readonly unit: Unit | null; readonly candidates: readonly Unit[]; readonly by: By | null };
/** What chose the unit: the address, the school or daycare, or the sender's unit. */
export type By = 'postal code' | 'institution' | 'sender';

const NONE: Found = { unit: null, candidates: [], by: null };
const single = (units: readonly Unit[], by: By | null): Found => ({
  unit: units.length === 1 ? (units[0] ?? null) : null,
  candidates: units.length > 1 ? units : [],
  by,
});

const areaOfUnit = (organisation: Organisation, unitId: string | null): string | null => {
  const unit = unitId === null ? undefined : organisation.units.get(unitId);
  return unit ? areaOf(unit) : null;
};

/**
 * Rule 4 among the units that `among` admits. A shared code goes to the unit of the school's area: a child
 * in 2300 who goes to school in Amager Øst belongs to Amager Øst, one who goes to school on Nørrebro to
 * neither by rule, and both units are candidates.
 */
export function byPostalCode(
  facts: RoutingInput,
  organisation: Organisation,
  among: (unit: Unit) => boolean = () => true,
): Found {
  const { postalCode, institution } = facts.child;
  if (postalCode === null) return NONE;
  const listing = unitsWhere(
    organisation,
    localDay(facts.at),
    (unit) => among(unit) && mayOwn(unit, facts.matter) && listsPostalCode(unit.postalCodes, postalCode),
  );
  if (listing.length <= 1) return single(listing, 'postal code');
  const area = areaOfUnit(organisation, institution);
  const ofSchool = area === null ? [] : listing.filter((unit) => areaOf(unit) === area);
  return ofSchool.length === 1 ? single(ofSchool, 'institution') : single(listing, 'postal code');
}

/** Rule 5 among the units that `among` admits: only without a postal code, the school before the sender. */
export function bySchoolOrSender(
  facts: RoutingInput,
  organisation: Organisation,
  among: (unit: Unit) => boolean = () => true,
): Found {
  if (facts.child.postalCode !== null) return NONE;
  const ofSchool = areaOfUnit(organisation, facts.child.institution);
  const area = ofSchool ?? areaOfUnit(organisation, facts.senderUnit);
  if (area === null) return NONE;
  const there = unitsWhere(
    organisation,
    localDay(facts.at),
    (unit) => among(unit) && mayOwn(unit, facts.matter) && areaOf(unit) === area,
  );
  return single(there, ofSchool === null ? 'sender' : 'institution');
}

/** `anyMayOwn` without a unit: somebody there may own the matter, but the facts do not choose who. */
export type Meant = Found & { readonly anyMayOwn: boolean };

/**
 * What a case or a row of the matrix means by a unit. A closed unit means its successor, one that was split the part that its rule names. A unit with units
 * below it means one of its case units that may own the matter: by area if they have areas, by ages if they
 * have ages; what no age decides goes to the one that has neither (`bch-modtagelsen` in the training data).
 */
export function meantBy(unitId: string, facts: RoutingInput, organisation: Organisation): Meant {
  const on = localDay(facts.at);
  const named = currentUnit(organisation, unitId, on, partsFor(facts, organisation));
  if (!named) return { ...NONE, anyMayOwn: false };
  const below = descendants(organisation, named.id).filter(
    (unit) => unit.kind === 'case-unit' && mayOwn(unit, facts.matter) && currentUnit(organisation, unit.id, on),
  );
  if (below.length === 0) {
    const own = mayOwn(named, facts.matter);
    return { ...single(own ? [named] : [], null), anyMayOwn: own };
  }
  const admits = (unit: Unit): boolean => below.includes(unit);
  let found = single(unitsWhere(organisation, on, admits), null);
  let among: readonly Unit[] = below;
  if (below.some((unit) => areaOf(unit) !== null)) {
    const byCode = byPostalCode(facts, organisation, admits);
    found = byCode.by ? byCode : bySchoolOrSender(facts, organisation, admits);
    among = found.candidates;
  }
  if (among.some((unit) => unit.ages !== null)) found = byAges(among, facts, organisation);
  return { ...found, anyMayOwn: true };
}

const byAges = (among: readonly Unit[], facts: RoutingInput, organisation: Organisation): Found => {
  const on = localDay(facts.at);
  const age = years(facts.child.age);
  const ofAge = unitsWhere(
    organisation,
    on,
    (unit) => among.includes(unit) && age !== null && unit.ages !== null && withinAges(unit.ages, age),
  );
  if (ofAge.length > 0) return single(ofAge, null);
  const general = unitsWhere(
    organisation,
    on,
    (unit) => among.includes(unit) && areaOf(unit) === null && unit.ages === null,
  );
  return general.length > 0 ? single(general, null) : single(among, null);
};
