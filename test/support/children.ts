import { randomUUID } from 'node:crypto';
import type { Role } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import { instant } from '#domain/time.ts';
import { upsertKnownCases } from '#store/children.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { previewLink } from '#usecases/preview-link.ts';
import { reviewChild } from '#usecases/review-child.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { makeWorld } from './context.ts';
import { makeForm } from './municipality.ts';

const NOTIFIER = 'school-social-worker-skole-norrebro';
/** Postal codes of units in the training municipality. */
const PLACES = { 'bbu-norrebro': '2200', 'bbu-valby': '2500', 'bbu-amager-ost': '2300' } as const;
type Place = 'bbu-norrebro' | 'bbu-valby';

/** A municipality whose children are notified of, merged and re-assessed; messages are acted on when asked. */
export const makeChildren = async () => {
  const world = await makeWorld({ connections: 8 });
  const { db } = world.deps;
  let clock = instant('2026-11-10T09:00:00+01:00');
  const now = () => {
    clock = clock.add({ minutes: 1 });
    return clock;
  };
  const as = (personId: string): Ctx => world.ctxFor(personId, now());
  /** Somebody in one role at one unit, whom the municipality need not know in it any more. */
  const inRole = (personId: string, role: Role, unit: string): Ctx => ({
    ...world.systemCtx(now()),
    actor: { kind: 'person', personId, unitId: unit, department: 'BUF', roles: [{ role, unit, covers: [unit] }] },
    scope: mintScope({ personId, unitIds: [unit] }),
    key: { keyHash: world.deps.vault.digest(randomUUID()), requestHash: world.deps.vault.digest('') },
  });
  /** One referral for each child; a child is a CPR or not known. */
  const notify = async (cprs: readonly (string | null)[], place: Place = 'bbu-norrebro', by = NOTIFIER) => {
    const address = { postalCode: PLACES[place] };
    const children = cprs.map((cpr) => (cpr ? { name: 'Barn', cpr, address } : { identity: 'unknown', address }));
    const { notificationId, referrals } = await submitNotification(as(by), makeForm({ children }));
    return { notificationId, ids: referrals.map(({ id }) => id), id: referrals[0]?.id ?? '' };
  };
  const take = (id: string, personId: string) =>
    acknowledgeReferral(as(personId), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
  /** The child gets help from the unit, by this person. */
  const help = async (id: string, personId: string, type: 'respite' | 'preventive-group' = 'respite') => {
    await take(id, personId);
    await assessReferral(as(personId), { id, acute: false, evidence: 'visit', reason: 'Kort' });
    await decideReferral(as(personId), { id, outcome: 'preventive', reason: 'Kort' });
    await startMeasure(as(personId), { id, type, plannedMonths: null, reason: 'Kort' });
  };
  /** The least that is handling a case. */
  const touch = (ctx: Ctx, id: string) =>
    addEvidence(ctx, { id, kind: 'visit', occurredAt: instant('2026-11-10T08:00:00+01:00'), text: 'Besøgt' });
  const caseNumber = async (id: string) => (await db.referral.findUniqueOrThrow({ where: { id } })).caseNumber;
  /** As the page does: the dry run first, then what it showed. */
  const merge = async (id: string, otherId: string, personId: string) => {
    const { other, from, into } = await previewLink(as(personId), { id, other: await caseNumber(otherId) });
    return mergeChildren(as(personId), { id, other, from, into, reason: 'Samme barn' });
  };
  /** Acts on what was to be told, twice, until nothing more comes of it. */
  const review = async (): Promise<void> => {
    const rows = await db.outbox.findMany({ where: { name: 'child.review', sentAt: null }, orderBy: { id: 'asc' } });
    for (const row of rows) {
      const payload = row.payload as Parameters<typeof reviewChild>[1];
      await reviewChild(world.systemCtx(now(), 'child.review'), payload);
      await reviewChild(world.systemCtx(now(), 'child.review'), payload);
      await db.outbox.update({ where: { id: row.id }, data: { sentAt: new Date(now().epochMilliseconds) } });
    }
    if (rows.length > 0) await review();
  };
  /** The case system's list says so of a child. */
  const list = (cpr: string, facts: { readonly measure?: string; readonly caseworkerId?: string }) => {
    const ctx = world.systemCtx(now());
    const { measure = null, caseworkerId = null } = facts;
    const row = { unitId: null, since: '2026-01-05', disability: false, seenAt: instant('2026-11-01T00:00:00+01:00') };
    const cprIndex = world.deps.vault.index('cpr', cpr);
    return upsertKnownCases(db, ctx.scope, [{ ...row, cprIndex, measure, caseworkerId }], ctx.now);
  };
  const running = async (id: string): Promise<boolean> =>
    (await db.deadline.count({ where: { referralId: id, kind: 'reassess', state: 'running' } })) > 0;
  return { world, db, now, as, inRole, notify, take, help, touch, caseNumber, merge, review, list, running };
};
export type Children = Awaited<ReturnType<typeof makeChildren>>;
