import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOOR_LIMITS } from '#domain/door.ts';
import { instant, iso } from '#domain/time.ts';
import { citizen, doorTo, professional } from '#test/support/door.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { CASEWORKER, tellersOf } from '#test/support/telling.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { meetOpened } from '#usecases/meet-opened.ts';
import { listInstitutionNotifications } from '#usecases/read-institution.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { sendLetter } from '#usecases/send-letter.ts';
import { clearNotifier, suspectNotifier } from '#usecases/suspect-notifier.ts';

const SCHOOL_LEADER = 'institution-leader-skole-norrebro';
const reason = { reason: 'Kort' };

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
let door: ReturnType<typeof doorTo>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:05:00+01:00');
  people = tellersOf(town);
  door = doorTo(town);
});
afterAll(() => town.stop());

const by = (person: string = CASEWORKER) => people.by(person);
const later = async () => town.standAt((await town.deps.clock.now()).add({ minutes: 1 }));
const owes = async (id: string) => 'feedback' in (await referralState(town.deps.db, id)).running;
const answered = async (id: string) => {
  const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  const { items } = await listInstitutionNotifications(await by(SCHOOL_LEADER), undefined);
  return items.find((one) => one.notificationId === notificationId)?.answered;
};

/** Sent at the door by a doctor of that address, confirmed as one, and decided on: feedback is owed. */
const fromDoor = async (email: string, who: Record<string, unknown> = professional(email)) => {
  const notification = makeForm({
    ...who,
    children: [{ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2200' } }],
  });
  const confirmation = await door.confirm(email);
  expect((await door.call('door.submit', { notification, confirmation })).status).toBe(200);
  const { id } = await town.deps.db.referral.findFirstOrThrow({ orderBy: { id: 'desc' } });
  await people.take(CASEWORKER, id);
  const seen = { evidence: 'phone-call', occurredAt: await town.deps.clock.now() } as const;
  await assessReferral(await by(), { id, acute: false, ...seen, ...reason });
  await checkBasis(await by(), { id, as: 'professional', ...reason });
  await decideReferral(await by(), { id, outcome: 'preventive', ...reason });
  await town.settle();
  return id;
};
/** The link of the last mail with a fresh code, all that was under way having arrived. */
const linkTo = async (email: string) => {
  const token = await door.tokenIn(email);
  const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
  return { token, confirmation: { id: (data as { codeId: string }).codeId, code: await door.codeIn(email) } };
};
const give = async (id: string) => giveFeedback(await by(), await people.giving(await by(), id));

test('a suspect who opens their link sees tier 0, delivers nothing and uses it up', async () => {
  const email = 'mistaenkt@klinik.example';
  const id = await fromDoor(email);
  const link = await linkTo(email);
  const { feedbackId } = await door.holdingMail(email, async () => {
    const given = await give(id);
    await suspectNotifier(await by(), { id, ...reason });
    const opened = await door.call('door.openLink', link);
    expect(opened.data).toMatchObject({ answers: [], receipt: { state: 'delivered' } });
    expect(opened.text).not.toMatch(/undersøgelse|ikke fortælle mere|mistænkt|sat .* i gang"/i);
    expect((await door.call('door.openLink', link)).problem?.code).toBe('NOT_FOUND');
    return given;
  });
  const feedback = await town.deps.db.feedback.findUniqueOrThrow({ where: { id: feedbackId } });
  expect(feedback).toMatchObject({ state: 'lifted', deliveredAt: null });
  expect(await owes(id)).toBe(true);
});

test('two who open one link at the same time: one sees it, and it is delivered once', async () => {
  const email = 'to.paa.en.gang@klinik.example';
  const id = await fromDoor(email);
  const token = await door.tokenIn(email);
  const codes = [];
  for (const _ of [1, 2]) {
    const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
    codes.push({ id: (data as { codeId: string }).codeId, code: await door.codeIn(email) });
  }
  const opened = await Promise.all(codes.map((confirmation) => door.call('door.openLink', { token, confirmation })));
  expect(opened.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  await town.settle();
  const events = await town.deps.db.caseEvent.findMany({ where: { referralId: id, kind: 'receipt-delivered' } });
  expect(events).toHaveLength(1);
});

test('an address is one in whatever case; one with a plus is its own', async () => {
  const notification = makeForm(professional('Stor.Bogstav@Klinik.example'));
  const small = await door.confirm('stor.bogstav@klinik.example');
  expect((await door.call('door.submit', { notification, confirmation: small })).status).toBe(200);
  const plus = await door.confirm('stor.bogstav+andet@klinik.example');
  const other = await door.call('door.submit', { notification, confirmation: plus });
  expect(other.problem?.fields).toMatchObject([{ path: 'code', code: 'code-over' }]);
});

test('one key makes one notification, whichever form it comes with next', async () => {
  const key = crypto.randomUUID();
  const before = await town.deps.db.notification.count();
  const submit = (who: Record<string, unknown>) =>
    door.call('door.submit', { notification: makeForm(who), confirmation: null }, key);
  expect((await submit(citizen())).status).toBe(200);
  expect((await submit(citizen({ name: 'En anden' }))).problem?.code).toBe('DUPLICATE');
  const anonymously = {
    notification: makeForm({ notifier: { basis: 'anonymous', notifierCode: 8 }, parentsInformed: undefined }),
  };
  expect((await door.call('door.submitAnonymously', anonymously, key)).problem?.code).toBe('DUPLICATE');
  expect(await town.deps.db.notification.count()).toBe(before + 1);
});

test('what is withheld from a suspect is no answer, to them or to their leader; what stood before stays', async () => {
  const [first, second] = [await people.decided(), await people.decided()];
  await people.withheld(first);
  const told = await people.toldOf(first);
  expect(told.join()).toContain('ikke fortælle mere');
  await later();
  for (const id of [first, second]) await suspectNotifier(await by(), { id, ...reason });
  expect(await people.toldOf(first)).toEqual(told);
  expect(await answered(first)).toBe('withheld');
  await later();
  await people.withheld(second);
  expect(await owes(second)).toBe(false);
  expect(await people.toldOf(second)).toEqual([]);
  expect(await answered(second)).toBe('silent');
  await clearNotifier(await by(), { id: second, ...reason });
  expect(await people.toldOf(second)).toHaveLength(1);
});

test('decided, moved, and there registered in error: it owes nothing; taken up again, it owes its feedback again', async () => {
  const email = 'fejl@klinik.example';
  const id = await fromDoor(email);
  await people.offer(CASEWORKER, id, 'bbu-valby');
  await people.refuse('caseworker-bbu-valby', id, 'bbu-norrebro');
  // The coordinators decide from step 2 on.
  await town.moveTo('2026-11-06T10:00:00+01:00');
  const settled = { owner: 'bbu-valby', basis: '§ 9', reason: 'Bopæl' };
  await decideDispute(await by('buf-sof-coordinator-sof-stab'), { id, ...settled });
  expect(await owes(id)).toBe(true);
  const VALBY = 'team-leader-bbu-valby';
  await markReferralInError(await by(VALBY), { id, ...reason });
  for (const as of ['citizen', 'professional'] as const) {
    await checkBasis(await by(VALBY), { id, as, ...reason });
    await town.settle();
    expect(await owes(id), as).toBe(false);
  }
  await reopenReferral(await by(VALBY), { id, ...reason });
  expect(await owes(id)).toBe(true);
});

test('one who was told as a professional and turns out a citizen keeps that, and is owed the rest when they are one after all', async () => {
  const id = await fromDoor('frem.og.tilbage@klinik.example');
  await people.give(id);
  await town.settle();
  await decideReferral(await by(), { id, outcome: 'nothing', ...reason });
  const { running } = await referralState(town.deps.db, id);
  expect(running).toHaveProperty('feedback');
  for (const as of ['citizen', 'professional', 'citizen', 'professional'] as const) {
    await checkBasis(await by(), { id, as, ...reason });
    await town.settle();
    expect(await owes(id), as).toBe(as === 'professional');
  }
  const clocks = await town.deps.db.deadline.findMany({
    where: { referralId: id, kind: 'feedback', state: 'running' },
  });
  expect(clocks).toHaveLength(1);
  expect(await people.statesOf(id)).toEqual(['delivered']);
});

test('a letter to one who turns out a citizen is not posted, also before the jobs have seen it', async () => {
  const id = await fromDoor('brev@klinik.example');
  await giveFeedback(await by(), await people.giving(await by(), id, 'letter'));
  const [letter] = await town.deps.db.letter.findMany({ where: { referralId: id } });
  await checkBasis(await by(), { id, as: 'citizen', ...reason });
  const occurredAt = await town.deps.clock.now();
  const posted = { id: letter?.id ?? '', way: 'posted', occurredAt, spokenTo: null } as const;
  await expect(sendLetter(await by(), posted)).rejects.toThrow('ILLEGAL_TRANSITION');
});

test('the jobs hear late that it was opened: it was delivered when it was opened', async () => {
  const email = 'sent.paa.dagen@klinik.example';
  const id = await fromDoor(email);
  const { feedbackId } = await give(id);
  const at = await town.deps.clock.now();
  const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  const opened = { notificationId: notificationId ?? '', at: iso(at) };
  const hours = at.add({ hours: 200 }).toString();
  await meetOpened(town.systemCtx(hours), opened);
  await meetOpened(town.systemCtx(hours), opened);
  const { deliveredAt } = await town.deps.db.feedback.findUniqueOrThrow({ where: { id: feedbackId } });
  expect(deliveredAt?.getTime()).toBe(at.epochMilliseconds);
  const [clock] = await town.deps.db.deadline.findMany({ where: { referralId: id, kind: 'feedback' } });
  expect(clock).toMatchObject({ state: 'met', endedAt: deliveredAt });
});

test('all visitors together have a ceiling of codes in an hour, and the next hour begins anew', async () => {
  await town.standAt(instant('2026-11-20T10:00:00+01:00'));
  const { most } = DOOR_LIMITS['code-all'];
  door.from('192.0.2.77');
  const ask = (n: number) => door.call('door.requestCode', { email: `nr${n}@klinik.example`, language: 'da' });
  expect((await ask(0)).status).toBe(200);
  // One bucket counts once for everybody: found by what the one request has made of it.
  const buckets = await town.deps.db.doorCount.findMany({
    where: { expiresAt: new Date('2026-11-20T11:00:00+01:00') },
  });
  expect(buckets.every(({ count }) => count === 1)).toBe(true);
  door.from('192.0.2.78');
  expect((await ask(1)).status).toBe(200);
  const shared = await town.deps.db.doorCount.findMany({
    where: { count: 2, bucket: { in: buckets.map(({ bucket }) => bucket) } },
  });
  expect(shared).toHaveLength(1);
  await town.deps.db.doorCount.updateMany({
    where: { bucket: shared[0]?.bucket ?? new Uint8Array() },
    data: { count: most - 1 },
  });
  expect((await ask(2)).status).toBe(200);
  expect((await ask(3)).problem?.code).toBe('RATE_LIMITED');
  await town.standAt(instant('2026-11-20T11:00:00+01:00'));
  expect((await ask(4)).status).toBe(200);
  door.from(null);
});
