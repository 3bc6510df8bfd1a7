import { z } from 'zod';
import { type Organisation, type Person, ROLES, type Role } from './organisation.ts';
import { currentUnit } from './organisation-tree.ts';
import { compareDays, type LocalDay, T } from './time.ts';
import { endsAfter, uncovered } from './validity.ts';

const text = z.string().trim().min(1, 'required').max(120);
const id = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'unit-id');
const known = z.string().min(1, 'required').max(120);
const day = z.iso.date('date');
const roles = z.array(z.enum(ROLES)).max(ROLES.length);
const someRoles = roles.min(1, 'too-few');

/** Everything that administrators may do to people; each takes place on a local day. Work addresses and phones only. */
export const personChange = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('person-joins'),
    on: day,
    /** As the login knows them; stays for good, so that history names them. */
    person: id,
    title: text,
    email: z.email('email'),
    phone: text,
    unit: known,
    roles: someRoles,
    /** Who answers when they are away. */
    substitute: known.nullable(),
  }),
  z.strictObject({
    what: z.literal('person-leaves'),
    on: day,
    person: known,
    /** Who answers for what they have in hand until a colleague has taken it. */
    substitute: known.nullable(),
  }),
  z.strictObject({ what: z.literal('person-moves'), on: day, person: known, unit: known, roles: someRoles }),
  /** What they are at their own unit from the day on. */
  z.strictObject({ what: z.literal('person-roles'), on: day, person: known, roles: someRoles }),
]);
export type PersonChange = z.output<typeof personChange>;

const KINDS: ReadonlySet<string> = new Set<PersonChange['what']>([
  'person-joins',
  'person-leaves',
  'person-moves',
  'person-roles',
]);

/** Of the changes of the setup, one of a person? */
export const isPersonChange = (change: { readonly what: string }): change is PersonChange => KINDS.has(change.what);

type Held = Person['roles'][number];

/** From the day on these roles at the unit and no others; what has been stays, and what goes on is not begun anew. */
const rolesFrom = (all: readonly Held[], unit: string, wanted: readonly Role[], on: LocalDay): readonly Held[] => {
  const kept = all.flatMap((held): readonly Held[] => {
    const { from, until } = held.validity;
    if (held.unit !== unit || wanted.includes(held.role) || !endsAfter(until, on)) return [held];
    return from !== null && compareDays(from, on) >= 0 ? [] : [{ ...held, validity: { from, until: on } }];
  });
  const begun = wanted.flatMap((role) => {
    const there = kept.filter((held) => held.role === role && held.unit === unit).map(({ validity }) => validity);
    return uncovered({ from: on, until: null }, there).map((validity) => ({ role, unit, validity }));
  });
  return [...kept, ...begun];
};

const personAfter = (change: PersonChange, was: Person | undefined, on: LocalDay): Person | undefined => {
  if (change.what === 'person-joins') {
    const { person: id, title, email, phone, unit, substitute } = change;
    const validity = { from: on, until: null };
    const held = rolesFrom([], unit, change.roles, on);
    return { id, title, email, phone, unit, substitute, roles: held, absences: [], validity };
  }
  if (!was) return undefined;
  switch (change.what) {
    case 'person-leaves':
      // The roles stay open: whoever answers for them has what nobody else holds, until somebody does.
      return { ...was, validity: { ...was.validity, until: on }, substitute: change.substitute };
    case 'person-moves': {
      const left = rolesFrom(was.roles, was.unit, [], on);
      return { ...was, unit: change.unit, roles: rolesFrom(left, change.unit, change.roles, on) };
    }
    case 'person-roles':
      return { ...was, roles: rolesFrom(was.roles, was.unit, change.roles, on) };
  }
};

/**
 * The change as it is on its day, when its unit has closed meanwhile: at the one that comes after it, in whatever order
 * the changes of that midnight are done. Whose own unit it has become gets the roles there.
 */
export const onItsDay = (change: PersonChange, organisation: Organisation): PersonChange => {
  if (!('unit' in change)) return change;
  const { on, person: who } = change;
  const unit = currentUnit(organisation, change.unit, T.PlainDate.from(on))?.id ?? change.unit;
  const own = organisation.people.get(who)?.unit;
  return change.what === 'person-moves' && unit !== change.unit && unit === own
    ? { what: 'person-roles', on, person: who, roles: change.roles }
    : { ...change, unit };
};

/** The organisation from the day on; what everybody was before it stays readable. */
export const organisationWith = (organisation: Organisation, change: PersonChange): Organisation => {
  const { person: personId } = change;
  const after = personAfter(change, organisation.people.get(personId), T.PlainDate.from(change.on));
  return after ? { ...organisation, people: new Map([...organisation.people, [personId, after]]) } : organisation;
};
