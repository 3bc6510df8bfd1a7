import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question } from '#domain/questions.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { raced } from '#test/support/races.ts';
import { journalKinds, referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { CASEWORKER, SENDER, tellersOf } from '#test/support/telling.ts';
import { answerRequest } from '#usecases/answer-request.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { readCase } from '#usecases/read-case.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';
import { withdrawRequest } from '#usecases/withdraw-request.ts';

const RACES = times(6, 60);

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = tellersOf(town);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

const asking = async (id: string, questions: Question[] = ['ask-tried']) => {
  const { told } = await previewRequest(await people.by(CASEWORKER), { id, questions });
  return { id, questions, previewed: told };
};
const ask = async (id: string) => askForMore(await people.by(CASEWORKER), await asking(id));
const answer = async (requestId: string, personId = SENDER) =>
  answerRequest(await people.by(personId), { requestId, text: 'Vi har holdt tre møder' });
const withdraw = async (id: string, requestId: string) =>
  withdrawRequest(await people.by(CASEWORKER), { id, requestId, reason: 'Talt i telefon' });
const askedOf = async (id: string) => {
  const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  const { items } = await listOwnNotifications(await people.by(SENDER), undefined);
  return items.find((one) => one.notificationId === notificationId)?.requests ?? [];
};
const mailsOf = async (id: string) =>
  (await town.mails()).filter(({ template, referralId }) => template === 'request' && referralId === id);

test('asked, reminded, answered on the site: added to the notification, and the clock is met', async () => {
  const id = await people.taken(false);
  const { requestId } = await ask(id);
  await town.settle();
  expect(await mailsOf(id)).toMatchObject([{ to: SENDER, alarm: null }]);
  const [request, ...more] = await askedOf(id);
  expect(more).toEqual([]);
  expect(request).toMatchObject({ id: requestId, dueAt: '2026-11-10T22:59:59.000Z' });
  expect(request?.told.map(({ da }) => da)[1]).toBe('Skriv gerne, hvad I har forsøgt, og hvad det førte til.');

  await town.moveTo('2026-11-06T09:00:00+01:00');
  expect((await mailsOf(id)).map(({ alarm }) => alarm)).toEqual([null, 'request-for-more half']);

  await answer(requestId);
  await town.settle();
  expect(await askedOf(id)).toEqual([]);
  expect((await referralState(town.deps.db, id)).ended).toContain('request-for-more met');
  expect(await journalKinds(town.deps.db, id)).toEqual(
    expect.arrayContaining(['more-asked-for', 'notification-added-to', 'more-answered']),
  );
  const page = await readCase(await people.by(CASEWORKER), id);
  expect(page.additions.map(({ text }) => text)).toEqual(['Vi har holdt tre møder']);
  expect(page.requests).toMatchObject([{ state: 'answered' }]);
  const addition = (await town.mails()).filter((mail) => mail.referralId === id && mail.template === 'addition');
  expect(addition.map(({ to }) => to)).toEqual(['intake-bbu-norrebro']);
});

test('unanswered past its end, whoever asked is told, and the notifier is no longer', async () => {
  const id = await people.taken(false);
  await ask(id);
  await town.moveTo('2026-11-16T10:00:00+01:00');
  const alarms = (await town.mails()).filter(({ referralId, alarm }) => referralId === id && alarm !== null);
  const toNotifier = alarms.filter(({ to }) => to === SENDER).map(({ alarm }) => alarm);
  expect(toNotifier).toEqual(['request-for-more half', 'request-for-more last-day']);
  const end = alarms.filter(({ alarm }) => alarm === 'request-for-more end').map(({ to }) => to);
  expect(end).toContain('intake-bbu-norrebro');
  expect(end).toContain('team-leader-bbu-norrebro');
});

test('withdrawn, the notifier need not answer, and cannot any more', async () => {
  const id = await people.taken(false);
  const { requestId } = await ask(id);
  await withdraw(id, requestId);
  expect(await askedOf(id)).toEqual([]);
  await expect(answer(requestId)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  expect((await referralState(town.deps.db, id)).ended).toContain('request-for-more lapsed');
});

test('nobody else answers, and it is not there for them', async () => {
  const id = await people.taken(false);
  const { requestId } = await ask(id);
  for (const personId of ['notifier-skole-norrebro', 'notifier-skole-valby', CASEWORKER]) {
    await expect(answer(requestId, personId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await withdraw(id, requestId);
});

test(`asked twice at once, ${RACES} times: one request, one clock, one mail`, async () => {
  for (let n = 0; n < RACES; n += 1) {
    const id = await people.taken(false);
    const input = await asking(id);
    const once = async () => askForMore(await people.by(CASEWORKER), input);
    expect(await raced(n, once, once)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await town.deps.db.requestForMore.count({ where: { referralId: id } })).toBe(1);
    expect(await town.deps.db.outboundMessage.count({ where: { referralId: id, template: 'request' } })).toBe(1);
  }
});

test(`answered against withdrawn, ${RACES} times: one stands, and nothing of a refused answer is kept`, async () => {
  for (let n = 0; n < RACES; n += 1) {
    const id = await people.taken(false);
    const { requestId } = await ask(id);
    const refused = await raced(
      n,
      () => answer(requestId),
      () => withdraw(id, requestId),
    );
    expect(refused).toEqual(['ILLEGAL_TRANSITION']);
    const { state, additionId } = await town.deps.db.requestForMore.findUniqueOrThrow({ where: { id: requestId } });
    const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
    const additions = await town.deps.db.notificationAddition.findMany({
      where: { notificationId: notificationId ?? '' },
    });
    expect(additions.map((one) => one.id)).toEqual(state === 'answered' ? [additionId] : []);
  }
});
