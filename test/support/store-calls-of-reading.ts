import type { Tx } from '#store/db.ts';
import * as reading from '#store/reading.ts';
import { lockLooseTask, wasTaskRaised } from '#store/tasks.ts';
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
const LOOSE = '01a00000-0000-7000-8000-0000000000e1';
const task = async (tx: Tx, { now }: Stored): Promise<void> => {
  const about = { kind: 'unusual-reading', reason: 'volume', subject: SUBJECT, aboutPersonId: 'stranger' };
  const whose = { unitId: 'nowhere', personId: 'leader', openedAt: new Date(now.epochMilliseconds) };
  await tx.task.create({ data: { id: LOOSE, ...about, ...whose } });
};

/** Who read what: the system's own look at it. */
export const STORE_OF_READING: Readonly<Record<string, Closed | Open>> = {
  'reading.ts findOpenings': {
    by: 'system',
    before: read,
    call: (tx, scope, { now }) =>
      reading.findOpenings(tx, scope, { after: { at: now.subtract({ hours: 1 }), id: LOOSE }, until: now, limit: 9 }),
  },
  'reading.ts findLookedUntil': {
    by: 'system',
    before: (tx, { now, scopes }) => reading.noteLookedUntil(tx, scopes.system, now),
    call: (tx, scope) => reading.findLookedUntil(tx, scope),
  },
  'reading.ts noteLookedUntil': {
    by: 'system',
    call: (tx, scope, { now }) => reading.noteLookedUntil(tx, scope, now),
  },
  'reading.ts findReadsOf': { open: 'for whoever has reached the task that asks about the reader' },
  'tasks.ts lockLooseTask': { by: 'system', before: task, call: (tx, scope) => lockLooseTask(tx, scope, LOOSE) },
  'tasks.ts wasTaskRaised': {
    by: 'system',
    before: task,
    call: (tx, scope) => wasTaskRaised(tx, scope, 'unusual-reading', SUBJECT),
  },
};
