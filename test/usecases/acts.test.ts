import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { identifyChild } from '#usecases/identify-child.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { readCase } from '#usecases/read-case.ts';
import { readWorklist } from '#usecases/read-worklist.ts';
import { searchReferrals } from '#usecases/search-referrals.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const AT = '2026-11-10T10:00:00+01:00';
const LATER = '2026-11-10T11:00:00+01:00';

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(async () => {
  expect(await verifyJournal(world.systemCtx('2026-12-01T00:00:00Z'))).toMatchObject({ intact: true });
  await world.drop();
});

const submit = async (overrides: Record<string, unknown> = {}) => {
  const { notificationId, referrals } = await submitNotification(world.ctxFor(SENDER, AT), makeForm(overrides));
  return { notificationId, ids: referrals.map(({ id }) => id), id: referrals[0]?.id ?? '' };
};
const by = (personId: string, at = LATER) => world.ctxFor(personId, at);
const acknowledge = (id: string) =>
  acknowledgeReferral(by(INTAKE), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });

describe('identifying a child', () => {
  const unborn = { children: [{ name: 'Ufødt', identity: 'unborn', address: { postalCode: '2200' } }] };

  test('an unborn child is born: name, CPR and age from now on, the notification as it was sent', async () => {
    const { id } = await submit(unborn);
    const cpr = nextCpr();
    await identifyChild(by(INTAKE), { id, cpr: `${cpr.slice(0, 6)}-${cpr.slice(6)}`, name: 'Nyfødt' });
    const shown = await readCase(by(INTAKE), id);
    expect(shown.child).toMatchObject({ name: 'Nyfødt', cpr, identity: 'known', age: 12 });
    expect(shown.notification?.children[0]).toMatchObject({ name: 'Ufødt', identity: 'unborn' });
    expect(await searchReferrals(by(INTAKE), cpr)).toMatchObject([{ id }]);
    expect(await lastFact(world.deps.db, id, 'child-identified')).toMatchObject({ was: 'unborn' });
    await expect(identifyChild(by(INTAKE), { id, cpr: nextCpr(), name: 'X' })).rejects.toThrow('ILLEGAL_TRANSITION');
  });

  test('a CPR that is on record already: the referral follows that child', async () => {
    const cpr = nextCpr();
    const known = await submit({ children: [{ name: 'Kendt', cpr, address: { postalCode: '2200' } }] });
    const { id } = await submit(unborn);
    const { db } = world.deps;
    const child = async (referral: string) =>
      (await db.referral.findUniqueOrThrow({ where: { id: referral } })).childId;
    expect(await child(id)).not.toBe(await child(known.id));
    await identifyChild(by(INTAKE), { id, cpr, name: 'Kendt' });
    expect(await child(id)).toBe(await child(known.id));
    expect((await searchReferrals(by(INTAKE), cpr)).map((found) => found.id).sort()).toEqual([known.id, id].sort());
  });

  test.each(['12', '9945144001', '0113144001'])('%s is refused by its field', async (cpr) => {
    const { id } = await submit(unborn);
    await expect(identifyChild(by(INTAKE), { id, cpr, name: 'X' })).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path: 'cpr' }],
    });
    expect(await journalKinds(world.deps.db, id)).not.toContain('child-identified');
  });
});

describe('registered in error', () => {
  test('closes it, lapses every clock, takes it off the list, and nothing more can be done with it', async () => {
    const { id } = await submit();
    expect((await readWorklist(by(INTAKE), { tab: 'all' })).items.map((item) => item.id)).toContain(id);
    const reason = 'Sendt to gange ved en fejl';
    await expect(markReferralInError(by('caseworker-bbu-norrebro'), { id, reason })).rejects.toThrow('OUT_OF_SCOPE');
    await markReferralInError(by(LEADER), { id, reason });
    const state = await referralState(world.deps.db, id);
    expect(state).toMatchObject({ status: 'closed', running: {} });
    expect(new Set(state.ended)).toEqual(
      new Set(['acknowledge', 'assess-24h', 'closing', 'investigation', 'receipt'].map((kind) => `${kind} lapsed`)),
    );
    const listed = (await readWorklist(by(INTAKE), { tab: 'all' })).items.map((item) => item.id);
    expect(listed).not.toContain(id);
    const shown = await readCase(by(INTAKE), id);
    expect(shown.timeline[0]).toMatchObject({ kind: 'marked-in-error', text: reason });
    expect(shown.notification).not.toBeNull();
    await expect(acknowledge(id)).rejects.toThrow('ILLEGAL_TRANSITION');
    await expect(markReferralInError(by(LEADER), { id, reason })).rejects.toThrow('ILLEGAL_TRANSITION');
  });
});

describe('assigning', () => {
  test('to a colleague of the unit, who is told; to nobody else, and not before it is taken', async () => {
    const { id } = await submit();
    const personId = 'caseworker-bbu-norrebro';
    await expect(assignReferral(by(INTAKE), { id, personId })).rejects.toThrow('ILLEGAL_TRANSITION');
    await acknowledge(id);
    await expect(assignReferral(by(INTAKE), { id, personId: 'caseworker-bbu-valby' })).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path: 'personId' }],
    });
    await assignReferral(by(LEADER), { id, personId });
    expect(await referralState(world.deps.db, id)).toMatchObject({ status: 'acknowledged', handler: personId });
    expect(await lastFact(world.deps.db, id, 'assigned')).toEqual({ to: personId, from: INTAKE });
    const told = await world.deps.db.outboundMessage.findMany({ where: { template: 'assigned', referralId: id } });
    expect(told.map(({ toPersonId }) => toPersonId)).toEqual([personId]);
  });

  test('from a page that somebody else has changed is refused', async () => {
    const { id } = await submit();
    const { stateVersion } = await acknowledge(id);
    const assign = (personId: string) => assignReferral(by(INTAKE), { id, personId, stateVersion });
    await assign('caseworker-bbu-norrebro');
    await expect(assign('professional-coordinator-bbu-norrebro')).rejects.toThrow('STALE');
    expect(await referralState(world.deps.db, id)).toMatchObject({ handler: 'caseworker-bbu-norrebro' });
  });
});

describe('evidence', () => {
  const call = { kind: 'phone-call' as const, occurredAt: instant(AT), text: 'Talte med mor i telefonen' };

  test('is shown with when it happened and when it was registered, and is sealed where it stands', async () => {
    const { id } = await submit();
    await addEvidence(by(INTAKE), { id, ...call });
    const [line] = (await readCase(by(INTAKE), id)).timeline;
    expect(line).toMatchObject({
      kind: 'evidence-added',
      at: '2026-11-10T09:00:00.000Z',
      registeredAt: '2026-11-10T10:00:00.000Z',
      text: call.text,
    });
    const row = await world.deps.db.caseEvent.findFirstOrThrow({
      where: { kind: 'evidence-added', referralId: id },
    });
    expect(row.sealed).not.toBeNull();
    expect(Buffer.from(row.sealed ?? []).includes('telefonen')).toBe(false);
    expect(JSON.stringify(row.data)).not.toContain('telefonen');
  });

  test('of what has not happened yet is refused', async () => {
    const { id } = await submit();
    const occurredAt = instant(LATER).add({ milliseconds: 1 });
    await expect(addEvidence(by(INTAKE), { id, ...call, occurredAt })).rejects.toMatchObject({
      fields: [{ path: 'occurredAt' }],
    });
  });
});

describe('adding to a notification', () => {
  test('by the notifier, then by intake: shown in order, the handler told, the notification untouched', async () => {
    const { id, notificationId } = await submit();
    const { db } = world.deps;
    const sent = () => db.notification.findUniqueOrThrow({ where: { id: notificationId } });
    const before = await sent();
    await addToNotification(by(SENDER), { notificationId, text: 'Han kom ikke i dag' });
    await acknowledge(id);
    await addToNotification(by(INTAKE, '2026-11-10T12:00:00+01:00'), { notificationId, text: 'Skolen ringede' });
    const { additions } = await readCase(by(INTAKE, '2026-11-10T12:00:00+01:00'), id);
    expect(additions.map(({ text }) => text)).toEqual(['Han kom ikke i dag', 'Skolen ringede']);
    expect(await sent()).toEqual(before);
    const where = { template: 'addition', referralId: id };
    const told = await db.outboundMessage.findMany({ where, orderBy: { createdAt: 'asc' } });
    expect(told.map((row) => row.toUnitId ?? row.toPersonId)).toEqual(['bbu-norrebro', INTAKE]);
    expect((await journalKinds(db, id)).filter((kind) => kind === 'notification-added-to')).toHaveLength(2);
  });

  test('tells every child’s unit when the notifier adds', async () => {
    const children = ['2200', '2500'].map((postalCode) => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode } }));
    const { ids, notificationId } = await submit({ children });
    await addToNotification(by(SENDER), { notificationId, text: 'Mere' });
    for (const id of ids) expect((await journalKinds(world.deps.db, id)).at(-1)).toBe('notification-added-to');
  });

  test('by somebody who neither sent it nor has it is like a notification that is not there', async () => {
    const { notificationId } = await submit();
    for (const person of ['notifier-skole-norrebro', 'intake-bbu-valby']) {
      await expect(addToNotification(by(person), { notificationId, text: 'Nej' })).rejects.toThrow('NOT_FOUND');
    }
  });
});
