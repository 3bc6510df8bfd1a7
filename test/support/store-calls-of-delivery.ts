import * as letters from '#store/letters.ts';
import * as addresses from '#store/mail-addresses.ts';
import * as list from '#store/message-list.ts';
import * as receipts from '#store/receipts.ts';
import * as tasks from '#store/tasks.ts';
import type { Closed, Open } from './store-call.ts';

const by = (now: Parameters<typeof tasks.finishTask>[3]) => ({ personId: 'x', now });

/** The functions of messages as administrators see them, addresses, tasks and letters. */
export const STORE_OF_DELIVERY: Readonly<Record<string, Closed | Open>> = {
  'letters.ts findLetters': {
    by: 'unit',
    call: (tx, scope) => letters.findLetters(tx, scope, { cursor: null, limit: 10 }),
  },
  'letters.ts getLetter': { by: 'unit', call: (tx, scope, s) => letters.getLetter(tx, scope, s.letterId) },
  'letters.ts findOpenLetter': {
    by: 'unit',
    call: (tx, scope, s) => letters.findOpenLetter(tx, scope, { kind: 'receipt', id: s.letteredId }),
  },
  'letters.ts findOpenLettersOf': {
    by: 'unit',
    before: (tx, s) =>
      tx.$executeRaw`update letter set referral_id = ${s.referral.id}::uuid where id = ${s.letterId}::uuid`,
    call: (tx, scope, s) => letters.findOpenLettersOf(tx, scope, s.referral.id),
  },
  'letters.ts findDroppedReceipts': {
    by: 'system',
    before: (tx, s) => tx.$executeRaw`update letter set state = 'withdrawn', closed_at = created_at
      where id = ${s.letterId}::uuid`,
    call: (tx, scope) => letters.findDroppedReceipts(tx, scope, 10),
  },
  'letters.ts findLettersWithoutTask': {
    by: 'system',
    before: (tx, s) => tx.$executeRaw`delete from task where id = ${s.taskId}::uuid`,
    call: (tx, scope) => letters.findLettersWithoutTask(tx, scope, 10),
  },
  'letters.ts isFeedbackTold': {
    by: 'unit',
    before: (tx, s) => tx.$executeRaw`update letter set kind = 'feedback', feedback_id = ${s.letterId}::uuid,
      state = 'posted', closed_at = created_at, closed_by = 'x', occurred_at = created_at where id = ${s.letterId}::uuid`,
    call: (tx, scope, s) => letters.isFeedbackTold(tx, scope, s.letterId),
  },
  'letters.ts writeLetter': { open: 'compare-and-set in the transaction that locked the referral through the scope' },
  'mail-addresses.ts countFailure': {
    by: 'system',
    call: (tx, scope, s) => addresses.countFailure(tx, scope, s.failedIndex, 3, s.now),
  },
  'mail-addresses.ts forgetFailures': {
    open: 'tells nothing; by the index of an address that a mail reached, or whose task the caller has reached and done',
  },
  'message-list.ts findMessages': {
    by: 'administrator',
    call: (tx, scope) => list.findMessages(tx, scope, { state: null, cursor: null, limit: 10 }),
  },
  'message-list.ts countMessages': {
    by: 'administrator',
    call: (tx, scope) => list.countMessages(tx, scope, ['bounced'], 10),
  },
  'message-list.ts requeueMessages': {
    by: 'administrator',
    call: (tx, scope, s) => list.requeueMessages(tx, scope, { state: 'bounced', limit: 10 }, by(s.now)),
  },
  'message-list.ts markReported': {
    by: 'administrator',
    before: (tx, s) => tx.$executeRaw`update outbound_message set state = 'sent' where id = ${s.waitingId}::uuid`,
    call: (tx, scope, s) => list.markReported(tx, scope, s.waitingId, by(s.now)),
  },
  'receipts.ts markReceiptIssued': {
    by: 'unit',
    before: async (tx) => {
      await tx.$executeRaw`update receipt set issued_at = null`;
    },
    call: (tx, scope, s) => receipts.markReceiptIssued(tx, scope, s.referral.id, s.now),
  },
  'receipts.ts markReceiptTold': {
    by: 'unit',
    call: (tx, scope, s) => {
      const told = { referralId: s.referral.id, channel: 'letter', evidence: 'x', at: s.now };
      return receipts.markReceiptTold(tx, scope, told);
    },
  },
  'tasks.ts findTasks': {
    by: 'unit',
    call: (tx, scope) => tasks.findTasks(tx, scope, { of: [], cursor: null, limit: 10 }),
  },
  'tasks.ts findTask': { by: 'unit', call: (tx, scope, s) => tasks.findTask(tx, scope, s.taskId, []) },
  'tasks.ts findLetterTasks': {
    by: 'unit',
    call: async (tx, scope, s) => {
      const [of] = await tx.$queryRaw<{ id: string }[]>`
        select referral_id::text as id from letter where id = ${s.letterId}::uuid`;
      return tasks.findLetterTasks(tx, scope, of?.id ?? '');
    },
  },
  'tasks.ts findTaskHolders': { by: 'system', call: (tx, scope) => tasks.findTaskHolders(tx, scope) },
  'tasks.ts findTasksHeldBy': {
    by: 'system',
    call: async (tx, scope, s) => {
      const [of] = await tx.$queryRaw<{ id: string }[]>`select person_id as id from task where id = ${s.taskId}::uuid`;
      return tasks.findTasksHeldBy(tx, scope, of?.id ?? '', 10);
    },
  },
  'tasks.ts findTasksOf': {
    by: 'system',
    call: async (tx, scope, s) => {
      const [of] = await tx.$queryRaw<
        { id: string }[]
      >`select referral_id::text as id from task where id = ${s.taskId}::uuid`;
      return tasks.findTasksOf(tx, scope, [of?.id ?? '']);
    },
  },
  'tasks.ts claimTaskReminders': {
    by: 'system',
    call: (tx, scope, s) => {
      const later = s.now.add({ hours: 24 * 30 });
      return tasks.claimTaskReminders(tx, scope, { now: later, next: later, limit: 10 });
    },
  },
  'tasks.ts passTask': { open: 'by id in the transaction that locked its referral through the scope' },
  'tasks.ts isTaskOpen': {
    by: 'system',
    call: (tx, scope, s) => tasks.isTaskOpen(tx, scope, 'letter', s.letterId),
  },
  'tasks.ts finishTask': { open: 'compare-and-set by id in the transaction that reached the task through the scope' },
  'tasks.ts finishTasksAbout': { open: 'by the ids that the act reached through the scope in the same transaction' },
};
