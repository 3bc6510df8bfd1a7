import type { Organisation, Role } from './organisation.ts';
import { soughtPerson } from './task-person.ts';
import { type Sought, TASK_KINDS } from './tasks.ts';
import type { LocalDay } from './time.ts';
import { UNUSUAL_TASK } from './unusual-reading.ts';

/** A case that is not there for everybody of its units, as what asks about its reading needs to know it. */
export type ClosedCase = {
  readonly referralId: string;
  readonly ownerUnit: string;
  /** Person ids, whoever is related among them. */
  readonly barred: readonly string[];
  readonly related: readonly string[];
};

type Reader = { readonly personId: string; readonly unitId: string };

const LEADING: readonly Sought[] = TASK_KINDS[UNUSUAL_TASK].seek;
const leads = (role: Role): boolean => LEADING.some((one) => one === role);

/**
 * In which unit a leader is sought, and who must not be asked, about the reading of a case that is closed to most: a leader
 * above the reader for whom it is there; else one of the unit that has it, above the reader; else an administrator, who
 * knows neither family nor case (decisions 038, 052). Tue 2026-11-03: the intake of Nørrebro reads a case that is there for them and
 * the area manager: the area manager, not the team leader.
 */
export const askedOfReading = (
  { personId, unitId }: Reader,
  { barred, related, ownerUnit }: ClosedCase,
  organisation: Organisation,
  day: LocalDay,
): { readonly unit: string; readonly except: readonly string[] } => {
  const leading = barred.filter((id) => organisation.people.get(id)?.roles.some(({ role }) => leads(role)));
  const except = [...new Set([personId, ...related, ...leading])];
  const hasLeader = (unit: string): boolean =>
    soughtPerson({ kind: UNUSUAL_TASK, unit, handlerId: null, except, aboutPerson: personId }, organisation, day) !==
    null;
  return { unit: [unitId, ownerUnit].find(hasLeader) ?? unitId, except };
};
