import * as requests from '#store/requests.ts';
import type { Closed, Open } from './store-call.ts';

/** The functions of what notifiers are told and asked beyond the feedback itself. */
export const STORE_OF_TELLING: Readonly<Record<string, Closed | Open>> = {
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
