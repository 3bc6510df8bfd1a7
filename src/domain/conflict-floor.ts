import { handlersAt } from './colleagues.ts';
import type { Organisation, Person } from './organisation.ts';
import { currentUnit, isValid } from './organisation-tree.ts';
import { holdersAt, upwards } from './recipients.ts';
import type { Restricted } from './referral.ts';
import type { LocalDay } from './time.ts';

/** A referral as the bars of its child leave it. */
export type Standing = {
  readonly id: string;
  readonly ownerUnit: string;
  readonly responsibleUnit: string;
  readonly assessmentUnit: string | null;
  /** Who is named to re-assess it. */
  readonly reassessor: string | null;
  readonly open: boolean;
  /** Person ids. */
  readonly barred: readonly string[];
  /** Null: it is not restricted to named people. */
  readonly restricted: Restricted | null;
};

/** Whom it lacks: `leader`, who may lift a bar, or `handler`, who may do the work. */
export type Lacking = 'leader' | 'handler';

/**
 * Everybody who may lift a bar in a unit's cases, nearest first: its team leader, and those who lead from its own place in
 * the tree upwards. Who is away today counts; they come back, and whoever stands in for them leads meanwhile.
 */
export const leadersOf = (unit: string, organisation: Organisation, day: LocalDay): readonly Person[] => {
  const own = currentUnit(organisation, unit, day)?.id ?? unit;
  const above = upwards(own, organisation).flatMap(({ id }) =>
    (['area-manager', 'centre-director'] as const).flatMap((role) => holdersAt(role, [id], organisation, day)),
  );
  return [...holdersAt('team-leader', [own], organisation, day), ...above].filter(({ validity }) =>
    isValid(validity, day),
  );
};

const lacks = ({ ownerUnit, responsibleUnit, open, barred }: Standing, organisation: Organisation, day: LocalDay) => {
  const units = [...new Set([ownerUnit, responsibleUnit])];
  const isLeft = (people: readonly Person[]): boolean => people.some(({ id }) => !barred.includes(id));
  const all: Lacking[] = [];
  if (units.some((unit) => !isLeft(leadersOf(unit, organisation, day)))) all.push('leader');
  const handled = (unit: string) => handlersAt(organisation, currentUnit(organisation, unit, day)?.id ?? unit, day);
  if (open && units.some((unit) => !isLeft(handled(unit)))) all.push('handler');
  return all;
};

/**
 * Whom a case lacks after a change of who is barred that it did not lack before; null: nobody. forvaltningsloven § 4(1)
 * (recalled): kin still act where nobody can take their place. Tue 2026-11-03: the team leader and the centre's director
 * are barred from a child's case, so its area manager cannot be named before one of them is let in or it has moved.
 */
export const newlyLacking = (
  before: readonly Standing[],
  after: readonly Standing[],
  organisation: Organisation,
  day: LocalDay,
): Lacking | null => {
  for (const standing of after) {
    if (standing.barred.length === 0) continue;
    const then = before.find(({ id }) => id === standing.id);
    const lacked = then ? lacks(then, organisation, day) : [];
    const lost = lacks(standing, organisation, day).find((whom) => !lacked.includes(whom));
    if (lost) return lost;
  }
  return null;
};

/** Referrals that somebody is barred from who was not before. */
export const newlyBarred = (before: readonly Standing[], after: readonly Standing[]): readonly string[] =>
  after
    .filter(({ id, barred }) => {
      const then = before.find((one) => one.id === id)?.barred ?? [];
      return barred.some((person) => !then.includes(person));
    })
    .map(({ id }) => id);
