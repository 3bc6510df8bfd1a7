import { reviewChild } from '#usecases/review-child.ts';
import { type Answer, good, sendForm, type TestApi } from './api.ts';
import { makeForm } from './municipality.ts';

export const SENDER = 'school-social-worker-skole-norrebro';

/** How tests over HTTP send notifications to Nørrebro, act on their cases, and let the jobs look at them, all at `at`. */
export const casesOf = (api: () => TestApi, at: string) => {
  const call = (personId: string, procedure: string, input?: unknown): Promise<Answer> =>
    api().as(personId).call(procedure, input);
  const act = async (personId: string, procedure: string, id: string, more: Record<string, unknown> = {}) => {
    const { stateVersion } = await api().db.referral.findUniqueOrThrow({ where: { id } });
    return call(personId, procedure, { id, stateVersion, ...more });
  };
  const send = async (cprs: readonly string[], more: { readonly postalCode?: string } = {}) => {
    const address = { street: 'Plantevej 1', postalCode: more.postalCode ?? '2200' };
    const children = cprs.map((cpr) => ({ name: 'Barn', cpr, address }));
    const sent = await sendForm(api().as(SENDER), makeForm({ children }));
    return { ...sent, ids: sent.referrals.map(({ id }) => id) };
  };
  const take = async (personId: string, id: string) => {
    const known = { unit: null, disability: false, elsewhere: false };
    good(await act(personId, 'referrals.acknowledge', id, { known, need: null }));
  };
  /** What the jobs do with what was handed over: at least once, and here always twice. */
  const review = async () => {
    const { db, world } = api();
    const rows = await db.outbox.findMany({ where: { name: 'child.review', sentAt: null }, orderBy: { id: 'asc' } });
    for (const { payload } of [...rows, ...rows]) {
      await reviewChild(world.systemCtx(at, 'child.review'), payload as Parameters<typeof reviewChild>[1]);
    }
    await db.outbox.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { sentAt: new Date(at) } });
  };
  const handlerOf = async (id: string) => (await api().db.referral.findUniqueOrThrow({ where: { id } })).handlerId;
  return { call, act, send, take, review, handlerOf };
};
