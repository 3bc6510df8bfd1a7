import type { Organisation } from '#domain/organisation.ts';
import { handoverOf, type Row } from './scene.ts';

/** One of them has sent it. */
const WRITERS: ReadonlySet<string> = new Set(['school-social-worker', 'notifier', 'institution-leader']);
/** They serve more than a unit. */
const EVERYWHERE: ReadonlySet<string> = new Set(['director', 'buf-sof-coordinator', 'area-manager', 'centre-director']);

/**
 * Somebody whose roles are all at units that have, and had, no part in it, who leads nobody and stands in for nobody:
 * whatever they try must be refused. Says only what is certain.
 */
export const isStranger = (personId: string, row: Row, { people, units }: Organisation): boolean => {
  const person = people.get(personId);
  if (
    !person ||
    (row.matter === 'notification' && person.roles.some(({ role }) => WRITERS.has(role))) ||
    person.id === row.reassessorId
  )
    return false;
  const handover = handoverOf(row);
  const near = [
    row.ownerUnitId,
    row.responsibleUnitId,
    row.assessmentUnitId,
    handover?.fromUnitId,
    handover?.toUnitId,
    ...row.disputes.flatMap(({ partyUnitIds }) => partyUnitIds),
  ];
  const standsIn = [...people.values()].some(({ substitute, absences }) =>
    [substitute, ...absences.map((away) => away.substitute)].includes(personId),
  );
  const isNew = person.roles.some(({ unit }) => [...units.values()].some(({ successor }) => successor === unit));
  return !standsIn && !isNew && person.roles.every(({ role, unit }) => !EVERYWHERE.has(role) && !near.includes(unit));
};
