import type { Organisation, Person, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import type { Dispute } from './ownership.ts';
import { holdersAt, holdersOf, presentOrSubstitute } from './recipients.ts';
import { decidersOf, speakersOf } from './speakers.ts';
import type { LocalDay } from './time.ts';

type Side = { readonly before: Organisation; readonly after: Organisation; readonly on: LocalDay };

/** Roles that somebody relies on: work arrives at them, alarms and letters go to them, or they settle. */
const RELIED_ON: ReadonlySet<Role> = new Set([
  'intake',
  'duty-officer',
  'professional-coordinator',
  'team-leader',
  'area-manager',
  'centre-director',
  'director',
  'buf-sof-coordinator',
  'institution-leader',
  'administrator',
]);

const employed = (role: Role, unit: string, organisation: Organisation, day: LocalDay): readonly Person[] =>
  holdersAt(role, [unit], organisation, day).filter(({ validity }) => isValid(validity, day));

export type Lack = { readonly unit: string; readonly role: Role; readonly instead: readonly Person[] };

/**
 * The roles that nobody at a unit holds any more from the day on, and who answers for them then: whoever has the role
 * further up, or stands in for whoever had it. Nobody leaves a unit without intake or leader unseen.
 */
export const lacksAfter = (personId: string, { before, after, on }: Side): readonly Lack[] => {
  const roles = before.people.get(personId)?.roles.filter(({ validity }) => isValid(validity, on)) ?? [];
  return roles
    .filter(({ role, unit }) => RELIED_ON.has(role) && employed(role, unit, after, on).length === 0)
    .map(({ role, unit }) => {
      const reached = holdersOf(role, unit, after, on).map(({ id }) => presentOrSubstitute(id, after, on));
      return { role, unit, instead: [...new Set(reached)].filter((one) => one !== null) };
    });
};

/** People for whom the person answers when they are away, by their own choice or in an absence that is registered. */
export const answeredForBy = (personId: string, { people }: Organisation, on: LocalDay): readonly Person[] =>
  [...people.values()].filter(
    ({ id, substitute, absences, validity }) =>
      id !== personId &&
      isValid(validity, on) &&
      (substitute === personId ||
        absences.some((absence) => absence.substitute === personId && !isOver(absence.until, on))),
  );

const isOver = (until: LocalDay | null, on: LocalDay): boolean => !isValid({ from: null, until }, on);

export type Say = { readonly as: 'speaks' | 'decides'; readonly instead: readonly Person[] };

/** Has the person a say in the dispute that they lose with the change, and who has it then? Null: nothing changes. */
export const sayLost = (personId: string, dispute: Dispute, { before, after, on }: Side): Say | null => {
  for (const [as, find] of [
    ['decides', decidersOf],
    ['speaks', speakersOf],
  ] as const) {
    const holders = find(dispute, after, on).flatMap((id) => after.people.get(id) ?? []);
    // A role that nobody else has stays whoever left's by the rule; they are not here to use it.
    const there = holders.filter(({ validity }) => isValid(validity, on));
    if (!find(dispute, before, on).includes(personId) || there.some(({ id }) => id === personId)) continue;
    return { as, instead: there };
  }
  return null;
};
