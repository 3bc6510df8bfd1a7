import { localDay } from '#domain/time.ts';
import * as caseEvents from '#store/case-events.ts';
import * as casePage from '#store/case-page.ts';
import * as children from '#store/children.ts';
import * as drafts from '#store/drafts.ts';
import { releaseLeases } from '#store/leases.ts';
import * as notifications from '#store/notifications.ts';
import { replaceOrganisation } from '#store/organisation-import.ts';
import * as outbound from '#store/outbound-messages.ts';
import * as outbox from '#store/outbox.ts';
import { deleteOldKeys } from '#store/purge.ts';
import { findLookups, insertRead } from '#store/read-log.ts';
import * as receipts from '#store/receipts.ts';
import * as referrals from '#store/referrals.ts';
import * as submissions from '#store/submissions.ts';
import * as worklist from '#store/worklist.ts';
import { trainingOrganisation } from './organisation.ts';
import type { Closed, Open } from './store-call.ts';
import { STORE_OF_ACCESS } from './store-calls-of-access.ts';
import { STORE_OF_ATTACHMENTS } from './store-calls-of-attachments.ts';
import { STORE_OF_AUDITS } from './store-calls-of-audits.ts';
import { STORE_OF_CHILDREN } from './store-calls-of-children.ts';
import { STORE_OF_CLOCKS } from './store-calls-of-clocks.ts';
import { STORE_OF_DELIVERY } from './store-calls-of-delivery.ts';
import { STORE_OF_FIGURES } from './store-calls-of-figures.ts';
import { STORE_OF_MACHINES } from './store-calls-of-machines.ts';
import { STORE_OF_MATTERS } from './store-calls-of-matters.ts';
import { STORE_OF_PRECEDENTS } from './store-calls-of-precedents.ts';
import { STORE_OF_READING } from './store-calls-of-reading.ts';
import { STORE_OF_SEALS } from './store-calls-of-seals.ts';
import { STORE_OF_SESSIONS } from './store-calls-of-sessions.ts';
import { STORE_OF_SETUP } from './store-calls-of-setup.ts';
import { STORE_OF_TELLING } from './store-calls-of-telling.ts';
import { STORE_OF_THE_DOOR } from './store-calls-of-the-door.ts';
import { STORE_OF_UNITS } from './store-calls-of-units.ts';

const id = '01a00000-0000-7000-8000-000000000001';
const FIRST = '00000000-0000-0000-0000-000000000000';
const bytes = new Uint8Array(32);
const head = { eventCount: 9, headHash: bytes };
const sent = { state: 'sent', answer: '', reason: null, nextAttemptAt: null, maybeTwice: false } as const;

/** Every function of the store. */
export const STORE: Readonly<Record<string, Closed | Open>> = {
  ...STORE_OF_ACCESS,
  ...STORE_OF_ATTACHMENTS,
  ...STORE_OF_FIGURES,
  ...STORE_OF_MACHINES,
  ...STORE_OF_AUDITS,
  ...STORE_OF_READING,
  ...STORE_OF_MATTERS,
  ...STORE_OF_CHILDREN,
  ...STORE_OF_DELIVERY,
  ...STORE_OF_THE_DOOR,
  ...STORE_OF_CLOCKS,
  ...STORE_OF_TELLING,
  ...STORE_OF_SEALS,
  ...STORE_OF_UNITS,
  'case-events.ts findEvents': { by: 'unit', call: (tx, scope, s) => caseEvents.findEvents(tx, scope, s.referral.id) },
  'case-events.ts isNotifierSuspected': {
    by: 'unit',
    before: (tx, s) => tx.$executeRaw`
      insert into case_event (referral_id, seq, kind, occurred_at, registered_at, data, digest, previous, hash)
      select referral_id, 9999, 'notifier-suspected', occurred_at, registered_at, data, digest, previous, hash
      from case_event where referral_id = ${s.referral.id}::uuid order by seq desc limit 1`,
    call: (tx, scope, s) => caseEvents.isNotifierSuspected(tx, scope, s.referral.id),
  },
  'case-events.ts findDecisions': {
    by: 'unit',
    call: (tx, scope, s) => caseEvents.findDecisions(tx, scope, s.disputedId),
  },
  'case-events.ts findDecisionIds': {
    by: 'unit',
    call: (tx, scope, s) => caseEvents.findDecisionIds(tx, scope, s.disputedId),
  },
  'case-events.ts findChainHeads': {
    by: 'system',
    call: (tx, scope) => caseEvents.findChainHeads(tx, scope, FIRST, 10),
  },
  'case-events.ts findEventsOf': {
    by: 'system',
    call: (tx, scope, s) => caseEvents.findEventsOf(tx, scope, [s.referral.id]),
  },
  'case-events.ts countOrphanEvents': {
    by: 'system',
    // With the foreign keys switched off, as whoever wanted to hide a referral would have to.
    before: async (tx, s) => {
      await tx.$executeRaw`set local session_replication_role = replica`;
      await tx.$executeRaw`delete from referral where id = ${s.referral.id}::uuid`;
    },
    call: (tx, scope) => caseEvents.countOrphanEvents(tx, scope),
  },
  'case-page.ts findClocks': { by: 'unit', call: (tx, scope, s) => casePage.findClocks(tx, scope, s.referral.id) },
  'case-page.ts findOwnerships': {
    by: 'unit',
    call: (tx, scope, s) => casePage.findOwnerships(tx, scope, s.referral.id),
  },
  'case-page.ts searchReferrals': {
    by: 'unit',
    call: (tx, scope, s) =>
      casePage.searchReferrals(tx, scope, { caseNumber: s.referral.caseNumber, cprIndex: s.cprIndex }),
  },
  'children.ts findKnownChildren': {
    open: 'routing must reach the unit of an open case whoever notifies; what is found is never shown to the sender',
  },
  'children.ts findChild': { by: 'unit', call: (tx, scope, s) => children.findChild(tx, scope, s.referral.childId) },
  'children.ts findChildIdByIndex': {
    open: 'nobody may get two records; an id alone opens nothing, and only a CPR that one has already finds it',
  },
  'children.ts identifyChild': {
    by: 'unit',
    call: (tx, scope, s) =>
      children.identifyChild(tx, scope, {
        id: s.unbornReferral.childId,
        expectedVersion: 0,
        cprIndex: s.someBytes,
        sealed: bytes,
      }),
  },
  'children.ts pointReferralAtChild': {
    by: 'unit',
    call: (tx, scope, s) => {
      const to = { childId: s.referral.childId, protectedAddress: true };
      return children.pointReferralAtChild(tx, scope, s.unbornReferral.id, to);
    },
  },
  'children.ts upsertKnownCases': {
    by: 'system',
    call: (tx, scope, s) => {
      const facts = { unitId: 'bbu-bhv', caseworkerId: null, measure: null, since: null, disability: true };
      return children.upsertKnownCases(tx, scope, [{ cprIndex: s.cprIndex, seenAt: s.now, ...facts }], s.now);
    },
  },
  'children.ts findReferralChildren': {
    by: 'unit',
    call: (tx, scope, s) => children.findReferralChildren(tx, scope, [s.referral.id, s.unbornReferral.id]),
  },
  'drafts.ts findDrafts': { by: 'sender', call: (tx, scope) => drafts.findDrafts(tx, scope) },
  'drafts.ts findDraft': { by: 'sender', call: (tx, scope, s) => drafts.findDraft(tx, scope, s.draftId) },
  'drafts.ts lockDraft': { by: 'sender', call: (tx, scope, s) => drafts.lockDraft(tx, scope, s.draftId) },
  'drafts.ts deleteOldDrafts': {
    by: 'system',
    call: (tx, scope, s) => drafts.deleteOldDrafts(tx, scope, s.now.add({ hours: 1 })),
  },
  'drafts.ts insertDraft': {
    by: 'sender',
    call: (tx, scope, s) => {
      const authorId = s.scopes.sender.personId ?? '';
      return drafts.insertDraft(tx, scope, { id, authorId, unitId: 'skole-norrebro', sealed: bytes }, s.now);
    },
  },
  'drafts.ts updateDraft': {
    by: 'sender',
    call: (tx, scope, s) =>
      drafts.updateDraft(tx, scope, { id: s.draftId, expectedVersion: 0, sealed: bytes, notificationId: null }, s.now),
  },
  'idempotency.ts findAnswer': { open: 'the hash covers the person, so that nobody comes upon the key of another' },
  'idempotency.ts claimKey': { open: 'as findAnswer' },
  'idempotency.ts saveAnswer': { open: 'as findAnswer' },
  'leases.ts releaseLeases': { by: 'system', call: (tx, scope) => releaseLeases(tx, scope) },
  'live.ts publishChanges': { open: 'leaves no row to look at: test/jobs/live.test.ts listens instead' },
  'notifications.ts getNotification': {
    by: 'sender',
    call: (tx, scope, s) => notifications.getNotification(tx, scope, s.notificationId),
  },
  'notifications.ts findOwnNotifications': {
    by: 'sender',
    call: (tx, scope) => notifications.findOwnNotifications(tx, scope, null, 10),
  },
  'notifications.ts findToldFeedbacks': {
    by: 'sender',
    call: (tx, scope, s) => notifications.findToldFeedbacks(tx, scope, [s.answeredId]),
  },
  'notifications.ts findAdditions': {
    by: 'unit',
    call: (tx, scope, s) => notifications.findAdditions(tx, scope, s.notificationId),
  },
  'notifications.ts insertAddition': {
    by: 'unit',
    call: (tx, scope, { notificationId, now }) => {
      const addition = { id, notificationId, authorId: 'x', sealed: bytes, receivedAt: now };
      return notifications.insertAddition(tx, scope, addition, now);
    },
  },
  'notifications.ts findReferralsOf': {
    by: 'sender',
    call: (tx, scope, s) => notifications.findReferralsOf(tx, scope, s.notificationId),
  },
  'notifications.ts findBasis': {
    by: 'unit',
    call: async (tx, scope, s) => (await notifications.findBasis(tx, scope, s.referral.id)).basis,
  },
  'organisation-import.ts replaceOrganisation': {
    by: 'system',
    call: (tx, scope, s) => replaceOrganisation(tx, scope, trainingOrganisation(), localDay(s.now), s.now),
  },
  'organisation.ts findOrganisationVersion': { open: 'the organisation is no secret' },
  'organisation.ts findOrganisation': { open: 'as findOrganisationVersion' },
  'outbound-messages.ts findFreeMessage': {
    by: 'system',
    call: (tx, scope, s) => outbound.findFreeMessage(tx, scope, s.waitingId, s.now),
  },
  'outbound-messages.ts claimMessage': {
    by: 'system',
    call: (tx, scope, s) =>
      outbound.claimMessage(tx, scope, { id: s.waitingId, addressIndex: s.failedIndex, leaseMs: 1000 }, s.now),
  },
  'outbound-messages.ts finishMessage': {
    by: 'system',
    call: (tx, scope, s) => outbound.finishMessage(tx, scope, { id: s.sendingId, ...sent }, s.now),
  },
  'outbound-messages.ts holdMessage': {
    by: 'system',
    call: (tx, scope, s) => outbound.holdMessage(tx, scope, s.sendingId, { from: s.now, until: s.now }),
  },
  'outbound-messages.ts finishSent': {
    by: 'system',
    before: (tx, s) => tx.$executeRaw`update outbound_message set template = 'alarm' where id = ${s.sendingId}::uuid`,
    call: (tx, scope, s) =>
      outbound.finishSent(tx, scope, { id: s.sendingId, answer: '250', addressIndex: s.failedIndex }, s.now),
  },
  'outbound-messages.ts lockSending': {
    by: 'system',
    call: (tx, scope, s) => outbound.lockSending(tx, scope, s.sendingId),
  },
  'outbound-messages.ts claimUndelivered': {
    by: 'system',
    call: (tx, scope, s) => outbound.claimUndelivered(tx, scope, s.bouncedId, s.now),
  },
  'outbound-messages.ts findStuckMessages': {
    by: 'system',
    call: (tx, scope, s) => outbound.findStuckMessages(tx, scope, s.now, 10),
  },
  'outbox.ts claimOutbox': { by: 'system', call: (tx, scope, s) => outbox.claimOutbox(tx, scope, s.now, 10, 1000) },
  'outbox.ts markOutboxSent': {
    by: 'system',
    call: (tx, scope, s) => outbox.markOutboxSent(tx, scope, [s.freeOutboxId], s.now),
  },
  'outbox.ts deleteSentOutbox': { by: 'system', call: (tx, scope, s) => outbox.deleteSentOutbox(tx, scope, s.now) },
  'outbox.ts outboxLag': {
    by: 'system',
    call: async (tx, scope, s) => (await outbox.outboxLag(tx, scope, s.now)).waiting,
  },
  'purge.ts deleteOldKeys': { by: 'system', call: (tx, scope, s) => deleteOldKeys(tx, scope, s.now) },
  'read-log.ts insertRead': {
    by: 'unit',
    call: (tx, scope, s) => {
      const who = { personId: s.scopes.unit.personId ?? '', unitId: 'bbu-norrebro', role: 'caseworker' };
      const what = { purpose: 'case', referralIds: [s.referral.id], childIds: [] };
      return insertRead(tx, scope, { id, ...who, ...what, mac: s.someBytes }, s.now);
    },
  },
  'read-log.ts findLookups': {
    by: 'unit',
    before: (tx, s) => {
      const who = { personId: 'somebody', unitId: 'bbu-norrebro', role: 'caseworker', purpose: 'case' };
      const entry = { id, ...who, referralIds: [s.referral.id], childIds: [], mac: s.someBytes };
      return insertRead(tx, s.scopes.system, entry, s.now);
    },
    call: async (tx, scope, s) => (await findLookups(tx, scope, s.referral.id, 9)).lookups,
  },
  'receipts.ts markReceiptDelivered': {
    by: 'system',
    call: (tx, scope, { notificationId, now }) =>
      receipts.markReceiptDelivered(tx, scope, { notificationId, channel: 'mail', evidence: '250' }, now),
  },
  'receipts.ts markReceiptUndeliverable': {
    by: 'system',
    call: (tx, scope, { notificationId }) =>
      receipts.markReceiptUndeliverable(tx, scope, notificationId, { cameBack: false }),
  },
  'receipts.ts findReferralIds': {
    by: 'system',
    call: (tx, scope, s) => receipts.findReferralIds(tx, scope, s.notificationId),
  },
  'receipts.ts findStandingReferralIds': {
    by: 'system',
    call: (tx, scope, s) => receipts.findStandingReferralIds(tx, scope, s.notificationId),
  },
  'receipts.ts isReceiptIssued': {
    by: 'system',
    before: (tx, s) =>
      tx.$executeRaw`update receipt set issued_at = received_at from notification n
        where n.id = receipt.notification_id and n.id = ${s.notificationId}::uuid`,
    call: (tx, scope, { notificationId, now }) => receipts.isReceiptIssued(tx, scope, notificationId, now),
  },
  'receipts.ts receiptDeliveredAt': {
    by: 'system',
    before: (tx, s) => tx.$executeRaw`update receipt set state = 'delivered', channel = 'mail', evidence = '250',
      delivered_at = now() where notification_id = ${s.notificationId}::uuid`,
    call: (tx, scope, s) => receipts.receiptDeliveredAt(tx, scope, s.notificationId),
  },
  'receipts.ts isReceiptOwed': {
    by: 'unit',
    call: (tx, scope, s) => receipts.isReceiptOwed(tx, scope, s.referral.id),
  },
  'records.ts insertRecords': {
    open: 'only adds to chains whose referral was locked through the scope, which may just have moved it out of reach',
  },
  'referrals.ts findReferral': { by: 'unit', call: (tx, scope, s) => referrals.findReferral(tx, scope, s.referral.id) },
  'referrals.ts getReferral': { by: 'unit', call: (tx, scope, s) => referrals.getReferral(tx, scope, s.referral.id) },
  'referrals.ts lockReferral': { by: 'unit', call: (tx, scope, s) => referrals.lockReferral(tx, scope, s.referral.id) },
  'referrals.ts lockEndedReferral': {
    by: 'party',
    call: (tx, scope, s) => referrals.lockEndedReferral(tx, scope, s.disputedId),
  },
  'referrals.ts findInvolvedReferral': {
    by: 'party',
    call: (tx, scope, s) => referrals.findInvolvedReferral(tx, scope, s.disputedId),
  },
  'referrals.ts findOwnReferral': {
    by: 'sender',
    call: (tx, scope, s) => referrals.findOwnReferral(tx, scope, s.referral.id),
  },
  'referrals.ts findRegisteredInquiries': {
    open: "answers only what the scope's own person registered",
  },
  'referrals.ts updateReferral': {
    by: 'unit',
    call: (tx, scope, s) => {
      const version = { id: s.referral.id, expectedVersion: s.referral.stateVersion, raise: true, patch: {} };
      return referrals.updateReferral(tx, scope, { ...version, ...head, nextDueAt: s.now, at: s.now });
    },
  },
  'referrals.ts moveOwnership': {
    by: 'unit',
    call: (tx, scope, s) => {
      const move = { unitId: 'bbu-bhv', provisionalRule: null, reason: 'x', countsAsMove: true };
      return referrals.moveOwnership(tx, scope, { id, referralId: s.referral.id, ...move }, s.now);
    },
  },
  'referrals.ts setHeads': {
    by: 'unit',
    call: (tx, scope, s) => referrals.setHeads(tx, scope, [{ id: s.referral.id, ...head }], s.now),
  },
  'sealed-keys.ts findSealedKeys': { open: 'a wrapped key opens nothing without the record, which is reached apart' },
  'sealed-keys.ts insertSealedKey': { open: 'adds a key for a record that has none, and never replaces one' },
  'sealed-keys.ts deleteSealedKey': {
    open: 'called for a record that was reached and changed in the same transaction',
  },
  ...STORE_OF_SESSIONS,
  ...STORE_OF_SETUP,
  ...STORE_OF_PRECEDENTS,
  'submissions.ts insertSubmission': {
    by: 'sender',
    call: (tx, scope, s) => submissions.insertSubmission(tx, scope, s.submission, []),
  },
  'submissions.ts findSubmitted': {
    by: 'sender',
    call: (tx, scope, s) => submissions.findSubmitted(tx, scope, s.notificationId),
  },
  'worklist.ts findWorklist': {
    by: 'unit',
    call: (tx, scope, { now }) =>
      worklist.findWorklist(tx, scope, { tab: 'all', cursor: null, now, handlers: [], limit: 10 }),
  },
  'worklist.ts findWaitingSince': {
    by: 'unit',
    call: async (tx, scope, s) => (await worklist.findWaitingSince(tx, scope, [s.referral.id])).size > 0,
  },
  'worklist.ts countWorklist': {
    by: 'unit',
    call: async (tx, scope, s) => {
      const counts = await worklist.countWorklist(tx, scope, { now: s.now, handlers: [] }, 10);
      return Object.values(counts).some((n) => n > 0);
    },
  },
};
