import type { Organisation, Person, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import type { LocalDay } from './time.ts';

/** Roles that may have a referral in hand. */
export const HANDLER_ROLES: readonly Role[] = [
  'caseworker',
  'intake',
  'duty-officer',
  'professional-coordinator',
  'team-leader',
];

/** Does the person work at the unit on that day in a role that handles referrals? */
export const isHandlerAt = (person: Person, unitId: string, day: LocalDay): boolean =>
  isValid(person.validity, day) &&
  person.roles.some((r) => r.unit === unitId && HANDLER_ROLES.includes(r.role) && isValid(r.validity, day));

export const handlersAt = (organisation: Organisation, unitId: string, day: LocalDay): readonly Person[] =>
  [...organisation.people.values()].filter((person) => isHandlerAt(person, unitId, day));
