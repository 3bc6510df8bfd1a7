import type { Tx } from '#store/db.ts';
import { deleteOldSessions } from '#store/purge.ts';
import * as sessions from '#store/sessions.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-00000000005e';
const WHO = 'somebody';

const logged = (tx: Tx, { scopes, someBytes, now }: Stored) =>
  sessions.insertSession(
    tx,
    scopes.system,
    { id, tokenHash: someBytes, personId: WHO, claimed: { unit: null, roles: null }, expiresAt: now.add({ hours: 1 }) },
    now,
  );

/** Sessions: a secret opens its own, a person reaches their own, administrators everybody's. */
export const STORE_OF_SESSIONS: Readonly<Record<string, Closed | Open>> = {
  'sessions.ts insertSession': { open: 'called before it is known who somebody is, by who proved it' },
  'sessions.ts findSession': { open: 'the hash of a secret is scope enough' },
  'sessions.ts deleteSession': { open: 'as findSession' },
  'sessions.ts noteSeen': { open: 'called for the session whose secret came with the request' },
  'sessions.ts offerSecret': { open: 'as noteSeen' },
  'sessions.ts takeSecret': { open: 'as findSession' },
  'sessions.ts findSessionsOf': {
    by: 'administrator',
    before: logged,
    call: (tx, scope, s) => sessions.findSessionsOf(tx, scope, WHO, s.now),
  },
  'sessions.ts deleteSessionsOf': {
    by: 'administrator',
    before: logged,
    call: (tx, scope) => sessions.deleteSessionsOf(tx, scope, WHO, { id }),
  },
  'purge.ts deleteOldSessions': {
    by: 'system',
    before: logged,
    call: (tx, scope, s) => deleteOldSessions(tx, scope, s.now.add({ hours: 2 })),
  },
  'live.ts publishEnded': { open: 'tells pages to close that are closed already' },
};
