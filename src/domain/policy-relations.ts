import type { PersonActor } from './scope.ts';

/** What a person must be to the subject for a grant to count. */
export type Relation =
  | 'case-side'
  | 'owner'
  | 'assessor'
  | 'notifier'
  | 'in-place'
  | 'author'
  | 'institution'
  | 'own-unit'
  | 'sender'
  | 'receiver'
  | 'party'
  | 'raiser'
  | 'speaker'
  | 'decider'
  | 'coordinator'
  | 'follower'
  | 'named'
  | 'reassessor'
  | 'emergency'
  | 'any';

/** Facts about the subject that the policy looks at; ids only. */
export type Subject = {
  readonly referralId?: string;
  readonly ownerUnit?: string | null;
  readonly responsibleUnit?: string | null;
  readonly assessmentUnit?: string | null;
  readonly senderPersonId?: string | null;
  readonly authorId?: string | null;
  readonly unitId?: string | null;
  /** Of the open hand-over, or of the one in dispute. */
  readonly senderUnit?: string | null;
  readonly receiverUnit?: string | null;
  /** Of the open dispute or escalation; before one is raised, those who may raise it. */
  readonly partyUnits?: readonly string[];
  readonly raisedBy?: string | null;
  /** Person ids, found by the ladder's data (speakers.ts); they may be substitutes and hold no role of their own. */
  readonly speakers?: readonly string[];
  readonly deciders?: readonly string[];
  readonly coordinators?: readonly string[];
  /** Who reads it at any step: coordinators, and directors of the parties' departments. */
  readonly followers?: readonly string[];
  /** Person ids: who has the task, and whoever stands in for them. */
  readonly named?: readonly string[];
  /** Named to make the re-assessment; whoever stands in for them may, too. */
  readonly reassessor?: string | null;
};

/** Is the person that to the subject, by a role that covers these units? */
export const related = (as: Relation, person: PersonActor, covers: readonly string[], s: Subject): boolean => {
  const { personId, standsInFor = [] } = person;
  const inside = (unit: string | null | undefined): boolean => unit != null && covers.includes(unit);
  switch (as) {
    case 'any':
      return true;
    case 'owner':
      return inside(s.ownerUnit);
    case 'assessor':
      return inside(s.assessmentUnit);
    case 'case-side':
      return inside(s.ownerUnit) || inside(s.responsibleUnit) || inside(s.assessmentUnit);
    case 'notifier':
      return s.senderPersonId === personId;
    case 'in-place':
      return person.inPlaceOf?.some(({ personId: left }) => left === s.senderPersonId) ?? false;
    case 'author':
      return s.authorId === personId;
    case 'institution':
    case 'own-unit':
      return inside(s.unitId);
    case 'sender':
      return inside(s.senderUnit);
    case 'receiver':
      return inside(s.receiverUnit);
    case 'party':
      return s.partyUnits?.some(inside) ?? false;
    case 'raiser':
      return inside(s.raisedBy);
    case 'speaker':
      return s.speakers?.includes(personId) ?? false;
    case 'decider':
      return s.deciders?.includes(personId) ?? false;
    case 'coordinator':
      return s.coordinators?.includes(personId) ?? false;
    case 'follower':
      return s.followers?.includes(personId) ?? false;
    case 'named':
      return s.named?.includes(personId) ?? false;
    case 'reassessor':
      return s.reassessor != null && [personId, ...standsInFor].includes(s.reassessor);
    case 'emergency':
      return s.referralId !== undefined && s.referralId === person.emergencyIn;
  }
};
