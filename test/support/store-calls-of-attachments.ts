import * as attachments from '#store/attachments.ts';
import type { Tx } from '#store/db.ts';
import { touchDraft } from '#store/drafts.ts';
import * as files from '#store/held-files.ts';
import { insertSealedKey } from '#store/sealed-keys.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const id = '01a00000-0000-7000-8000-0000000000a7';
const part = { attachmentId: id, seq: 1 };

/** A file of the referral with its first part, by the unit's own person. */
const file = (state: string) => async (tx: Tx, s: Stored) => {
  const authorId = s.scopes.unit.personId ?? '';
  const sealed = new Uint8Array(s.someBytes);
  const parts = { create: { seq: 0, sealed } };
  const addedAt = new Date('2026-11-03T09:00:00Z');
  const held = state === 'held' ? { scanAgainAt: addedAt, scanAttempts: 1, scanSaid: 'away' } : {};
  const row = { ...held, id, referralId: s.referral.id, authorId, addedAt, state, type: 'pdf', bytes: 9, sealed };
  await tx.attachment.create({ data: { ...row, parts } });
  await insertSealedKey(tx, s.scopes.system, {
    recordId: id,
    recordKind: 'attachment',
    keyVersion: 1,
    wrapped: sealed,
  });
};
const [arriving, cleared, held] = [file('arriving'), file('cleared'), file('held')];

const ofDraft = async (tx: Tx, s: Stored) => {
  await cleared(tx, s);
  await tx.attachment.update({ where: { id }, data: { referralId: null, draftId: s.draftId } });
};

/** The functions of the files of a case and of a draft. */
export const STORE_OF_ATTACHMENTS: Readonly<Record<string, Closed | Open>> = {
  'attachments.ts insertArrival': {
    by: 'unit',
    call: (tx, scope, s) =>
      attachments.insertArrival(
        tx,
        scope,
        { id, holder: { of: 'referral', id: s.referral.id }, authorId: 'somebody' },
        s.now,
      ),
  },
  'attachments.ts insertPart': {
    by: 'unit',
    before: arriving,
    call: (tx, scope, s) => attachments.insertPart(tx, scope, { ...part, sealed: s.someBytes }),
  },
  'attachments.ts finishArrival': {
    by: 'unit',
    before: arriving,
    call: (tx, scope, s) =>
      attachments.finishArrival(tx, scope, { id, type: 'pdf', bytes: 9, sealed: s.someBytes, scanAt: s.now }, s.now),
  },
  'attachments.ts deleteArrival': {
    by: 'unit',
    before: arriving,
    call: (tx, scope) => attachments.deleteArrival(tx, scope, id),
  },
  'attachments.ts deleteOldArrivals': {
    by: 'system',
    before: arriving,
    call: (tx, scope, s) => attachments.deleteOldArrivals(tx, scope, s.now),
  },
  'attachments.ts findAttachments': {
    by: 'unit',
    before: cleared,
    call: (tx, scope, s) => attachments.findAttachments(tx, scope, { of: 'referral', id: s.referral.id }),
  },
  'attachments.ts sumAttachments': {
    by: 'unit',
    before: cleared,
    call: async (tx, scope, s) =>
      (await attachments.sumAttachments(tx, scope, { of: 'referral', id: s.referral.id })).files,
  },
  'attachments.ts moveDraftFiles': { open: 'by the draft that the transaction has used up through the scope' },
  'attachments.ts deleteDraftFile': {
    by: 'sender',
    before: ofDraft,
    call: async (tx, scope, s) => attachments.deleteDraftFile(tx, scope, { id, draftId: s.draftId }),
  },
  'drafts.ts touchDraft': {
    by: 'sender',
    call: (tx, scope, s) => touchDraft(tx, scope, s.draftId, s.now.add({ hours: 1 })),
  },
  'attachments.ts getAttachment': {
    by: 'unit',
    before: cleared,
    call: (tx, scope) => attachments.getAttachment(tx, scope, id),
  },
  'attachments.ts findPart': {
    by: 'unit',
    before: cleared,
    call: (tx, scope) => attachments.findPart(tx, scope, id, 0),
  },
  'held-files.ts findHeld': { by: 'system', before: held, call: (tx, scope) => files.findHeld(tx, scope, id) },
  'held-files.ts clearHeld': { by: 'system', before: held, call: (tx, scope) => files.clearHeld(tx, scope, id) },
  'held-files.ts refuseHeld': {
    by: 'system',
    before: held,
    call: (tx, scope, s) => files.refuseHeld(tx, scope, { id, sealed: s.someBytes }),
  },
  'held-files.ts holdOn': {
    by: 'system',
    before: held,
    call: (tx, scope, s) => files.holdOn(tx, scope, { id, said: 'away', againAt: s.now }),
  },
  'held-files.ts claimHeld': {
    by: 'system',
    before: held,
    call: (tx, scope, s) => files.claimHeld(tx, scope, { now: s.now, againAt: s.now.add({ hours: 1 }), limit: 9 }),
  },
  'held-files.ts findHeldReasons': {
    by: 'system',
    before: held,
    call: (tx, scope, s) => files.findHeldReasons(tx, scope, s.now),
  },
  'held-files.ts countHeld': {
    by: 'system',
    before: held,
    call: async (tx, scope) => (await files.countHeld(tx, scope)).held,
  },
};
