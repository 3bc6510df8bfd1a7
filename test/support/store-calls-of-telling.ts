import * as parents from '#store/parents.ts';
import * as requests from '#store/requests.ts';
import type { Closed, Open } from './store-call.ts';

/** The functions of what notifiers are told and asked beyond the feedback itself. */
export const STORE_OF_TELLING: Readonly<Record<string, Closed | Open>> = {
  'parents.ts findParentsHold': {
    by: 'unit',
    before: (tx, s) => tx.$executeRaw`
      insert into case_event (referral_id, seq, kind, occurred_at, registered_at, data, digest, previous, hash)
      select referral_id, 9999, 'parents-held', occurred_at, registered_at, data, digest, previous, hash
      from case_event where referral_id = ${s.referral.id}::uuid order by seq desc limit 1`,
    call: (tx, scope, s) => parents.findParentsHold(tx, scope, s.referral.id),
  },
  'requests.ts findRequests': { by: 'unit', call: (tx, scope, s) => requests.findRequests(tx, scope, s.disputedId) },
  'requests.ts getRequestToAnswer': {
    by: 'sender',
    call: (tx, scope, s) => requests.getRequestToAnswer(tx, scope, s.requestId),
  },
  'requests.ts findOpenRequests': {
    by: 'sender',
    call: (tx, scope, s) => requests.findOpenRequests(tx, scope, [s.answeredId]),
  },
  'requests.ts writeRequest': { open: 'compare-and-set in the transaction that locked the referral through the scope' },
};
