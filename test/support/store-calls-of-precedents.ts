import type { PrecedentForm } from '#domain/precedent.ts';
import type { Tx } from '#store/db.ts';
import * as matrix from '#store/matrix.ts';
import * as past from '#store/past-routings.ts';
import * as precedents from '#store/precedents.ts';
import { trainingOrganisation } from './organisation.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const PRECEDENT = '01a00000-0000-7000-8000-00000000000e';

const form: PrecedentForm = {
  need: null,
  needText: 'Hjælp i hjemmet',
  ages: null,
  units: ['bbu-norrebro', 'bbu-valby'],
  outcome: 'bbu-norrebro',
  basis: '§ 32',
  reason: 'Kort',
};
const written = ({ disputeId, now }: Stored) => ({ id: PRECEDENT, disputeId, form, by: 'x', at: now });
const write = (tx: Tx, s: Stored) => precedents.insertPrecedent(tx, s.scopes.system, written(s));
/** As if it had been settled. */
const end = (tx: Tx, { disputeId, now }: Stored) =>
  tx.dispute.update({
    where: { id: disputeId },
    data: { state: 'settled', endedAt: new Date(now.epochMilliseconds) },
  });

const TOLD_TO_ALL = 'holds nothing of anybody: whoever may read one may read all';

/** Earlier decisions and the responsibility matrix: kept by BUF-SOF coordinators. */
export const STORE_OF_PRECEDENTS: Readonly<Record<string, Closed | Open>> = {
  'precedents.ts findPrecedents': { open: TOLD_TO_ALL },
  'precedents.ts findPrecedent': { open: TOLD_TO_ALL },
  'precedents.ts findPrecedentOf': { open: TOLD_TO_ALL },
  'precedents.ts insertPrecedent': {
    by: 'coordinator',
    call: (tx, scope, s) => precedents.insertPrecedent(tx, scope, written(s)),
  },
  'precedents.ts rewritePrecedent': {
    by: 'coordinator',
    before: write,
    call: (tx, scope, s) => precedents.rewritePrecedent(tx, scope, { ...written(s), expectedVersion: 0 }),
  },
  'precedents.ts nameNeed': {
    by: 'coordinator',
    before: write,
    call: (tx, scope) => precedents.nameNeed(tx, scope, PRECEDENT, 'hjaelp'),
  },
  'precedents.ts findUnwritten': {
    by: 'coordinator',
    before: end,
    call: (tx, scope, { now }) => precedents.findUnwritten(tx, scope, now.subtract({ hours: 1 }), 5),
  },
  'precedents.ts findCaseOfDispute': {
    by: 'coordinator',
    before: end,
    call: (tx, scope, { disputeId }) => precedents.findCaseOfDispute(tx, scope, disputeId),
  },
  'matrix.ts replaceMatrix': {
    by: 'coordinator',
    call: (tx, scope) => matrix.replaceMatrix(tx, scope, trainingOrganisation().matrix.slice(1)),
  },
  'past-routings.ts findPastRoutings': {
    by: 'coordinator',
    call: (tx, scope, { referral, now }) =>
      past.findPastRoutings(tx, scope, {
        since: now.subtract({ hours: 24 * 500 }),
        need: 'school-place',
        referralIds: [referral.id],
        limit: 5,
      }),
  },
  'past-routings.ts countReferralsSince': {
    by: 'coordinator',
    call: (tx, scope, { now }) => past.countReferralsSince(tx, scope, now.subtract({ hours: 24 * 500 })),
  },
  'past-routings.ts findReferralsOfPrecedents': {
    by: 'coordinator',
    before: write,
    call: (tx, scope) => past.findReferralsOfPrecedents(tx, scope, { need: 'x', precedentId: PRECEDENT }),
  },
};
