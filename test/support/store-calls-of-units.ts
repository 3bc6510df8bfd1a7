import type { UnitChange } from '#domain/unit-change.ts';
import { endClocksOf } from '#store/deadlines.ts';
import { findOpenSides } from '#store/matters.ts';
import { writeOrganisation } from '#store/organisation-plan.ts';
import { countPersonWork, findCasesInHand, findDisputesToSettle } from '#store/person-work.ts';
import { lockReferrals } from '#store/referrals.ts';
import { findHeldBy } from '#store/unattended.ts';
import * as changes from '#store/unit-changes.ts';
import * as work from '#store/unit-work.ts';
import { trainingOrganisation } from './organisation.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const ID = '01a00000-0000-7000-8000-00000000000e';
const UNITS = ['bbu-norrebro'];
const CONVERSION = { open: 'a conversion; it holds no query' };
const change: UnitChange = { what: 'close', on: '2026-12-01', unit: 'bbu-norrebro', into: 'bbu-valby' };
const row = ({ now }: Stored) => ({ id: ID, change, dueAt: now });

/** Changes of units: what administrators may count, and what the system alone moves. */
export const STORE_OF_UNITS: Readonly<Record<string, Closed | Open>> = {
  'organisation-rows.ts dateOf': CONVERSION,
  'organisation-rows.ts datesOf': CONVERSION,
  'organisation-rows.ts unitColumns': CONVERSION,
  'organisation-rows.ts periodRows': CONVERSION,
  'organisation-rows.ts rangeRows': CONVERSION,
  'organisation-plan.ts writeOrganisation': {
    by: 'system',
    call: (tx, scope) => {
      const before = trainingOrganisation();
      const unit = before.units.get('bbu-valby');
      const units = unit ? new Map([...before.units, [unit.id, { ...unit, phone: '0' }]]) : before.units;
      return writeOrganisation(tx, scope, before, { ...before, units });
    },
  },
  'unit-changes.ts insertUnitChange': {
    by: 'administrator',
    call: (tx, scope, s) => changes.insertUnitChange(tx, scope, row(s)),
  },
  'unit-changes.ts findUnitChange': {
    by: 'administrator',
    before: (tx, s) => changes.insertUnitChange(tx, s.scopes.system, row(s)),
    call: (tx, scope) => changes.findUnitChange(tx, scope, ID),
  },
  'unit-changes.ts findOpenUnitChanges': {
    by: 'administrator',
    before: (tx, s) => changes.insertUnitChange(tx, s.scopes.system, row(s)),
    call: (tx, scope) => changes.findOpenUnitChanges(tx, scope),
  },
  'unit-changes.ts claimUnitChanges': {
    by: 'system',
    before: (tx, s) => changes.insertUnitChange(tx, s.scopes.system, row(s)),
    call: async (tx, scope, { now }) => {
      const { ids } = await changes.claimUnitChanges(tx, scope, now, now.add({ minutes: 1 }));
      return ids;
    },
  },
  'unit-changes.ts writeProgress': {
    by: 'system',
    before: (tx, s) => changes.insertUnitChange(tx, s.scopes.system, row(s)),
    call: (tx, scope, { now }) =>
      changes.writeProgress(tx, scope, { id: ID, was: 'planned', is: 'done', nextAt: null, moved: {}, at: now }),
  },
  'unit-work.ts findConcerned': {
    by: 'administrator',
    call: (tx, scope) => work.findConcerned(tx, scope, { units: UNITS, after: null, limit: 10 }),
  },
  'unit-work.ts findAddressSources': {
    by: 'administrator',
    call: (tx, scope, s) => work.findAddressSources(tx, scope, [s.referral.id]),
  },
  'unit-work.ts countUnitWork': {
    by: 'administrator',
    call: (tx, scope, { now }) => work.countUnitWork(tx, scope, UNITS, now),
  },
  'unit-work.ts findUnitMatters': {
    by: 'administrator',
    call: (tx, scope) => work.findUnitMatters(tx, scope, UNITS, 10),
  },
  'unit-work.ts moveLooseEnds': {
    by: 'system',
    call: (tx, scope) => work.moveLooseEnds(tx, scope, { 'bbu-norrebro': 'bbu-valby' }, []),
  },
  'unit-work.ts writeFollowed': {
    by: 'system',
    call: (tx, scope, { referral, now }) => {
      const { deadlines: _deadlines, ...stored } = referral;
      const owned = {
        id: ID,
        referralId: referral.id,
        unitId: 'bbu-valby',
        reason: 'merged',
        countsAsMove: false,
        startedAt: now,
      };
      const rows = { referrals: [stored], ownerships: [owned], handovers: [], disputes: [] };
      return work.writeFollowed(tx, scope, rows);
    },
  },
  'person-work.ts findCasesInHand': {
    by: 'administrator',
    before: (tx, s) => tx.$executeRaw`update referral set handler_id = 'x' where id = ${s.referral.id}::uuid`,
    call: (tx, scope) => findCasesInHand(tx, scope, 'x', 10),
  },
  'person-work.ts countPersonWork': {
    by: 'administrator',
    call: (tx, scope, s) => countPersonWork(tx, scope, 'x', s.now),
  },
  'person-work.ts findDisputesToSettle': {
    by: 'administrator',
    call: (tx, scope) => findDisputesToSettle(tx, scope, 10),
  },
  'unattended.ts findHeldBy': {
    by: 'unit',
    call: (tx, scope) => findHeldBy(tx, scope, ['caseworker-bbu-norrebro'], 10),
  },
  'referrals.ts lockReferrals': { by: 'system', call: (tx, scope, s) => lockReferrals(tx, scope, [s.referral.id]) },
  'matters.ts findOpenSides': {
    by: 'administrator',
    call: async (tx, scope, s) => [...(await findOpenSides(tx, scope, [s.disputedId])).keys()],
  },
  'deadlines.ts endClocksOf': {
    by: 'unit',
    call: (tx, scope, s) => {
      const ends = [{ kind: 'acknowledge', as: 'lapsed' as const }];
      return endClocksOf(tx, scope, [{ referralId: s.referral.id, ends, seq: 4, at: s.now }]);
    },
  },
};
