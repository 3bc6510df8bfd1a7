import { isHandlerAt } from './colleagues.ts';
import { refuseField } from './field-errors.ts';
import type { Organisation, Person, Unit } from './organisation.ts';
import { descendants, isValid, mayOwn } from './organisation-tree.ts';
import { withinAges } from './routing-facts.ts';
import { needsOf } from './split-rules.ts';
import { type LocalDay, T } from './time.ts';
import type { UnitChange } from './unit-change.ts';
import type { UnitPlan } from './unit-plan.ts';

type Split = Extract<UnitChange, { what: 'split' }>;

/** The paths at which a change names units that exist, and the new ones that it makes. */
const named = (
  change: UnitChange,
): {
  readonly known: readonly (readonly [string, string])[];
  readonly fresh: readonly (readonly [string, string])[];
} => {
  switch (change.what) {
    case 'open':
      return { known: [['change.like', change.like]], fresh: [['change.unit.id', change.unit.id]] };
    case 'close':
      return {
        known: [
          ['change.unit', change.unit],
          ['change.into', change.into],
        ],
        fresh: [],
      };
    case 'merge':
      return {
        known: [
          ...change.units.map((unit) => ['change.units', unit] as const),
          ...(change.into === null ? [] : [['change.into', change.into] as const]),
        ],
        fresh: change.unit ? [['change.unit.id', change.unit.id]] : [],
      };
    case 'split':
      return {
        known: [['change.unit', change.unit]],
        fresh: change.parts.map(({ id }, at) => [`change.parts.${at}.id`, id] as const),
      };
  }
};

const CODES = 10_000;
const OLDEST = 150;

/** What the rule of a split parts goes to exactly one part: else a child would belong to nobody, or to two. */
const demandSharedOut = ({ by, parts }: Split, like: Unit): void => {
  const times = (test: (part: Split['parts'][number]) => boolean): number => parts.filter(test).length;
  if (by === 'age') {
    const all = Array.from({ length: OLDEST + 1 }, (_, age) => age).filter((age) => withinAges(like.ages, age));
    const once = all.every((age) => times(({ ages }) => ages !== null && withinAges(ages, age)) === 1);
    if (!once) refuseField('change.parts.ages', 'not-shared-out');
    return;
  }
  const lists = (ranges: Unit['postalCodes'], code: number): boolean =>
    ranges.some(({ from, to }) => from <= code && code <= to);
  const all = Array.from({ length: CODES }, (_, code) => code).filter((code) => lists(like.postalCodes, code));
  const once = all.every((code) => times(({ postalCodes }) => lists(postalCodes, code)) === 1);
  if (all.length === 0 || !once) refuseField('change.parts.postalCodes', 'not-shared-out');
};

const worksAt = ({ validity, roles }: Person, unit: string, on: LocalDay): boolean =>
  isValid(validity, on) && roles.some((held) => held.unit === unit && isValid(held.validity, on));

/** Whoever has left a unit since its split was planned, and a row that names it no more, is in no part of it; the rest goes on as it was confirmed. */
export const withoutGone = (change: UnitChange, { people, matrix }: Organisation): UnitChange => {
  if (change.what !== 'split') return change;
  const on = T.PlainDate.from(change.on);
  const here = (id: string): boolean => {
    const person = people.get(id);
    return person !== undefined && worksAt(person, change.unit, on);
  };
  const needs = needsOf(matrix, [change.unit], on);
  const named = (change.rows ?? []).filter(({ need }) => needs.some((one) => one.id === need));
  const parts = change.parts.map((part) => ({ ...part, people: part.people.filter(here) }));
  return { ...change, parts, rows: named };
};

/** Each row once, of those that name the unit, and each to a part that there is. */
const demandRows = ({ rows = [], parts, unit }: Split, { matrix }: Organisation, on: LocalDay): void => {
  const known = needsOf(matrix, [unit], on);
  for (const [at, { need, part }] of rows.entries()) {
    const path = `change.rows.${at}.part`;
    if (part !== null && !known.some(({ id }) => id === need)) refuseField(path, 'unknown-choice');
    if (rows.findIndex((row) => row.need === need) !== at) refuseField(path, 'twice');
    if (part !== null && !parts.some(({ id }) => id === part)) refuseField(path, 'unknown-choice');
  }
};

const demandSplit = (change: Split, organisation: Organisation, on: LocalDay): void => {
  const { people, units } = organisation;
  demandRows(change, organisation, on);
  const { parts, main, unit } = change;
  if (!parts.some(({ id }) => id === main)) refuseField('change.main', 'unknown-choice');
  const like = units.get(unit) as Unit;
  demandSharedOut(change, like);
  const here = [...people.values()].filter((person) => worksAt(person, unit, on));
  const all = parts.flatMap((part) => part.people);
  if (new Set(all).size < all.length) refuseField('change.parts.people', 'twice');
  if (!all.every((id) => here.some((person) => person.id === id))) refuseField('change.parts.people', 'not-in-unit');
  for (const { id, people: chosen } of parts) {
    const theirs = here.filter((person) => chosen.includes(person.id) || (id === main && !all.includes(person.id)));
    const takes = theirs.some((person) => isHandlerAt(person, unit, on));
    if (like.mayOwn.length > 0 && !takes) refuseField('change.parts.people', 'part-without-people');
  }
};

/** As for the organisation's file: the central intake and the duty unit are one each, or routing has two ends. */
const demandSingle = (change: UnitChange, { units }: Organisation): void => {
  const [path, id] =
    change.what === 'open' ? ['change.like', change.like] : change.what === 'split' ? ['change.unit', change.unit] : [];
  const like = units.get(id ?? '');
  if (path && like && ['intake', 'duty-unit'].includes(like.kind) && mayOwn(like, 'notification')) {
    refuseField(path, 'only-one');
  }
};

/**
 * Throws INVALID: whoever comes after must be able to own and do what they get, and must not end up above itself, as the
 * unit would that takes over from what its parent lies below.
 */
export const demandTaker = ({ closing, into }: UnitPlan, after: Organisation): void => {
  const taker = into === null ? undefined : after.units.get(into);
  if (!taker) return;
  if (descendants(after, taker.id).some(({ id }) => id === taker.id)) refuseField('change.into', 'below-closing');
  for (const closed of closing.map((id) => after.units.get(id) as Unit)) {
    if (!closed.mayOwn.every((matter) => taker.mayOwn.includes(matter))) refuseField('change.into', 'may-not-own');
    // Out of hours everybody relies on it: 24 hours from Friday night end on Saturday night.
    if (closed.kind === 'duty-unit' && taker.hours !== 'always') refuseField('change.into', 'not-always-open');
  }
};

/**
 * Throws INVALID, naming the field, for a change that is not possible as things stand. `changing`: units that another
 * change that is planned already concerns.
 */
export const demandUnitChange = (
  change: UnitChange,
  organisation: Organisation,
  { changing, today }: { readonly changing: readonly string[]; readonly today: LocalDay },
): void => {
  const on = T.PlainDate.from(change.on);
  if (T.PlainDate.compare(on, today) <= 0) refuseField('change.on', 'not-tomorrow');
  const { known, fresh } = named(change);
  for (const [path, id] of known) {
    const unit = organisation.units.get(id);
    if (!unit) refuseField(path, 'unknown-choice');
    else if (!isValid(unit.validity, on)) refuseField(path, 'unit-closed');
    if (changing.includes(id)) refuseField(path, 'unit-changing');
  }
  for (const [at, [path, id]] of fresh.entries()) {
    if (organisation.units.has(id) || changing.includes(id)) refuseField(path, 'known-already');
    if (fresh.findIndex(([, other]) => other === id) !== at) refuseField(path, 'twice');
  }
  demandSingle(change, organisation);
  if (change.what === 'close' && change.unit === change.into) refuseField('change.into', 'own-unit');
  if (change.what === 'merge') {
    const closing = change.units.filter((id) => id !== change.into);
    if (new Set(change.units).size < change.units.length) refuseField('change.units', 'twice');
    if (closing.length < (change.into === null ? 2 : 1)) refuseField('change.units', 'too-few');
  }
  if (change.what === 'split') demandSplit(change, organisation, on);
};
