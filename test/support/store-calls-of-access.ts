import * as access from '#store/access-requests.ts';
import type { Tx } from '#store/db.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-0000000000ac';

const asked = async (tx: Tx, s: Stored) => {
  const at = new Date('2026-11-03T09:00:00Z');
  const row = {
    id,
    referralId: s.referral.id,
    state: 'open',
    openedBy: 'somebody',
    review: new Uint8Array(s.someBytes),
  };
  await tx.accessRequest.create({ data: { ...row, receivedAt: at, openedAt: at } });
};

/** The functions of requests for access. */
export const STORE_OF_ACCESS: Readonly<Record<string, Closed | Open>> = {
  'access-requests.ts findAccessRequests': {
    by: 'unit',
    before: asked,
    call: (tx, scope, s) => access.findAccessRequests(tx, scope, s.referral.id),
  },
  'access-requests.ts insertAccessRequest': {
    by: 'unit',
    call: (tx, scope, s) =>
      access.insertAccessRequest(
        tx,
        scope,
        { id, referralId: s.referral.id, receivedAt: s.now, openedBy: 'somebody', review: s.someBytes },
        s.now,
      ),
  },
  'access-requests.ts updateAccessReview': {
    by: 'unit',
    before: asked,
    call: (tx, scope) => access.updateAccessReview(tx, scope, { id, review: new Uint8Array([7]) }),
  },
  'access-requests.ts closeAccessRequest': {
    by: 'unit',
    before: asked,
    call: (tx, scope, s) => access.closeAccessRequest(tx, scope, { id, document: s.someBytes, by: 'somebody' }, s.now),
  },
  'access-requests.ts findCasesOfChild': {
    by: 'unit',
    call: (tx, scope, s) => access.findCasesOfChild(tx, scope, s.referral.id),
  },
};
