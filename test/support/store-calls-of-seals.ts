import type { Tx } from '#store/db.ts';
import { insertRead } from '#store/read-log.ts';
import * as keys from '#store/sealed-keys.ts';
import * as seals from '#store/seals.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const seal = ({ someBytes }: Stored) => ({ seq: 1, previous: someBytes, hash: someBytes });
const sealed = async (tx: Tx, s: Stored): Promise<void> => {
  await seals.lockLastSeal(tx, s.scopes.system);
  await seals.insertSeal(tx, s.scopes.system, seal(s), s.someBytes, s.now);
};
const readSomething = (tx: Tx, { scopes, referral, someBytes, now }: Stored) => {
  const who = { personId: 'somebody', unitId: 'bbu-norrebro', role: 'caseworker' };
  const what = { purpose: 'case', referralIds: [referral.id], childIds: [] };
  const id = '01a00000-0000-7000-8000-0000000000ad';
  return insertRead(tx, scopes.system, { id, ...who, ...what, mac: someBytes }, now);
};
const anchor = ({ someBytes, now }: Stored) => {
  const over = { sealSeq: 1, events: 1, reads: 0 };
  return { seq: 1, at: now, ...over, previous: someBytes, hash: someBytes };
};

/** Seals are over everybody's reads and every case, master keys over every record: the system's own. */
export const STORE_OF_SEALS: Readonly<Record<string, Closed | Open>> = {
  'seals.ts lockLastSeal': { by: 'system', before: sealed, call: (tx, scope) => seals.lockLastSeal(tx, scope) },
  'seals.ts findUnsealedReads': {
    by: 'system',
    before: readSomething,
    call: (tx, scope, { now }) => seals.findUnsealedReads(tx, scope, now, 9),
  },
  'seals.ts coverBySeal': {
    by: 'system',
    call: async (tx, scope, { now }) => (await seals.coverBySeal(tx, scope, 1, [], null, now)).heads,
  },
  'seals.ts insertSeal': {
    by: 'system',
    before: async (tx, s) => {
      await seals.lockLastSeal(tx, s.scopes.system);
    },
    call: (tx, scope, s) => seals.insertSeal(tx, scope, seal(s), s.someBytes, s.now),
  },
  'seals.ts findSeals': { by: 'system', before: sealed, call: (tx, scope) => seals.findSeals(tx, scope, 0, 9) },
  'seals.ts findLooseEnds': {
    by: 'system',
    before: sealed,
    call: async (tx, scope) => (await seals.findLooseEnds(tx, scope))?.seals,
  },
  'seals.ts findAnchors': {
    by: 'system',
    before: (tx, s) => seals.insertAnchor(tx, s.scopes.system, anchor(s)),
    call: (tx, scope) => seals.findAnchors(tx, scope),
  },
  'seals.ts countSealed': {
    by: 'system',
    before: async (tx, s) => {
      await seals.coverBySeal(tx, s.scopes.system, 1, [], null, s.now);
    },
    call: async (tx, scope) => (await seals.countSealed(tx, scope)).events,
  },
  'sealed-keys.ts lockOldKeys': { by: 'system', call: (tx, scope) => keys.lockOldKeys(tx, scope, 2, 9) },
  'sealed-keys.ts updateSealedKeys': {
    by: 'system',
    call: async (tx, scope, s) => {
      const old = await keys.lockOldKeys(tx, s.scopes.system, 2, 1);
      return keys.updateSealedKeys(
        tx,
        scope,
        old.map((key) => ({ ...key, keyVersion: 2 })),
      );
    },
  },
  'sealed-keys.ts countSealedKeys': { by: 'system', call: (tx, scope) => keys.countSealedKeys(tx, scope) },
  'seals.ts insertAnchor': { by: 'system', call: (tx, scope, s) => seals.insertAnchor(tx, scope, anchor(s)) },
};
