import type { Deps } from '#platform/deps.ts';

const read = async (db: Deps['db']) => {
  const events = await db.caseEvent.findMany({
    orderBy: [{ registeredAt: 'asc' }, { referralId: 'asc' }, { seq: 'asc' }],
    omit: { sealed: true, digest: true, previous: true, hash: true },
  });
  return {
    events,
    referrals: await db.referral.findMany({ orderBy: { id: 'asc' } }),
    ownerships: await db.ownership.findMany({ orderBy: [{ referralId: 'asc' }, { startedAt: 'asc' }, { id: 'asc' }] }),
    clocks: await db.deadline.findMany({ orderBy: { id: 'asc' } }),
    messages: await db.outboundMessage.findMany({ orderBy: { id: 'asc' } }),
    disputes: await db.dispute.findMany({ orderBy: { id: 'asc' } }),
    measures: await db.measure.findMany({ orderBy: { id: 'asc' } }),
    feedbacks: await db.feedback.findMany({ orderBy: { id: 'asc' } }),
    notifications: await db.notification.count(),
  };
};

/** All that stands in the database about the story's referrals, nothing of it opened. */
export type StoryRecord = Awaited<ReturnType<typeof read>>;

/** As of one instant. */
export const readRecord = (db: Deps['db']): Promise<StoryRecord> =>
  db.$transaction((tx) => read(tx as Deps['db']), { isolationLevel: 'RepeatableRead' });
