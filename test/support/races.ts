import { expect } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import type { Deps } from '#platform/deps.ts';

/** What somebody has in front of them when they act. */
export type Page = { readonly id: string; readonly stateVersion: number };

/** Each race takes two of a test world's connections. */
const AT_ONCE = 4;

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** A few at a time, the results in the order of the items. */
export const fewAtATime = async <In, Out>(
  items: readonly In[],
  work: (item: In, n: number) => Promise<Out>,
): Promise<Out[]> => {
  const results: Out[] = [];
  const left = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1], next[0]);
  };
  await Promise.all(numbers(AT_ONCE).map(worker));
  return results;
};

/** The codes of those who were refused, each with words that say why. */
export const refusals = (outcomes: readonly PromiseSettledResult<unknown>[]): string[] =>
  outcomes.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (!(one.reason instanceof DomainError)) throw one.reason;
    expect(one.reason.reason?.da, one.reason.code).toMatch(/\w.*\.$/);
    return [one.reason.code];
  });

/** Both at once; either begins as often as the other. */
export const raced = async (
  n: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<string[]> => refusals(await Promise.allSettled(n % 2 === 0 ? [first(), second()] : [second(), first()]));

/** What stands about each referral after its race. Throws where not exactly one ownership is open. */
export const standing = async (db: Deps['db'], ids: readonly string[]) => {
  const rows = await db.referral.findMany({
    where: { id: { in: [...ids] } },
    include: { ownerships: { where: { endedAt: null } }, deadlines: { where: { state: 'running' } }, events: true },
  });
  const about = { where: { referralId: { in: [...ids] } } };
  const disputes = Map.groupBy(await db.dispute.findMany(about), ({ referralId }) => referralId);
  const handovers = Map.groupBy(await db.handover.findMany(about), ({ referralId }) => referralId);
  const messages = Map.groupBy(await db.outboundMessage.findMany(about), ({ referralId }) => referralId ?? '');
  return rows.map(({ id, ownerUnitId, responsibleUnitId, ownerships, deadlines, events }) => {
    if (ownerships.length !== 1 || ownerships[0]?.unitId !== ownerUnitId) throw new Error(`${id} is torn`);
    const settling = events.find(({ kind }) => kind === 'dispute-settled');
    const end = (messages.get(id) ?? []).filter(({ template }) => template === 'dispute-settled');
    return {
      id,
      owner: ownerUnitId,
      responsible: responsibleUnitId,
      handover: handovers.get(id)?.map(({ state }) => state) ?? [],
      dispute: disputes.get(id)?.map(({ state, step }) => `${state} ${step}`) ?? [],
      runningSteps: deadlines.filter(({ kind }) => kind.startsWith('ladder.')).length,
      facts: (kind: string): number => events.filter((event) => event.kind === kind).length,
      settledBy: settling?.actorId,
      settledFor: (settling?.data as { owner?: string } | undefined)?.owner,
      toldOfEnd: end.map(({ toPersonId, toUnitId }) => toPersonId ?? toUnitId),
    };
  });
};

/** Every mail stands in the outbox, again where it waited for a busy address, and nobody is told the same twice. */
export const expectNothingTwice = async (db: Deps['db']): Promise<void> => {
  const twice = await db.outboundMessage.groupBy({
    by: ['referralId', 'notificationId', 'template', 'toPersonId', 'toUnitId', 'deadlineId', 'stage'],
    having: { id: { _count: { gt: 1 } } },
    _count: { id: true },
  });
  expect(twice).toEqual([]);
  const outbox = await db.outbox.findMany({ where: { name: 'mail.send' }, select: { payload: true } });
  const handedOver = new Set(outbox.map(({ payload }) => (payload as { outboundMessageId: string }).outboundMessageId));
  const written = await db.outboundMessage.findMany({ select: { id: true } });
  expect([...handedOver].toSorted()).toEqual(written.map(({ id }) => id).toSorted());
};
