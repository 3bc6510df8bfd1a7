import { type Organisation, type Person, ROLES, type Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import type { LocalDay } from './time.ts';

/**
 * Where the login's provider says who somebody is. `match`: the claim holds the person's id here, or their work mail.
 * Without `unit` and `roles` the organisation says what the person is; with them the login does, as of that login.
 */
export type ClaimMapping = {
  readonly person: string;
  readonly match: 'id' | 'email';
  readonly unit: string | null;
  /** `names`: what the provider calls a role → what it is called here. */
  readonly roles: { readonly claim: string; readonly names: Readonly<Record<string, string>> } | null;
  /** Who does not prove themselves in one of these ways, such as by two factors, is not let in. Null: any way will do. */
  readonly strength: { readonly claim: string; readonly values: readonly string[] } | null;
};

/** What a login said beside who it is. Null: the organisation says it. */
export type Claimed = {
  readonly unit: string | null;
  readonly roles: readonly Role[] | null;
  /** The blind index of their surname, where the login told it; a session holds no name. */
  readonly surname?: string;
};
export type Claims = Readonly<Record<string, unknown>>;

export type ClaimedPerson = { readonly personId: string; readonly claimed: Claimed };
/** Why a proved identity is not let in: not proved well enough, nobody here has it, it names no unit or no role of ours. */
export type LoginRefusal = 'too-weak' | 'unknown-person' | 'unknown-unit' | 'no-role';

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');

/** What the provider is asked for by OpenID's own word (`acr_values`), the best first; by other claims nothing can be asked. */
export const waysToAsk = ({ strength }: Pick<ClaimMapping, 'strength'>): readonly string[] =>
  strength?.claim === 'acr' ? strength.values : [];

/** An address that several share names nobody. */
const personOf = (
  text: string,
  match: ClaimMapping['match'],
  organisation: Organisation,
  today: LocalDay,
): Person | undefined => {
  const named = (one: Person): boolean =>
    match === 'id' ? one.id === text : one.email.toLowerCase() === text.toLowerCase();
  const [found, another] = [...organisation.people.values()].filter(
    (one) => named(one) && isValid(one.validity, today),
  );
  return another ? undefined : found;
};

/** Whom the claims of a login are, today. A weaker login than is demanded, two claims for a person, or an unknown one, are nobody. */
export const personClaimed = (
  claims: Claims,
  mapping: ClaimMapping,
  organisation: Organisation,
  today: LocalDay,
): ClaimedPerson | LoginRefusal => {
  const { strength } = mapping;
  if (strength && !textsOf(claims[strength.claim]).some((way) => strength.values.includes(way))) return 'too-weak';
  const [who, another] = textsOf(claims[mapping.person]);
  const person =
    who !== undefined && another === undefined ? personOf(who, mapping.match, organisation, today) : undefined;
  // Where people may write any address of their own, one that nobody has tried is no proof of who they are.
  if (!person || (mapping.match === 'email' && claims.email_verified === false)) return 'unknown-person';
  const [unit = null] = mapping.unit === null ? [] : textsOf(claims[mapping.unit]);
  const known = unit === null ? null : organisation.units.get(unit);
  if (known === undefined || (known && !isValid(known.validity, today))) return 'unknown-unit';
  const { roles: from } = mapping;
  if (from === null) return { personId: person.id, claimed: { unit, roles: null } };
  const named = new Set(textsOf(claims[from.claim]).map((name) => from.names[name]));
  const roles = ROLES.filter((role) => named.has(role));
  return roles.length === 0 ? 'no-role' : { personId: person.id, claimed: { unit, roles } };
};

/** What the login calls them; empty where it does not say. */
export const nameClaimed = ({ family_name: family, name }: Claims): string =>
  textsOf(family)[0] ?? textsOf(name)[0] ?? '';

/** The person as their login said: claimed roles are held at the claimed unit, and the organisation's are left out. */
export const asClaimed = (person: Person, { unit, roles }: Claimed): Person => {
  const at = unit ?? person.unit;
  const held = roles?.map((role) => ({ role, unit: at, validity: { from: null, until: null } }));
  return { ...person, unit: at, roles: held ?? person.roles };
};
