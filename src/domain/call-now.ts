import type { Organisation } from './organisation.ts';
import { holdersOf, presentOrSubstitute } from './recipients.ts';
import { phoneAt } from './rota.ts';
import { policyAt } from './rulebook.ts';
import { type Instant, isBefore, localDay } from './time.ts';
import type { World } from './world.ts';

export type Callee = { readonly name: string; readonly phone: string };

type Untaken = {
  readonly acute: boolean;
  readonly status: string;
  readonly ownerUnit: string;
};

const leadersOf = (unit: string, organisation: Organisation, now: Instant): readonly Callee[] => {
  const day = localDay(now);
  return holdersOf('team-leader', unit, organisation, day).flatMap(({ id }) => {
    const person = presentOrSubstitute(id, organisation, day);
    return person ? [{ name: person.title, phone: person.phone }] : [];
  });
};

/** Acute, and nobody has taken it: only of such a matter does anybody ask since when it waits. */
export const isUntaken = ({ acute, status }: Pick<Untaken, 'acute' | 'status'>): boolean =>
  acute && status === 'received';

/**
 * Whom staff call about an acute matter that nobody has taken within the minutes of policy: the unit that has it, then
 * its leaders or whoever stands in for them. `since`: when it was registered, became acute or came to the unit, whichever
 * was last; before that nobody could take it as acute. Empty while mail is quick enough, and once somebody has it.
 */
export const callNow = (
  matter: Untaken,
  since: Instant | undefined,
  { organisation, rulebook }: World,
  now: Instant,
): readonly Callee[] => {
  if (!since || !isUntaken(matter)) return [];
  if (isBefore(now, since.add({ minutes: policyAt(rulebook, since).callAfterMinutes }))) return [];
  const unit = organisation.units.get(matter.ownerUnit);
  const all = [
    ...(unit ? [{ name: unit.name, phone: phoneAt(unit.id, organisation, now) }] : []),
    ...leadersOf(matter.ownerUnit, organisation, now),
  ];
  return all.filter(({ phone }, index) => phone !== '' && all.findIndex((other) => other.phone === phone) === index);
};
