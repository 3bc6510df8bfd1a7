import * as codes from '#store/door-codes.ts';
import * as counts from '#store/door-counts.ts';
import * as links from '#store/notifier-links.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

/** While the code and the link of the world live. */
const now = (s: Stored) => s.doorAt;

/** The functions of the door without a login. */
export const STORE_OF_THE_DOOR: Readonly<Record<string, Closed | Open>> = {
  'door-codes.ts insertDoorCode': {
    by: 'door',
    call: (tx, scope, s) =>
      codes.insertDoorCode(tx, scope, {
        id: s.disputeId,
        codeHash: s.someBytes,
        addressIndex: s.someBytes,
        sealed: null,
        linkId: null,
        createdAt: now(s),
        expiresAt: now(s).add({ minutes: 10 }),
      }),
  },
  'door-codes.ts tryDoorCode': {
    by: 'door',
    call: (tx, scope, s) => codes.tryDoorCode(tx, scope, s.codeId, 5, now(s)),
  },
  'door-codes.ts claimDoorCode': {
    by: 'door',
    call: (tx, scope, s) => codes.claimDoorCode(tx, scope, s.codeId, now(s)),
  },
  'door-codes.ts findLivingCode': {
    by: 'system',
    call: (tx, scope, s) => codes.findLivingCode(tx, scope, s.codeId, now(s)),
  },
  'door-codes.ts deleteOldCodes': { by: 'system', call: (tx, scope, s) => codes.deleteOldCodes(tx, scope, s.now) },
  'door-counts.ts countAtDoor': {
    by: 'door',
    call: (tx, scope, s) => counts.countAtDoor(tx, scope, s.someBytes, now(s), s.now),
  },
  'door-counts.ts deleteOldCounts': { by: 'system', call: (tx, scope, s) => counts.deleteOldCounts(tx, scope, s.now) },
  'notifier-links.ts insertLink': {
    by: 'system',
    call: (tx, scope, s) =>
      links.insertLink(tx, scope, {
        id: s.disputeId,
        tokenHash: s.someBytes,
        notificationId: s.notificationId,
        createdAt: now(s),
        expiresAt: s.now,
      }),
  },
  'notifier-links.ts findLink': { by: 'door', call: (tx, scope, s) => links.findLink(tx, scope, s.linkHash, now(s)) },
  'notifier-links.ts claimLink': { by: 'door', call: (tx, scope, s) => links.claimLink(tx, scope, s.linkId, now(s)) },
  'notifier-links.ts deleteOldLinks': { by: 'system', call: (tx, scope, s) => links.deleteOldLinks(tx, scope, s.now) },
};
