import { defaultRegulations } from '#domain/regulations.ts';
import type { Tx } from '#store/db.ts';
import * as destruction from '#store/destruction.ts';
import * as openClocks from '#store/open-clocks.ts';
import * as rota from '#store/rota.ts';
import * as setup from '#store/setup.ts';
import { trainingOrganisation } from './organisation.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const CHANGE = '01a00000-0000-7000-8000-00000000000c';
const SHIFT = '01a00000-0000-7000-8000-00000000000d';

const change = ({ now }: Stored) => ({
  id: CHANGE,
  kind: 'regulations',
  payload: {},
  note: 'x',
  proposedBy: 'anna',
  proposedAt: now,
});
const shift = ({ now }: Stored) => ({
  id: SHIFT,
  unit: 'dognvagten',
  person: 'duty-officer-dognvagten',
  from: now.subtract({ hours: 1 }),
  until: now.add({ hours: 8 }),
  phone: null,
});
const event = ({ now }: Stored) => ({
  id: CHANGE,
  at: now,
  personId: 'anna',
  kind: 'proposed',
  changeId: null,
  data: {},
});

/** Only when nothing about it waits for anybody any more. */
const overAndDone = async (
  tx: Tx,
  { unbornReferral: { id: referralId, notificationId }, now }: Stored,
): Promise<void> => {
  const at = new Date(now.epochMilliseconds);
  const ended = { state: 'lapsed', nextAlarmAt: null, endedAt: at, endedBySeq: 1 };
  await tx.deadline.updateMany({ where: { referralId }, data: ended });
  await tx.receipt.updateMany({ where: { notificationId: notificationId ?? '' }, data: { state: 'undeliverable' } });
  const mails = { OR: [{ referralId }, { notificationId }] };
  await tx.outboundMessage.updateMany({ where: mails, data: { state: 'sent', leasedUntil: null } });
  await tx.referral.update({ where: { id: referralId }, data: { status: 'closed', closedAt: at, closeReason: 'x' } });
};

/** The setup: the system and administrators reach all of it, nobody else any of it. */
export const STORE_OF_SETUP: Readonly<Record<string, Closed | Open>> = {
  'destruction.ts findDestroyable': {
    by: 'administrator',
    before: (tx, s) => overAndDone(tx, s),
    call: (tx, scope, { now }) =>
      destruction.findDestroyable(tx, scope, { before: now.add({ hours: 1 }), most: 100, lock: false }),
  },
  'destruction.ts countWith': {
    by: 'administrator',
    call: (tx, scope, { referral }) => destruction.countWith(tx, scope, [referral.id]),
  },
  'destruction.ts destroyRecords': {
    by: 'administrator',
    call: (tx, scope, { referral, now }) => destruction.destroyRecords(tx, scope, [referral], now),
  },
  'destruction.ts readOpenRows': {
    by: 'administrator',
    call: (tx, scope, { referral }) => destruction.readOpenRows(tx, scope, referral.id),
  },
  'destruction.ts findTold': {
    by: 'administrator',
    call: (tx, scope, { disputedId }) => destruction.findTold(tx, scope, disputedId),
  },
  'setup.ts findRegulations': { open: 'law and calendar of the municipality are no secret' },
  'setup.ts findRegulationVersions': {
    by: 'administrator',
    call: (tx, scope) => setup.findRegulationVersions(tx, scope),
  },
  'setup.ts insertRegulations': {
    by: 'administrator',
    call: (tx, scope, { now }) =>
      setup.insertRegulations(tx, scope, {
        version: 99,
        document: defaultRegulations(trainingOrganisation()),
        fromOn: null,
        changeId: null,
        at: now,
      }),
  },
  'setup.ts raiseOrganisationVersion': {
    by: 'administrator',
    call: (tx, scope) => setup.raiseOrganisationVersion(tx, scope),
  },
  'setup.ts demandSetup': { open: 'reads and changes nothing, and refuses whoever does not keep the setup' },
  'setup.ts lockSetup': { open: 'changes nothing, and refuses whoever does not keep the setup' },
  'setup.ts insertSetupEvent': {
    by: 'administrator',
    call: (tx, scope, s) => setup.insertSetupEvent(tx, scope, event(s)),
  },
  'setup.ts findSetupEvents': { by: 'administrator', call: (tx, scope) => setup.findSetupEvents(tx, scope, 10) },
  'setup.ts insertChange': {
    by: 'administrator',
    call: (tx, scope, s) => setup.insertChange(tx, scope, change(s)),
  },
  'setup.ts findChanges': {
    by: 'administrator',
    before: (tx, s) => setup.insertChange(tx, s.scopes.system, change(s)),
    call: (tx, scope) => setup.findChanges(tx, scope, 10),
  },
  'setup.ts findChange': {
    by: 'administrator',
    before: (tx, s) => setup.insertChange(tx, s.scopes.system, change(s)),
    call: (tx, scope) => setup.findChange(tx, scope, CHANGE),
  },
  'setup.ts decideChange': {
    by: 'administrator',
    before: (tx, s) => setup.insertChange(tx, s.scopes.system, change(s)),
    call: (tx, scope, { now }) =>
      setup.decideChange(tx, scope, {
        id: CHANGE,
        expectedVersion: 0,
        state: 'confirmed',
        by: 'bo',
        at: now,
        decision: null,
      }),
  },
  'open-clocks.ts findOpenClocks': {
    by: 'administrator',
    call: (tx, scope) => openClocks.findOpenClocks(tx, scope, true),
  },
  'open-clocks.ts moveClocks': {
    by: 'administrator',
    call: (tx, scope, { clock, referral, now }) =>
      openClocks.moveClocks(tx, scope, {
        rows: [{ ...clock, dueAt: now }],
        referrals: [{ id: referral.id, eventCount: referral.eventCount, headHash: referral.headHash }],
        notDuties: [],
        at: now,
      }),
  },
  'rota.ts toShift': { open: 'a conversion; it holds no query' },
  'rota.ts replaceRota': {
    by: 'system',
    call: (tx, scope, s) => rota.replaceRota(tx, scope, [shift(s)], s.now),
  },
  'rota.ts insertShift': {
    by: 'administrator',
    call: (tx, scope, s) => rota.insertShift(tx, scope, shift(s), 'anna'),
  },
  'rota.ts endShift': {
    by: 'administrator',
    before: (tx, s) => rota.insertShift(tx, s.scopes.system, shift(s), 'anna'),
    call: (tx, scope, { now }) => rota.endShift(tx, scope, SHIFT, now),
  },
  'rota.ts findShifts': {
    by: 'administrator',
    before: (tx, s) => rota.insertShift(tx, s.scopes.system, shift(s), 'anna'),
    call: (tx, scope, { now }) => rota.findShifts(tx, scope, now),
  },
};
