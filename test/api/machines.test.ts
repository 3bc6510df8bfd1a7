import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_SCOPE_NAMES, KEY_SCOPES } from '#domain/machine.ts';
import { good, openApi, procedures, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm } from '#test/support/municipality.ts';

const NOW = '2026-11-03T10:05:00+01:00';
const ADMIN = 'administrator-sof-stab';
const SCHOOL = 'skole-norrebro';

let api: TestApi;
beforeAll(async () => {
  api = await openApi(NOW);
});
afterAll(() => api.world.drop());

type Made = { id: string; expiresAt: string; secret: string | null };
const make = async (more: Record<string, unknown> = {}): Promise<Made & { secret: string }> => {
  const asked = { name: 'Skolens system', unit: SCHOOL, scopes: ['submit'], days: 30, ...more };
  const made = good<Made>(await api.as(ADMIN).call('machines.create', asked));
  if (made.secret === null) throw new Error('no secret');
  return { ...made, secret: made.secret };
};
const ask = (secret: string | null, procedure: string, input?: unknown) =>
  api.program(secret ?? '').call(procedure, input);
const NOTIFIER = { basis: 'professional', notifierCode: 2, name: 'Lærer', workEmail: 'laerer@skole.example' };

test('a program hands in for somebody who is named, and stands as who did it', async () => {
  const { id, secret } = await make();
  const sent = await sendForm(api.program(secret), makeForm({ notifier: NOTIFIER }));
  const stored = await api.db.notification.findUniqueOrThrow({ where: { id: sent.notificationId } });
  expect([stored.senderPersonId, stored.senderUnitId, stored.registeredById]).toEqual([null, SCHOOL, `machine:${id}`]);
  const { referralId } = sent;
  const [event] = await api.db.caseEvent.findMany({ where: { referralId }, orderBy: { seq: 'asc' } });
  expect(event?.actorId).toBe(`machine:${id}`);
  // The receipt goes to whom the form names, and not to the program.
  expect(
    await api.db.outboundMessage.count({ where: { template: 'receipt', notificationId: sent.notificationId } }),
  ).toBe(1);
  expect(await api.db.letter.count({ where: { notificationId: sent.notificationId } })).toBe(0);
});

test.each([
  ['notifier.workEmail', { ...NOTIFIER, workEmail: undefined }],
  ['notifier.basis', { ...NOTIFIER, basis: 'citizen', notifierCode: 13 }],
])('a form without %s as it must be is refused with the field’s name', async (path, notifier) => {
  const { secret } = await make();
  const { problem } = await ask(secret, 'notifications.submit', makeForm({ notifier }));
  expect(problem?.code).toBe('INVALID');
  expect(problem?.fields.map((field) => field.path)).toEqual([path]);
  expect(problem?.fields[0]?.da).toBeTruthy();
});

test('a key opens the acts of its scopes and nothing else, and knows nobody else’s', async () => {
  for (const scope of KEY_SCOPE_NAMES) {
    const { secret } = await make({ unit: scope === 'figures' ? 'bbu-norrebro' : SCHOOL, scopes: [scope] });
    const opened: readonly string[] = KEY_SCOPES[scope].actions;
    for (const [path, { _def }] of procedures) {
      if (path.startsWith('door.')) continue;
      const { status } = await ask(secret, path, {});
      const mine = opened.includes(_def.meta?.action ?? '');
      expect(status === 404, `${scope}: ${path} ${status}`).toBe(!mine);
    }
  }
});

test('its secret is shown once and stands nowhere; what is sent again tells it no more', async () => {
  const key = crypto.randomUUID();
  const asked = { name: 'Én gang', unit: SCHOOL, scopes: ['figures'], days: 1 };
  const first = good<Made>(await api.as(ADMIN).call('machines.create', asked, { key }));
  const again = good<Made>(await api.as(ADMIN).call('machines.create', asked, { key }));
  expect([again.id, again.secret]).toEqual([first.id, null]);
  const secret = first.secret ?? '';
  const list = await api.as(ADMIN).call('machines.list');
  expect(list.text).not.toContain(secret);
  const row = await api.db.machineKey.findUniqueOrThrow({ where: { id: first.id } });
  expect(JSON.stringify(row)).not.toContain(secret);
  expect((await api.db.idempotencyKey.findMany()).some(({ result }) => JSON.stringify(result).includes(secret))).toBe(
    false,
  );
});

test('rotated, both open for a week; ended or over, none does; last use is shown', async () => {
  const old = await make({ days: 100 });
  const next = good<Made>(await api.as(ADMIN).call('machines.rotate', { id: old.id, days: 100 }));
  const status = async (secret: string | null) => (await ask(secret, 'organisation.forForm')).status;
  expect([await status(old.secret), await status(next.secret)]).toEqual([200, 200]);
  expect((await api.as(ADMIN).call('machines.rotate', { id: old.id, days: 100 })).problem?.code).toBe(
    'ILLEGAL_TRANSITION',
  );
  const { keys } = good<{ keys: { id: string; lastUsedAt: string | null; followed: boolean }[] }>(
    await api.as(ADMIN).call('machines.list'),
  );
  expect(keys.find(({ id }) => id === old.id)).toMatchObject({
    followed: true,
    lastUsedAt: '2026-11-03T09:05:00.000Z',
  });

  api.clock.moveTo('2026-11-10T10:05:01+01:00');
  expect([await status(old.secret), await status(next.secret)]).toEqual([401, 200]);
  good(await api.as(ADMIN).call('machines.end', { id: next.id }));
  expect(await status(next.secret)).toBe(401);
  api.clock.moveTo(NOW);
  for (const wrong of ['x', old.secret.slice(1), `${old.secret}x`]) expect(await status(wrong)).toBe(401);
});

test('what is sent again after a rotation is the same, and is handed in once', async () => {
  const old = await make();
  const key = crypto.randomUUID();
  const form = makeForm({ notifier: NOTIFIER });
  const first = await api.program(old.secret).call('notifications.submit', form, { key });
  const next = good<Made>(await api.as(ADMIN).call('machines.rotate', { id: old.id, days: 30 }));
  const last = good<Made>(await api.as(ADMIN).call('machines.rotate', { id: next.id, days: 30 }));
  const before = await api.db.notification.count();
  for (const { secret } of [next, last, old]) {
    const again = await api.program(secret ?? '').call('notifications.submit', form, { key });
    expect(good(again)).toEqual(good(first));
  }
  expect(await api.db.notification.count()).toBe(before);
  const other = await api
    .program(last.secret ?? '')
    .call('notifications.submit', makeForm({ notifier: NOTIFIER, language: 'en' }), { key });
  expect(other.problem?.code).toBe('DUPLICATE');
  // Another program's request of the same name is its own.
  const stranger = await make();
  const theirs = good<{ notificationId: string }>(
    await api.program(stranger.secret).call('notifications.submit', form, { key }),
  );
  expect(theirs.notificationId).not.toBe(good<{ notificationId: string }>(first).notificationId);
});

test('of whom a program names nobody knows that they are a professional: somebody looks before they are told more', async () => {
  const { secret } = await make();
  const { referralId } = await sendForm(api.program(secret), makeForm({ notifier: NOTIFIER }));
  const known = { unit: null, disability: false, elsewhere: false };
  const by = api.as('caseworker-bbu-norrebro');
  const act = async (procedure: string, more: Record<string, unknown>) => {
    const { stateVersion } = await api.db.referral.findUniqueOrThrow({ where: { id: referralId } });
    good(await by.call(procedure, { id: referralId, stateVersion, ...more }));
  };
  const acts = async () => good<{ acts: string[] }>(await by.call('referrals.get', { id: referralId })).acts;
  await act('referrals.acknowledge', { known, need: null });
  const assessed = { acute: false, evidence: 'phone-call', occurredAt: NOW, reason: 'x' };
  await act('work.assess', assessed);
  await act('work.decide', { outcome: 'investigation', reason: 'x' });
  expect(await acts()).not.toContain('give-feedback');
  await act('work.checkBasis', { as: 'professional', reason: 'Ringet til skolen' });
  expect(await acts()).toContain('give-feedback');
});

test('nobody but administrators makes, lists, rotates or ends one', async () => {
  const { id } = await make();
  for (const person of ['intake-bbu-norrebro', 'institution-leader-skole-norrebro', 'director-sof']) {
    if (!(await api.db.person.findUnique({ where: { id: person } }))) continue;
    expect((await api.as(person).call('machines.list')).status).toBe(404);
    expect((await api.as(person).call('machines.end', { id })).status).toBe(404);
  }
});
