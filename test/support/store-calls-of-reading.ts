import type { Tx } from '#store/db.ts';
import * as reading from '#store/reading.ts';
import { wasTaskRaised } from '#store/tasks.ts';
import type { Closed, Open } from './store-call.ts';
import type { Stored } from './stored.ts';

const READER = { personId: 'stranger', unitId: 'nowhere', role: 'caseworker', purpose: 'case' };
const SUBJECT = 'stranger 2026-11-03 volume';

/** Somebody of a unit that has nothing to do with it has opened the referral. */
const read = async (tx: Tx, { now, referral }: Stored): Promise<void> => {
  const at = new Date(now.epochMilliseconds);
  const what = { referralIds: [referral.id], childIds: [], mac: new Uint8Array(1) };
  await tx.readLog.create({ data: { id: crypto.randomUUID(), at, ...READER, ...what } });
};
const task = async (tx: Tx, { now }: Stored): Promise<void> => {
  const about = { kind: 'unusual-reading', reason: 'volume', subject: SUBJECT, aboutPersonId: 'stranger' };
  const whose = { unitId: 'nowhere', personId: 'leader', openedAt: new Date(now.epochMilliseconds) };
  await tx.task.create({ data: { id: crypto.randomUUID(), ...about, ...whose } });
};

/** Who read what: the system's own look at it. */
export const STORE_OF_READING: Readonly<Record<string, Closed | Open>> = {
  'reading.ts countReaders': {
    by: 'system',
    before: read,
    call: (tx, scope, { now }) => reading.countReaders(tx, scope, now),
  },
  'reading.ts findUnrelatedReads': {
    by: 'system',
    before: read,
    call: (tx, scope, { now }) => reading.findUnrelatedReads(tx, scope, now),
  },
  'reading.ts findReadsOf': { open: 'for whoever has reached the task that asks about the reader' },
  'tasks.ts wasTaskRaised': {
    by: 'system',
    before: task,
    call: (tx, scope) => wasTaskRaised(tx, scope, 'unusual-reading', SUBJECT),
  },
};
