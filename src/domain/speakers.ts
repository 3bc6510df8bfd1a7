import { ladderSteps } from './ladder.ts';
import type { LadderStep, Organisation, Person, Role } from './organisation.ts';
import { currentUnit } from './organisation-tree.ts';
import type { Dispute } from './ownership.ts';
import { DEPARTMENT_WIDE, holdersAt, presentOrSubstitute, upwards } from './recipients.ts';
import type { To } from './referral.ts';
import type { LocalDay } from './time.ts';

type Ladder = Pick<Dispute, 'acute' | 'step'>;
type Matter = Ladder & Pick<Dispute, 'parties'>;

/** The steps from the present one on; the last one when the ladder's data has changed and no such step is left. */
const stepsFrom = ({ acute, step }: Ladder, organisation: Organisation): readonly LadderStep[] => {
  const steps = ladderSteps(organisation, acute);
  const left = steps.filter((one) => one.step >= step);
  return left.length > 0 ? left : steps.slice(-1);
};

const today = (unit: string, organisation: Organisation, day: LocalDay): string =>
  currentUnit(organisation, unit, day)?.id ?? unit;

const inDepartmentOf = (unit: string, organisation: Organisation): string[] => {
  const department = organisation.units.get(unit)?.department;
  return [...organisation.units.values()].filter((one) => one.department === department).map(({ id }) => id);
};

type Found = { readonly holders: readonly Person[]; readonly reached: readonly Person[] };

const reach = (holders: readonly Person[], organisation: Organisation, day: LocalDay): Found => ({
  holders,
  reached: holders.map(({ id }) => presentOrSubstitute(id, organisation, day)).filter((person) => person !== null),
});

/** Holders at the unit, else at its parents, nearest first; a level counts when somebody of it can be reached. */
const found = (roles: readonly Role[], unit: string, organisation: Organisation, day: LocalDay): Found | null => {
  const department = inDepartmentOf(unit, organisation);
  for (const level of upwards(unit, organisation)) {
    const holders = roles.flatMap((role) =>
      holdersAt(role, DEPARTMENT_WIDE.has(role) ? department : [level.id], organisation, day),
    );
    const answer = reach(holders, organisation, day);
    if (answer.reached.length > 0) return answer;
  }
  return null;
};

const NOBODY: Found = { holders: [], reached: [] };

const speaking = (unit: string, dispute: Ladder, organisation: Organisation, day: LocalDay): Found => {
  for (const { agree } of stepsFrom(dispute, organisation)) {
    const answer = found(agree, today(unit, organisation, day), organisation, day);
    if (answer) return answer;
  }
  return NOBODY;
};

const deciding = (dispute: Matter, organisation: Organisation, day: LocalDay): Found => {
  const roles = stepsFrom(dispute, organisation)[0]?.decide ?? [];
  return inPartyDepartments(roles, dispute, organisation, day);
};

const inPartyDepartments = (
  roles: readonly Role[],
  { parties }: Pick<Dispute, 'parties'>,
  organisation: Organisation,
  day: LocalDay,
): Found => {
  const units = [...new Set(parties.flatMap(({ unit }) => inDepartmentOf(unit, organisation)))];
  return reach(
    roles.flatMap((role) => holdersAt(role, units, organisation, day)),
    organisation,
    day,
  );
};

/** Somebody absent who acts all the same still holds the role. */
const ids = ({ holders, reached }: Found): readonly string[] => [
  ...new Set([...reached, ...holders].map(({ id }) => id)),
];

/**
 * Who speaks for a party at the dispute's step, person ids: holders of one of the step's roles at its unit, else at its
 * parents, nearest first; directors and BUF-SOF coordinators serve their whole department; else the next step's roles.
 * Whoever stands in for somebody absent is among them.
 */
export const speakersFor = (unit: string, dispute: Ladder, organisation: Organisation, day: LocalDay) =>
  ids(speaking(unit, dispute, organisation, day));

/** The units of the parties that this person can bind alone: all of them for a leader above both. */
export const partiesBoundBy = (
  personId: string,
  dispute: Matter,
  organisation: Organisation,
  day: LocalDay,
): readonly string[] =>
  dispute.parties
    .map(({ unit }) => unit)
    .filter((unit) => speakersFor(unit, dispute, organisation, day).includes(personId));

export const mayAgree = (personId: string, dispute: Matter, organisation: Organisation, day: LocalDay): boolean =>
  partiesBoundBy(personId, dispute, organisation, day).length > 0;

/** Person ids of everybody who speaks for some party. */
export const speakersOf = (dispute: Matter, organisation: Organisation, day: LocalDay): readonly string[] => [
  ...new Set(dispute.parties.flatMap(({ unit }) => speakersFor(unit, dispute, organisation, day))),
];

/** Holders of the step's deciding role in a party's department; nobody at a step that is settled by agreement only. */
export const decidersOf = (dispute: Matter, organisation: Organisation, day: LocalDay): readonly string[] =>
  ids(deciding(dispute, organisation, day));

export const mayDecide = (personId: string, dispute: Matter, organisation: Organisation, day: LocalDay): boolean =>
  decidersOf(dispute, organisation, day).includes(personId);

const everywhere = (role: Role, organisation: Organisation, day: LocalDay): readonly string[] =>
  ids(reach(holdersAt(role, [...organisation.units.keys()], organisation, day), organisation, day));

/** They follow every dispute from its first minute and may propose a settlement at any step. */
export const coordinators = (organisation: Organisation, day: LocalDay): readonly string[] =>
  everywhere('buf-sof-coordinator', organisation, day);

/** Who may read a dispute at any step without being a party: every coordinator, the directors of its departments. */
export const followersOf = (
  dispute: Pick<Dispute, 'parties'>,
  organisation: Organisation,
  day: LocalDay,
): readonly string[] => [
  ...coordinators(organisation, day),
  ...ids(inPartyDepartments(['director'], dispute, organisation, day)),
];

/** The coordinators who are told of it: those of the parties' departments. */
export const coordinatorsOf = (
  dispute: Pick<Dispute, 'parties'>,
  organisation: Organisation,
  day: LocalDay,
): readonly string[] => ids(inPartyDepartments(['buf-sof-coordinator'], dispute, organisation, day));

/**
 * Who gets notice and alarms of the step: on every side those who may agree and those who may decide, each once, as
 * far as they can be reached; a side without anybody is told at its unit.
 */
export const told = (dispute: Matter, organisation: Organisation, day: LocalDay): readonly To[] =>
  addressed(dispute, deciding(dispute, organisation, day).reached, organisation, day);

/** The same without those who may only decide: whoever may agree, on every side. */
export const toldOnSides = (dispute: Matter, organisation: Organisation, day: LocalDay): readonly To[] =>
  addressed(dispute, [], organisation, day);

const addressed = (
  dispute: Matter,
  also: readonly Person[],
  organisation: Organisation,
  day: LocalDay,
): readonly To[] => {
  const sides = dispute.parties.map(({ unit }) => ({
    unit,
    reached: speaking(unit, dispute, organisation, day).reached,
  }));
  const people = [...sides.flatMap(({ reached }) => reached), ...also];
  return [
    ...[...new Set(people.map(({ id }) => id))].map((person) => ({ person })),
    ...sides.filter(({ reached }) => reached.length === 0).map(({ unit }) => ({ unit })),
  ];
};
