import type { Tx } from '#store/db.ts';
import * as keys from '#store/machine-keys.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-0000000000f1';
const other = '01a00000-0000-7000-8000-0000000000f2';

const row = ({ someBytes, now }: Stored) => ({
  id,
  lineId: id,
  name: 'Kort',
  unitId: 'bbu-norrebro',
  scopes: ['figures'] as const,
  secretHash: someBytes,
  createdBy: 'anna',
  createdAt: now,
  expiresAt: now.add({ hours: 24 }),
});
const made = (tx: Tx, s: Stored) => keys.insertMachineKey(tx, s.scopes.system, row(s));

/** Keys of programs: administrators reach all of them, nobody else any. */
export const STORE_OF_MACHINES: Readonly<Record<string, Closed | Open>> = {
  'machine-keys.ts insertMachineKey': {
    by: 'administrator',
    call: (tx, scope, s) => keys.insertMachineKey(tx, scope, row(s)),
  },
  'machine-keys.ts findLivingKey': { open: 'the hash of a secret is scope enough' },
  'machine-keys.ts findLine': { open: 'called for the line of the key whose secret came with the request' },
  'machine-keys.ts noteKeyUsed': { open: 'called for the key whose secret came with the request' },
  'machine-keys.ts findMachineKeys': {
    by: 'administrator',
    before: made,
    call: (tx, scope) => keys.findMachineKeys(tx, scope),
  },
  'machine-keys.ts claimFollowed': {
    by: 'administrator',
    before: made,
    call: (tx, scope, { now }) =>
      keys.claimFollowed(tx, scope, { id, followedBy: other, until: now.add({ hours: 1 }), now }),
  },
  'machine-keys.ts claimEnded': {
    by: 'administrator',
    before: made,
    call: (tx, scope, { now }) => keys.claimEnded(tx, scope, id, 'anna', now),
  },
};
