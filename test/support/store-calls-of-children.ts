import * as childLinks from '#store/child-links.ts';
import * as children from '#store/children.ts';
import * as conflicts from '#store/conflicts.ts';
import * as emergencies from '#store/emergencies.ts';
import * as families from '#store/families.ts';
import * as reassessments from '#store/reassessments.ts';
import * as restrictions from '#store/restrictions.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-000000000001';
const SIBLINGS = '01a00000-0000-7000-8000-000000000002';

/** The stored child and the unborn one, said to be the same. */
const same = (s: Stored, kind: childLinks.LinkKind = 'same') => ({
  id: kind === 'same' ? id : SIBLINGS,
  kind,
  from: s.unbornReferral.childId,
  into: s.referral.childId,
  referralId: s.referral.id,
  by: 'somebody',
});
const linked =
  (kind: childLinks.LinkKind = 'same'): NonNullable<Closed['before']> =>
  (tx, s) =>
    childLinks.insertLink(tx, s.scopes.system, same(s, kind), s.now);

/** Somebody of another unit is related to the stored child. */
const related = (s: Stored) => ({ id, personId: 'caseworker-bbu-bhv', referralId: s.referral.id, by: 'somebody' });
const barred: NonNullable<Closed['before']> = (tx, s) =>
  conflicts.insertConflict(tx, s.scopes.system, related(s), s.now);

const restricting = (s: Stored) => ({ id, referralId: s.referral.id, by: 'somebody' });
const naming = (s: Stored) => ({ ...restricting(s), people: [{ id: SIBLINGS, personId: 'somebody' }] });
const restricted: NonNullable<Closed['before']> = (tx, s) =>
  restrictions.insertRestriction(tx, s.scopes.system, restricting(s), s.now);

/** Functions about children: their records, what binds them together, and who has handled their cases. */
export const STORE_OF_CHILDREN: Readonly<Record<string, Closed | Open>> = {
  'children.ts insertChild': {
    by: 'unit',
    call: (tx, scope, s) => {
      const child = { id, identity: 'unknown', protectedAddress: false, sealed: s.someBytes, stateVersion: 0 };
      return children.insertChild(tx, scope, { ...child, cprIndex: null, referralId: s.referral.id }, s.now);
    },
  },
  'child-links.ts findRecord': {
    open: 'two units may have a record of one child; the use case lets nothing but ids out of it',
  },
  'child-links.ts findShownRecord': {
    by: 'unit',
    call: (tx, scope, s) => childLinks.findShownRecord(tx, scope, s.referral.id),
  },
  'child-links.ts isKeptFrom': { open: 'says only whether the asker is kept out, and to them it is then not there' },
  'children.ts findListed': {
    by: 'unit',
    before: (tx, s) => {
      const facts = { unitId: null, caseworkerId: null, measure: null, since: null, disability: true, seenAt: s.now };
      return children.upsertKnownCases(tx, s.scopes.system, [{ cprIndex: s.cprIndex, ...facts }], s.now);
    },
    call: (tx, scope, s) => children.findListed(tx, scope, s.referral.id),
  },
  'children.ts holdChild': {
    open: 'tells only that a record is still there, whose id was found before; as lockRecords',
  },
  'child-links.ts lockRecords': { open: 'a lock tells nothing and ends with its transaction' },
  'child-links.ts insertLink': {
    by: 'unit',
    call: (tx, scope, s) => childLinks.insertLink(tx, scope, same(s), s.now),
  },
  'child-links.ts undoLink': {
    by: 'unit',
    before: linked(),
    call: (tx, scope, s) => childLinks.undoLink(tx, scope, { id, referralId: s.referral.id, by: 'somebody' }, s.now),
  },
  'child-links.ts findLinks': {
    by: 'unit',
    before: linked(),
    call: (tx, scope, s) => childLinks.findLinks(tx, scope, s.referral.id),
  },
  'conflicts.ts insertConflict': {
    by: 'unit',
    call: (tx, scope, s) => conflicts.insertConflict(tx, scope, related(s), s.now),
  },
  'conflicts.ts liftConflicts': {
    by: 'unit',
    before: barred,
    call: (tx, scope, s) => conflicts.liftConflicts(tx, scope, related(s), s.now),
  },
  'conflicts.ts findConflicts': {
    by: 'unit',
    before: barred,
    call: (tx, scope, s) => conflicts.findConflicts(tx, scope, s.referral.id),
  },
  'emergencies.ts findForEmergency': {
    open: 'ids alone, of whoever has them: the use case asks who may, tells the units and has it asked about',
  },
  'emergencies.ts insertEmergency': { open: 'in the own name of whoever was let' },
  'emergencies.ts findEmergencyEnd': { open: 'an instant of their own' },
  'emergencies.ts deleteOldEmergencies': {
    by: 'system',
    before: (tx, s) =>
      emergencies.insertEmergency(tx, s.scopes.unit, {
        ...{ id, referralId: s.referral.id },
        openedAt: s.now,
        endsAt: s.now,
      }),
    call: (tx, scope, s) => emergencies.deleteOldEmergencies(tx, scope, s.now.add({ seconds: 1 })),
  },
  'conflicts.ts findStandings': { open: 'ids alone, for the rule that in no unit a case is left without anybody' },
  'restrictions.ts insertRestriction': {
    by: 'unit',
    call: (tx, scope, s) => restrictions.insertRestriction(tx, scope, restricting(s), s.now),
  },
  'restrictions.ts addNames': {
    by: 'unit',
    before: restricted,
    call: (tx, scope, s) => restrictions.addNames(tx, scope, naming(s), s.now),
  },
  'restrictions.ts nameByRule': {
    open: 'whom a case of another unit needs is named by the rule, whoever acts; it answers nothing',
  },
  'restrictions.ts removeNames': {
    by: 'unit',
    before: async (tx, s) => {
      await restricted(tx, s);
      await restrictions.addNames(tx, s.scopes.system, naming(s), s.now);
    },
    call: (tx, scope, s) => restrictions.removeNames(tx, scope, { ...restricting(s), people: ['somebody'] }, s.now),
  },
  'restrictions.ts liftRestrictions': {
    by: 'unit',
    before: restricted,
    call: (tx, scope, s) => restrictions.liftRestrictions(tx, scope, restricting(s), s.now),
  },
  'restrictions.ts findRestrictedReferrals': {
    by: 'system',
    before: restricted,
    call: (tx, scope) => restrictions.findRestrictedReferrals(tx, scope),
  },
  'families.ts findReferralsOfChild': {
    by: 'unit',
    before: linked(),
    call: (tx, scope, s) => families.findReferralsOfChild(tx, scope, s.referral.id),
  },
  'families.ts findReferralsOfSiblings': {
    by: 'unit',
    before: linked('sibling'),
    call: (tx, scope, s) => families.findReferralsOfSiblings(tx, scope, s.referral.id),
  },
  'families.ts findReferralsOfRecords': {
    open: 'the dry run of a merge says that another unit has a referral, when it came and where; its id is left out',
  },
  'families.ts findToldOfLink': { open: 'ids alone, for messages by which the system tells other units' },
  'families.ts findToldOfAddition': { open: 'ids alone, for messages by which the system tells other units' },
  'reassessments.ts findKnownMeasures': {
    open: 'a new notification must find the duty to re-assess whoever sends it; the sender is shown nothing of it',
  },
  'reassessments.ts findMeasuresOfChild': {
    by: 'unit',
    call: (tx, scope, s) => reassessments.findMeasuresOfChild(tx, scope, s.disputedId),
  },
  'reassessments.ts hasReassessment': {
    by: 'unit',
    before: async (tx, s) => {
      const bytes = Buffer.alloc(32);
      await tx.$executeRaw`insert into case_event (referral_id, seq, kind, occurred_at, registered_at, data, digest,
        previous, hash) values (${s.referral.id}::uuid, 99, 'reassessed', ${s.referral.receivedAt},
        ${s.referral.receivedAt}, '{}', ${bytes}, ${bytes}, ${bytes})`;
    },
    call: (tx, scope, s) => reassessments.hasReassessment(tx, scope, s.referral.id),
  },
  'reassessments.ts findTouches': {
    by: 'unit',
    call: (tx, scope, s) => reassessments.findTouches(tx, scope, s.referral.id),
  },
};
