import type { Organisation, Person, Unit } from './organisation.ts';
import { listsPostalCode } from './organisation-tree.ts';
import { withinAges, years } from './routing-facts.ts';
import { atLocal, type Instant, type LocalDay, T } from './time.ts';
import type { UnitChange } from './unit-change.ts';
import { endsAfter, uncovered } from './validity.ts';

export type SplitRule = 'area' | 'age';

/** A change of units in the one form that is looked at, confirmed, kept and carried out. Ids throughout. */
export type UnitPlan = {
  readonly what: UnitChange['what'];
  readonly on: LocalDay;
  readonly closing: readonly string[];
  readonly opening: readonly Unit[];
  /** Who comes after the closing units; of a split its main part. Null where nothing closes. */
  readonly into: string | null;
  /** Of a split: its rule, its parts and who works in them; whoever is not named goes with the main part. */
  readonly split: {
    readonly by: SplitRule;
    readonly parts: readonly string[];
    readonly people: Readonly<Record<string, string>>;
    /** Needs whose row of the matrix goes to one part; of all others the rule chooses the part, child by child. */
    readonly rows: Readonly<Record<string, string>>;
  } | null;
};

/** It takes place when its day begins. */
export const takesPlaceAt = ({ on }: Pick<UnitPlan, 'on'>): Instant => atLocal(on, '00:00');

type Split = NonNullable<UnitPlan['split']>;
type Fresh = Pick<Unit, 'id' | 'name' | 'phone' | 'email' | 'nameIsNeutral'>;

const opened = (fresh: Fresh & Partial<Pick<Unit, 'postalCodes' | 'ages'>>, like: Unit, on: LocalDay): Unit => ({
  ...like,
  short: null,
  area: null,
  areas: [],
  postalCodes: [],
  ages: null,
  ...fresh,
  validity: { from: on, until: null },
  successor: null,
});

/** The change over the organisation as it stands. Units that it names exist: `demandUnitChange` has seen to that. */
export const planOf = (change: UnitChange, organisation: Organisation): UnitPlan => {
  const on = T.PlainDate.from(change.on);
  const unit = (id: string): Unit => organisation.units.get(id) as Unit;
  const base = { what: change.what, on, closing: [], opening: [], into: null, split: null };
  switch (change.what) {
    case 'open':
      return { ...base, opening: [opened(change.unit, unit(change.like), on)] };
    case 'close':
      return { ...base, closing: [change.unit], into: change.into };
    case 'merge': {
      const closing = change.units.filter((id) => id !== change.into);
      if (change.unit === null) return { ...base, closing, into: change.into };
      const made = opened(change.unit, unit(change.units[0] ?? ''), on);
      return { ...base, closing, opening: [made], into: made.id };
    }
    case 'split': {
      const like = unit(change.unit);
      const people = change.parts.flatMap((part) => part.people.map((person) => [person, part.id] as const));
      // What the rule does not part stays as it is in all of them.
      const same = change.by === 'area' ? { ages: like.ages } : { postalCodes: like.postalCodes };
      const parts = change.parts.map(({ people: _people, ...part }) => opened({ ...part, ...same }, like, on));
      const rows = (change.rows ?? []).flatMap(({ need, part }) => (part === null ? [] : [[need, part] as const]));
      const split: Split = {
        by: change.by,
        parts: parts.map(({ id }) => id),
        people: Object.fromEntries(people),
        rows: Object.fromEntries(rows),
      };
      return { ...base, closing: [change.unit], opening: parts, into: change.main, split };
    }
  }
};

const union = <V>(lists: readonly (readonly V[])[]): V[] => {
  const texts = new Set<string>();
  return lists.flat().filter((one) => !texts.has(JSON.stringify(one)) && texts.add(JSON.stringify(one)));
};

/** The unit that takes over stands for everything that the closing ones stood for. */
const absorbing = (into: Unit, closed: readonly Unit[], isNew: boolean): Unit => {
  const merged = isNew ? closed : [into, ...closed];
  const limits = merged.flatMap(({ ages }) => (ages ? [ages] : []));
  const all = limits.length === merged.length;
  return {
    ...into,
    postalCodes: union(merged.map(({ postalCodes }) => postalCodes)),
    ages: all ? [Math.min(...limits.map(([from]) => from)), Math.max(...limits.map(([, to]) => to))] : null,
  };
};

const later = (a: LocalDay | null, b: LocalDay): LocalDay => (a && T.PlainDate.compare(a, b) > 0 ? a : b);

type Held = Person['roles'][number];

/**
 * A role at a closing unit ends; the same role begins where the person goes, for the days on which they do not have it
 * there already: stands it there until 31 December, what comes from a role without an end begins on 1 January.
 */
const rolesAfter = (roles: readonly Held[], to: (unit: string) => string, on: LocalDay): readonly Held[] => {
  const stays = (held: Held): boolean => to(held.unit) === held.unit || !endsAfter(held.validity.until, on);
  const [kept, leaving] = [roles.filter(stays), roles.filter((held) => !stays(held))];
  const all = [...kept];
  for (const held of leaving) {
    const { from, until } = held.validity;
    const was = from === null || T.PlainDate.compare(from, on) < 0;
    const unit = to(held.unit);
    const there = all.filter((one) => one.role === held.role && one.unit === unit).map(({ validity }) => validity);
    const begun = uncovered({ from: later(from, on), until }, there).map((validity) => ({ ...held, unit, validity }));
    all.push(...(was ? [{ ...held, validity: { from, until: on } }] : []), ...begun);
  }
  return all;
};

/** Where somebody of a closing unit works from then on. */
const unitOfPerson =
  ({ closing, into, split }: UnitPlan, personId: string) =>
  (unit: string): string =>
    closing.includes(unit) ? (split?.people[personId] ?? into ?? unit) : unit;

/** The first above that goes on; whoever takes over may lie below several that close. */
const aboveAll = (parent: string | null, closed: readonly Unit[]): string | null => {
  const above = closed.find(({ id }) => id === parent);
  return above
    ? aboveAll(
        above.parent,
        closed.filter((one) => one !== above),
      )
    : parent;
};

/**
 * The organisation from the day on. Units, people, roles and shifts follow; rows of the matrix (`matrixAfter`) and what is
 * known of children go on naming the closed unit and mean the one that comes after it. What has been stays as it was.
 */
export const organisationAfter = (organisation: Organisation, plan: UnitPlan): Organisation => {
  const { on, closing, opening, into, split } = plan;
  const units = new Map([...organisation.units, ...opening.map((unit) => [unit.id, unit] as const)]);
  const closed = closing.map((id) => units.get(id) as Unit);
  for (const unit of closed) {
    units.set(unit.id, { ...unit, validity: { ...unit.validity, until: on }, successor: into });
  }
  const taker = into === null ? undefined : units.get(into);
  if (taker && split === null) units.set(taker.id, absorbing(taker, closed, opening.length > 0));
  for (const unit of units.values()) {
    if (closing.includes(unit.id) || !closed.some(({ id }) => id === unit.parent)) continue;
    units.set(unit.id, { ...unit, parent: unit.id === into ? aboveAll(unit.parent, closed) : into });
  }
  const people = new Map(
    [...organisation.people].map(([id, person]) => {
      const to = unitOfPerson(plan, id);
      return [id, { ...person, unit: to(person.unit), roles: rolesAfter(person.roles, to, on) }] as const;
    }),
  );
  const begins = takesPlaceAt(plan);
  const rota = organisation.rota.map((shift) =>
    T.Instant.compare(shift.until, begins) > 0
      ? { ...shift, unit: unitOfPerson(plan, shift.person)(shift.unit) }
      : shift,
  );
  const made = split ? closing.map((unit) => ({ unit, by: split.by, parts: split.parts })) : [];
  return { ...organisation, units, people, rota, splits: [...(organisation.splits ?? []), ...made] };
};

/** Where a closing unit's share of one referral goes. `part`: that the rule of a split names for it. */
export const shareTo =
  ({ closing, into }: UnitPlan, part: string | null) =>
  (unit: string): string =>
    closing.includes(unit) ? (part ?? into ?? unit) : unit;

/** What the rule of a split looks at. */
export type SplitFacts = { readonly postalCode: string | null; readonly age: number | null };

/** The one part that the rule names; null where it names none or several. */
export const partFor = (
  { by, parts }: Pick<Split, 'by' | 'parts'>,
  { postalCode, age }: SplitFacts,
  { units }: Pick<Organisation, 'units'>,
): string | null => {
  const fits = (unit: Unit | undefined): boolean => {
    if (by === 'area') return postalCode !== null && listsPostalCode(unit?.postalCodes ?? [], postalCode);
    const whole = years(age);
    return whole !== null && unit?.ages != null && withinAges(unit.ages, whole);
  };
  const found = parts.filter((id) => fits(units.get(id)));
  return found.length === 1 ? (found[0] ?? null) : null;
};
