import type { Organisation, Person, Role } from './organisation.ts';
import { descendants, isValid } from './organisation-tree.ts';
import type { Actor } from './scope.ts';
import { type Instant, localDay } from './time.ts';

/** Those who lead several units also reach what lies below theirs. */
const LEADS_BELOW: ReadonlySet<Role> = new Set(['area-manager', 'centre-director']);

/** The person as an actor on that day; null when they do not work here on it. */
export const actorOf = (person: Person, organisation: Organisation, at: Instant): Actor | null => {
  const day = localDay(at);
  const unit = organisation.units.get(person.unit);
  if (!unit || !isValid(person.validity, day)) return null;
  const roles = person.roles
    .filter((held) => isValid(held.validity, day))
    .map((held) => ({
      role: held.role,
      unit: held.unit,
      covers: LEADS_BELOW.has(held.role)
        ? [held.unit, ...descendants(organisation, held.unit).map((below) => below.id)]
        : [held.unit],
    }));
  return { kind: 'person', personId: person.id, unitId: unit.id, department: unit.department, roles };
};

export const unitsCoveredBy = (actor: Actor): readonly string[] | 'all' =>
  actor.kind === 'system' ? 'all' : [...new Set(actor.roles.flatMap((held) => held.covers))];

const FOLLOW_DISPUTES: ReadonlySet<Role> = new Set(['buf-sof-coordinator', 'director']);

/** Does the person's role see disputes of a whole department, whichever units they are between? */
export const followsDisputes = (actor: Actor): boolean =>
  actor.kind === 'person' && actor.roles.some(({ role }) => FOLLOW_DISPUTES.has(role));
