import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anonymous, citizen, DOCTOR, doorTo, professional } from '#test/support/door.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { readCase } from '#usecases/read-case.ts';
import { sealJournal } from '#usecases/seal-journal.ts';

const AT = '2026-11-03T10:05:20+01:00';

let town: TestMunicipality;
let door: ReturnType<typeof doorTo>;
beforeAll(async () => {
  town = await makeMunicipality(AT);
  door = doorTo(town);
});
afterAll(() => town.stop());

const { stringify } = JSON;
const sent = async () => town.deps.db.notification.count();
const form = (more: Record<string, unknown>) => makeForm(more);
const submit = (notification: unknown, confirmation: unknown, key?: string) =>
  door.call('door.submit', { notification, confirmation }, key);

/** From the arrival to a decision that is told on the site. */
const answer = async (referralId: string, outcome: 'investigation' | 'nothing' = 'investigation') => {
  const unit = (await town.deps.db.referral.findUniqueOrThrow({ where: { id: referralId } })).ownerUnitId;
  const by = async () => town.ctxFor(`caseworker-${unit}`, await town.deps.clock.now());
  const id = referralId;
  await acknowledgeReferral(await by(), { id, known: { unit: null, disability: false, elsewhere: false }, need: null });
  const now = await town.deps.clock.now();
  await assessReferral(await by(), { id, acute: false, evidence: 'phone-call', occurredAt: now, reason: 'Kort' });
  await decideReferral(await by(), { id, outcome, reason: 'Kort' });
  const basis = { id, as: 'professional', reason: 'Ringet til klinikken' } as const;
  await checkBasis(await by(), basis);
  const { told } = await previewFeedback(await by(), { id, material: false, choices: [] });
  await giveFeedback(await by(), { id, material: null, choices: [], channel: 'site', previewed: told });
  return told;
};
const latest = () => town.deps.db.referral.findFirstOrThrow({ orderBy: { id: 'desc' } });

describe('a professional from outside', () => {
  test('is stored only with a code that was mailed to the work address', async () => {
    const notification = form(professional());
    const none = await submit(notification, null);
    expect(none.problem).toMatchObject({ code: 'INVALID', fields: [{ path: 'confirmation', code: 'required' }] });
    const { id, code } = await door.confirm(DOCTOR);
    expect(code).toMatch(/^\d{6}$/);
    const wrong = await submit(notification, { id, code: code === '000000' ? '000001' : '000000' });
    expect(wrong.problem?.fields).toMatchObject([{ path: 'code', code: 'code-wrong' }]);
    expect(await sent()).toBe(0);
    const good = await submit(notification, { id, code });
    expect(good.data).toEqual({ receivedAt: '2026-11-03T09:05:20.000Z', mailed: true });
    const again = await submit(form(professional()), { id, code });
    expect(again.problem?.fields).toMatchObject([{ path: 'code', code: 'code-over' }]);
    expect(await sent()).toBe(1);
    const row = await town.deps.db.notification.findFirstOrThrow();
    expect(row).toMatchObject({ channel: 'form', basis: 'professional', senderPersonId: null, registeredById: null });
    const [first] = await town.deps.db.caseEvent.findMany({ where: { kind: 'notification-received' } });
    expect(first).toMatchObject({ actorId: null, actorUnitId: null, actorRole: 'outside: professional' });
  });

  test('gets the receipt by itself, and beside it the link, which shows their view once', async () => {
    const token = await door.tokenIn(DOCTOR);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(town.catcher.list().some(({ subject }) => subject.startsWith('Kvittering'))).toBe(true);
    const early = await door.call('door.openLink', {
      token,
      confirmation: { id: crypto.randomUUID(), code: '123456' },
    });
    expect(early.problem?.fields).toMatchObject([{ code: 'code-over' }]);
    const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
    const confirmation = { id: (data as { codeId: string }).codeId, code: await door.codeIn(DOCTOR) };
    const opened = await door.call('door.openLink', { token, confirmation });
    expect(opened.data).toMatchObject({
      basis: 'professional',
      department: { da: 'Socialforvaltningen' },
      receipt: { state: 'delivered' },
      answers: [],
    });
    expect(opened.text).not.toMatch(/Barn|Nørrebro|bbu|Lise/);
    const twice = await door.call('door.openLink', { token, confirmation });
    expect(twice.problem).toMatchObject({ code: 'NOT_FOUND' });
    expect(stringify(twice.problem)).toBe(
      stringify((await door.call('door.openLink', { token: 'x'.repeat(43), confirmation })).problem),
    );
  });

  test('reads the lawful feedback by a link of its own, with a code to the same address', async () => {
    const dead = await door.tokenIn(DOCTOR);
    const told = await answer((await latest()).id);
    const token = await door.tokenIn(DOCTOR);
    expect(token).not.toBe(dead);
    const mail = await door.lastMail(DOCTOR);
    expect(mail.subject).toBe('Der er et svar til dig fra kommunen');
    expect(mail.text).not.toMatch(/undersøgelse|Log ind/);
    const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
    const confirmation = { id: (data as { codeId: string }).codeId, code: await door.codeIn(DOCTOR) };
    const opened = await door.call('door.openLink', { token, confirmation });
    expect((opened.data as { answers: { told: unknown }[] }).answers.map((one) => one.told)).toEqual([told]);
  });

  test('gets a new link by a dead one, and links die with time', async () => {
    const dead = await door.tokenIn(DOCTOR);
    expect((await door.call('door.renewLink', { token: dead })).data).toEqual({});
    const token = await door.tokenIn(DOCTOR);
    expect(token).not.toBe(dead);
    await town.moveTo('2026-11-18T10:05:20+01:00');
    const late = await door.call('door.requestLinkCode', { token, language: 'da' });
    expect(late.problem?.code).toBe('NOT_FOUND');
    const count = town.catcher.list().length;
    expect((await door.call('door.renewLink', { token: 'x'.repeat(43) })).data).toEqual({});
    await town.settle();
    expect(town.catcher.list()).toHaveLength(count);
  });
});

describe('a code', () => {
  const other = 'politi@kreds.example';
  test('dies after five tries, also the right one then', async () => {
    const { id, code } = await door.confirm(other);
    for (const digit of [1, 2, 3, 4, 5]) {
      const guess = code === `00000${digit}` ? '999999' : `00000${digit}`;
      expect((await submit(form(professional(other)), { id, code: guess })).problem?.code).toBe('INVALID');
    }
    const late = await submit(form(professional(other)), { id, code });
    expect(late.problem?.fields).toMatchObject([{ code: 'code-over' }]);
  });

  test('dies after ten minutes', async () => {
    const { id, code } = await door.confirm(other);
    const now = await town.deps.clock.now();
    await town.moveTo(now.add({ minutes: 10 }));
    expect((await submit(form(professional(other)), { id, code })).problem?.fields).toMatchObject([
      { code: 'code-over' },
    ]);
  });

  test('confirms no other address than the one that it was mailed to', async () => {
    const { id, code } = await door.confirm(other);
    const taken = await submit(form(professional('en.anden@kreds.example')), { id, code });
    expect(taken.problem?.fields).toMatchObject([{ code: 'code-over' }]);
    expect((await submit(form(professional(other.toUpperCase())), { id, code })).status).toBe(200);
  });

  test('stands nowhere, and neither does the address once it is used', async () => {
    const { id, code } = await door.confirm('hospital@region.example');
    const before = await town.deps.db.doorCode.findUniqueOrThrow({ where: { id } });
    expect(before.sealed).not.toBeNull();
    expect(Buffer.from(before.codeHash).toString()).not.toContain(code);
    await submit(form(professional('hospital@region.example')), { id, code });
    expect(await town.deps.db.doorCode.findUniqueOrThrow({ where: { id } })).toMatchObject({ sealed: null });
    expect(await town.deps.db.sealedKey.findUnique({ where: { recordId: id } })).toBeNull();
  });

  const asked = () => door.call('door.requestCode', { email: 'ofte@region.example', language: 'da' });
  test('is mailed to one address five times an hour for one visitor', async () => {
    door.from('198.51.100.1');
    for (let time = 1; time <= 5; time++) expect((await asked()).status).toBe(200);
    expect((await asked()).problem?.code).toBe('RATE_LIMITED');
    await town.moveTo((await town.deps.clock.now()).add({ hours: 1 }));
    expect((await asked()).status).toBe(200);
  });

  test('is not kept from its owner by strangers, however many ask; nor does the one that was sent die of it', async () => {
    door.from('203.0.113.1');
    const sentTo = await door.confirm('ofte@region.example');
    for (let visitor = 1; visitor <= 8; visitor++) {
      door.from(`198.51.100.${visitor}`);
      for (let time = 1; time <= 6; time++) await asked();
    }
    expect((await asked()).problem?.code).toBe('RATE_LIMITED');
    door.from('203.0.113.2');
    expect((await asked()).status).toBe(200);
    expect((await asked()).problem?.code).toBe('RATE_LIMITED');
    expect((await submit(form(professional('ofte@region.example')), sentTo)).status).toBe(200);
    door.from(null);
  });
});

describe('citizens', () => {
  test('may leave no address, and then get no receipt', async () => {
    const before = town.catcher.list().length;
    expect((await submit(form(citizen()), null)).data).toMatchObject({ mailed: false });
    const { notificationId } = await latest();
    const receipt = await town.deps.db.receipt.findUniqueOrThrow({ where: { notificationId: notificationId ?? '' } });
    expect(receipt.state).toBe('not-owed');
    await town.settle();
    expect(
      town.catcher
        .list()
        .slice(before)
        .filter(({ to }) => to.includes('nabo@privat.example')),
    ).toEqual([]);
  });

  test('confirm the address that they give, and see tier 0 and nothing of a decision', async () => {
    const to = 'nabo@privat.example';
    expect((await submit(form(citizen({ workEmail: to })), null)).problem?.code).toBe('INVALID');
    expect((await submit(form(citizen({ workEmail: to })), await door.confirm(to))).status).toBe(200);
    const token = await door.tokenIn(to);
    const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
    const confirmation = { id: (data as { codeId: string }).codeId, code: await door.codeIn(to) };
    const opened = await door.call('door.openLink', { token, confirmation });
    expect(opened.data).toMatchObject({ feedback: null, answers: [], receipt: { state: 'delivered' } });
  });

  test('the child itself and another municipality have their own numbers', async () => {
    const child = { notifier: { basis: 'citizen', notifierCode: 12, name: 'Sofie' }, parentsInformed: undefined };
    expect((await submit(form(child), null)).status).toBe(200);
    const to = 'familie@nabokommune.example';
    const other = { notifier: { basis: 'municipality', notifierCode: 1, name: 'Sagsbehandler', workEmail: to } };
    expect((await submit(form({ ...other, parentsInformed: undefined }), await door.confirm(to))).status).toBe(200);
    const wrong = { notifier: { ...other.notifier, notifierCode: 4 }, parentsInformed: undefined };
    const refused = await submit(form(wrong), await door.confirm(to));
    expect(refused.problem?.fields).toMatchObject([{ path: 'notifier.notifierCode', code: 'not-at-door' }]);
  });

  test('nobody is anonymous at the one door and named at the other', async () => {
    expect((await submit(form(anonymous()), null)).problem?.code).toBe('NOT_FOUND');
    const named = await door.call('door.submitAnonymously', { notification: form(citizen()) });
    expect(named.problem?.code).toBe('NOT_FOUND');
  });
});

test('whoever looks at an anonymous one, or acts on it, before it is known by an instant leaves no minute', async () => {
  const now = await town.deps.clock.now();
  const HOUR = 3_600_000;
  const begun = Math.floor(now.epochMilliseconds / HOUR) * HOUR;
  expect(now.epochMilliseconds).toBeGreaterThan(begun);
  const { status } = await door.call('door.submitAnonymously', { notification: form(anonymous()) });
  expect(status).toBe(200);
  const { id, ownerUnitId, registeredAt } = await town.deps.db.referral.findFirstOrThrow({
    where: { notification: { basis: 'anonymous' } },
  });
  expect(registeredAt.getTime()).toBe(begun + HOUR);
  await readCase(town.ctxFor(`caseworker-${ownerUnitId}`, now), id);
  const read = await town.deps.db.readLog.findFirstOrThrow({ where: { referralIds: { has: id } } });
  expect(read.at).toEqual(registeredAt);
  expect(Number.parseInt(read.id.replace('-', '').slice(0, 12), 16)).toBe(begun);
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(town.ctxFor(`caseworker-${ownerUnitId}`, now, { body: id }), { id, known, need: null });
  // What the form itself was sent under is as coarse as everybody's.
  const { notificationId } = await latest();
  const ofForm = { result: { path: ['notificationId'], equals: notificationId ?? '' } };
  const sentUnder = await town.deps.db.idempotencyKey.findMany({ where: ofForm });
  expect(sentUnder.map(({ createdAt }) => createdAt.getTime())).toEqual([begun]);
  const keys = await town.deps.db.idempotencyKey.findMany({ where: { result: { path: ['id'], equals: id } } });
  expect(keys.map(({ createdAt }) => createdAt.getTime())).toEqual([begun]);
  // A seal that came within ten seconds would tell the minute, by whatever else it is over.
  const sealed = async (at: typeof now) => {
    await sealJournal(town.systemCtx(at));
    const { sealSeq } = await town.deps.db.readLog.findUniqueOrThrow({ where: { id: read.id } });
    return { heads: await town.deps.db.sealedHead.count({ where: { referralId: id } }), read: sealSeq !== null };
  };
  expect(await sealed(now)).toEqual({ heads: 0, read: false });
  expect(await sealed(now.add({ hours: 1 }))).toEqual({ heads: 1, read: true });
  const seals = await town.deps.db.journalSeal.findMany();
  expect(new Set(seals.map(({ at }) => at.getTime() % HOUR))).toEqual(new Set([0]));
});

test('the same key and body are sent once; another body is refused', async () => {
  const key = crypto.randomUUID();
  const input = form(citizen());
  const before = await sent();
  const first = await submit(input, null, key);
  expect((await submit(input, null, key)).text).toBe(first.text);
  const changed = await submit(form(citizen()), null, key);
  expect(changed.problem).toMatchObject({
    code: 'DUPLICATE',
    reason: { da: expect.stringContaining('allerede modtaget') },
  });
  expect(await sent()).toBe(before + 1);
});

test('an answer that was lost: the same notification with another code is not sent again', async () => {
  const [key, to] = [crypto.randomUUID(), 'sygehus@region.example'];
  const input = form(professional(to));
  const before = await sent();
  const first = await submit(input, await door.confirm(to), key);
  expect(first.status).toBe(200);
  const again = await submit(input, await door.confirm(to), key);
  expect([again.status, again.text]).toEqual([200, first.text]);
  expect(await sent()).toBe(before + 1);
});

test('a link whose notification could not be read was not opened: it opens afterwards', async () => {
  const to = 'sent@region.example';
  await submit(form(professional(to)), await door.confirm(to));
  const token = await door.tokenIn(to);
  const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
  const confirmation = { id: (data as { codeId: string }).codeId, code: await door.codeIn(to) };
  const open = () => door.call('door.openLink', { token, confirmation });
  const { db } = town.deps;
  const opened = await db.outbox.count({ where: { name: 'notification.opened' } });
  await db.$executeRaw`alter table feedback rename to feedback_away`;
  const failed = await open();
  await db.$executeRaw`alter table feedback_away rename to feedback`;
  expect(failed.status).toBe(500);
  expect(await db.outbox.count({ where: { name: 'notification.opened' } })).toBe(opened);
  expect((await open()).status).toBe(200);
});

test('one network address sends twenty an hour, shared by all processes', async () => {
  door.from('192.0.2.7');
  for (let time = 1; time <= 20; time++) expect((await submit(form(citizen()), null)).status).toBe(200);
  const elsewhere = doorTo(town);
  elsewhere.from('192.0.2.7');
  const more = await elsewhere.call('door.submit', { notification: form(citizen()), confirmation: null });
  expect(more.problem?.code).toBe('RATE_LIMITED');
  door.from('192.0.2.8');
  expect((await submit(form(citizen()), null)).status).toBe(200);
});
