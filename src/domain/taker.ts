import type { Organisation, Person, Role } from './organisation.ts';
import { holdersAt, isThere } from './recipients.ts';
import type { LocalDay } from './time.ts';

const TAKERS: readonly Role[] = ['intake', 'caseworker', 'professional-coordinator', 'team-leader', 'duty-officer'];

/** A unit's intake, else whoever can take a case there; those who are there that day before those who are not. */
export const takerAt = (unit: string, organisation: Organisation, day: LocalDay): Person | undefined => {
  const all = TAKERS.flatMap((role) => holdersAt(role, [unit], organisation, day));
  return all.find(({ id }) => isThere(id, organisation, day)) ?? all[0];
};
