import type { NoticeStage } from './alarms.ts';
import { HANDLER_ROLES } from './colleagues.ts';
import type { Organisation, Person, Role, Unit, Validity } from './organisation.ts';
import { currentUnit, isValid } from './organisation-tree.ts';
import { shiftsAt } from './rota.ts';
import { type Instant, type LocalDay, localDay } from './time.ts';

type Lead = 'team-leader' | 'area-manager' | 'director';
type Via = 'handler' | 'intake' | 'substitute' | 'duty-officer' | Lead;

/** `via` says why this person: the role that was sought, or that they stand in for who was sought. */
export type Recipient =
  | { readonly kind: 'person'; readonly personId: string; readonly via: Via }
  | { readonly kind: 'unit'; readonly unitId: string };

export type AlarmNotice = {
  readonly stage: NoticeStage;
  readonly kind: string;
  readonly counting: 'hours' | 'workdays' | 'days';
  /** The unit whose duty the clock is (`alarm-mails.ts`). */
  readonly unitId: string;
  readonly handlerId: string | null;
  readonly at: Instant;
};

type People = Pick<Organisation, 'people' | 'units'>;
type Staff = Pick<Organisation, 'people' | 'units' | 'rota'>;

/** Their holder serves a whole department. */
export const DEPARTMENT_WIDE: ReadonlySet<Role> = new Set(['director', 'buf-sof-coordinator']);

/** Why somebody is not there on the day, if they are not. */
export const absenceOn = (person: Person, day: LocalDay) => person.absences.find((absence) => isValid(absence, day));

/** The person if employed and present on the day, else the first present in the chain of substitutes, else null. */
export const presentOrSubstitute = (personId: string, organisation: People, day: LocalDay): Person | null => {
  const seen = new Set<string>();
  let id: string | null = personId;
  while (id !== null && !seen.has(id)) {
    seen.add(id);
    const person = organisation.people.get(id);
    if (!person) return null;
    const absence = absenceOn(person, day);
    if (isValid(person.validity, day) && !absence) return person;
    id = absence?.substitute ?? person.substitute;
  }
  return null;
};

/** Is the person there on the day, and nobody in their place? */
export const isThere = (personId: string, organisation: People, day: LocalDay): boolean =>
  presentOrSubstitute(personId, organisation, day)?.id === personId;

type Held = { readonly person: Person; readonly validity: Validity };

// A sweep asks for thousands of alarms over one organisation value, which never changes.
const indexes = new WeakMap<Organisation['people'], ReadonlyMap<string, readonly Held[]>>();

const heldAt = (role: Role, unitId: string, { people }: People): readonly Held[] => {
  let index = indexes.get(people);
  if (!index) {
    const all = [...people.values()].flatMap((person) =>
      person.roles.map((held) => ({ key: `${held.role} ${held.unit}`, person, validity: held.validity })),
    );
    index = Map.groupBy(all, ({ key }) => key);
    indexes.set(people, index);
  }
  return index.get(`${role} ${unitId}`) ?? [];
};

/** Those whose role at one of the units covers the day; people who have left only where nobody else has the role. */
export const holdersAt = (role: Role, unitIds: readonly string[], organisation: People, day: LocalDay): Person[] => {
  const holders = unitIds
    .flatMap((unitId) => heldAt(role, unitId, organisation))
    .filter(({ validity }) => isValid(validity, day))
    .map(({ person }) => person);
  const employed = holders.filter((person) => isValid(person.validity, day));
  return employed.length > 0 ? employed : holders;
};

/** The unit, then its parents, nearest first; a tree that names itself as its own ancestor ends there. */
export const upwards = (unitId: string, organisation: People): Unit[] => {
  const units: Unit[] = [];
  let unit = organisation.units.get(unitId);
  while (unit && !units.includes(unit)) {
    units.push(unit);
    unit = unit.parent === null ? undefined : organisation.units.get(unit.parent);
  }
  return units;
};

const levels = function* (role: Role, unitId: string, organisation: People, day: LocalDay): Generator<Person[]> {
  for (const unit of upwards(unitId, organisation)) {
    yield holdersAt(role, [unit.id], organisation, day);
  }
  const department = organisation.units.get(unitId)?.department;
  if (department !== undefined && DEPARTMENT_WIDE.has(role)) {
    const units = [...organisation.units.values()].filter((unit) => unit.department === department);
    yield holdersAt(
      role,
      units.map(({ id }) => id),
      organisation,
      day,
    );
  }
};

/**
 * Who holds a role for a unit on a local day: at the unit, else at its parents, nearest first; directors and
 * BUF-SOF coordinators in the whole department. Holders may be absent: `presentOrSubstitute` says who stands in.
 */
export const holdersOf = (role: Role, unitId: string, organisation: People, day: LocalDay): Person[] => {
  for (const holders of levels(role, unitId, organisation, day)) {
    if (holders.length > 0) return holders;
  }
  return [];
};

const reach = (holders: readonly Person[], via: Via, organisation: People, day: LocalDay): Recipient[] =>
  holders.flatMap(({ id }) => {
    const person = presentOrSubstitute(id, organisation, day);
    return person ? [{ kind: 'person', personId: person.id, via: person.id === id ? via : 'substitute' } as const] : [];
  });

const leaders = (role: Lead, unitId: string, organisation: People, day: LocalDay): Recipient[] => {
  for (const holders of levels(role, unitId, organisation, day)) {
    const reached = reach(holders, role, organisation, day);
    if (reached.length > 0) return reached;
  }
  return [];
};

/**
 * Who is on duty for a unit, each once; whoever is absent is stood in for. Nobody in a gap of the rota, or at a unit
 * without one.
 */
export const onDutyAt = (unitId: string, organisation: Staff, at: Instant): readonly Person[] => {
  const day = localDay(at);
  const people = shiftsAt(unitId, organisation, at).map(({ person }) => presentOrSubstitute(person, organisation, day));
  return [...new Set(people)].filter((person) => person !== null);
};

/**
 * Have their roles in the unit ended, or all of those that may have a case in hand? Whoever stands in from elsewhere never
 * had one there.
 */
export const hasMoved = ({ roles }: Person, unitId: string, day: LocalDay): boolean => {
  const here = roles.filter((held) => held.unit === unitId);
  const handling = here.filter(({ role }) => HANDLER_ROLES.includes(role));
  const asked = handling.length > 0 ? handling : here;
  return asked.length > 0 && asked.every(({ validity }) => !isValid(validity, day));
};

/** Whoever is on duty by the rota, whoever took it before; else the handler unless they have moved; without one within reach the unit's intake, at the duty unit its officers; else the unit itself. */
const first = ({ unitId, handlerId, at }: AlarmNotice, organisation: Staff, day: LocalDay): Recipient[] => {
  const onDuty = onDutyAt(unitId, organisation, at);
  if (onDuty.length > 0) return onDuty.map(({ id }) => ({ kind: 'person', personId: id, via: 'duty-officer' }));
  const handler = handlerId === null ? undefined : organisation.people.get(handlerId);
  const handlers = handler && !hasMoved(handler, unitId, day) ? reach([handler], 'handler', organisation, day) : [];
  if (handlers.length > 0) return handlers;
  for (const role of ['intake', 'duty-officer'] as const) {
    const reached = reach(holdersAt(role, [unitId], organisation, day), role, organisation, day);
    if (reached.length > 0) return reached;
  }
  return [{ kind: 'unit', unitId }];
};

const reachesAreaManager = ({ stage }: AlarmNotice): boolean => stage === 'end' || stage === 'after';

const reachesTeamLeader = (notice: AlarmNotice): boolean => {
  const { stage, counting, kind } = notice;
  if (reachesAreaManager(notice) || stage === 'last-day' || stage === 'last-open-day') return true;
  // An acute matter that nobody has taken is told to the leader after 15 minutes, the quarter of its hour.
  return counting === 'hours' && (stage === 'half' || (stage === 'quarter' && kind === 'acknowledge'));
};

const addressee = (to: Recipient): string => (to.kind === 'person' ? `person ${to.personId}` : `unit ${to.unitId}`);

const UPWARDS = ['team-leader', 'area-manager', 'director'] as const satisfies readonly Lead[];

/**
 * A unit's box is nobody's promise to act: where the rule finds no person, the nearest leader who is there is told beside
 * it. Mon 2026-11-02: the only intake is ill with nobody standing in, so the half of a feedback clock goes to the box and
 * to the team leader; is she away too, to the area manager.
 */
const withSomebody = (found: Recipient[], unitId: string, organisation: People, day: LocalDay): Recipient[] => {
  if (found.some(({ kind }) => kind === 'person')) return found;
  const reached = UPWARDS.map((role) => leaders(role, unitId, organisation, day)).find((all) => all.length > 0);
  return [...found, ...(reached ?? [])];
};

/**
 * Who gets an alarm, each person once; the unit's box alone only where its whole line of leaders is away. `at` decides
 * whose roles and absences count, and who has come after a unit: what was closed before a merger stays with its old one.
 */
export const recipientsOf = (asked: AlarmNotice, organisation: Staff): Recipient[] => {
  const day = localDay(asked.at);
  const notice = { ...asked, unitId: currentUnit(organisation, asked.unitId, day)?.id ?? asked.unitId };
  const found = [
    ...first(notice, organisation, day),
    ...(reachesTeamLeader(notice) ? leaders('team-leader', notice.unitId, organisation, day) : []),
    ...(reachesAreaManager(notice) ? leaders('area-manager', notice.unitId, organisation, day) : []),
  ];
  const all = withSomebody(found, notice.unitId, organisation, day);
  return all.filter((to, index) => all.findIndex((other) => addressee(other) === addressee(to)) === index);
};
