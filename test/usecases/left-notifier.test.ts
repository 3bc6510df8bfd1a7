import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '#domain/time.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { CASEWORKER, SENDER, tellersOf } from '#test/support/telling.ts';
import { ctxNow } from '#test/support/unit-changes.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { answerRequest } from '#usecases/answer-request.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { printProof } from '#usecases/print-proof.ts';
import { startMeasure } from '#usecases/start-measure.ts';

/* Whoever leads the institution takes the place of a notifier who has left, with what that role may know. */
const HEAD = 'institution-leader-skole-norrebro';
const ELSEWHERE = 'institution-leader-skole-valby';
const LEFT_ON = '2026-11-04';
const AFTER = `${LEFT_ON}T10:00:00+01:00`;

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
let told: string;
let owed: string;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = tellersOf(town);
  told = await people.decided();
  await startMeasure(await people.by(CASEWORKER), {
    ...{ id: told, type: 'family-treatment', plannedMonths: 6, reason: 'Kort' },
  });
  const by = await people.by(CASEWORKER);
  const seen = await previewFeedback(by, { id: told, material: true, choices: [] });
  expect(seen.recipient).toBe(await titleOf(SENDER));
  const how = { choices: [], channel: 'site', previewed: seen.told } as const;
  await giveFeedback(await people.by(CASEWORKER), { id: told, material: 'Passer barnet i klassen', ...how });
  owed = await people.decided('investigation');
  await town.settle();
  await town.deps.db.person.update({ where: { id: SENDER }, data: { validUntil: new Date(LEFT_ON) } });
  await town.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
  await town.standAt(AFTER);
});
afterAll(() => town.stop());

const titleOf = async (id: string) => (await town.deps.db.person.findUniqueOrThrow({ where: { id } })).title;
const as = async (personId: string, at: string | Instant = AFTER) => ctxNow(town, personId, String(at));
const mineOf = async (personId: string) => (await listOwnNotifications(await as(personId), undefined)).items;
const itemOf = async (personId: string, referralId: string) => {
  const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id: referralId } });
  return (await mineOf(personId)).find((item) => item.notificationId === notificationId);
};
const addressesOf = async (template: string) => {
  const rows = await town.deps.db.outboundMessage.findMany({ where: { template, toPersonId: SENDER } });
  const sent = new Set(rows.map(({ id }) => `<${id}@localhost>`));
  return town.catcher.list().flatMap(({ messageId, to }) => (sent.has(messageId ?? '') ? [to].flat() : []));
};

test('the leader sees what the one who left sent, in whose place, and nobody elsewhere does', async () => {
  const item = await itemOf(HEAD, owed);
  expect(item).toMatchObject({ inPlaceOf: await titleOf(SENDER), receipt: { state: 'delivered' } });
  expect(await itemOf(ELSEWHERE, owed)).toBeUndefined();
});

test('what mattered to the own work of the one who left stays theirs', async () => {
  expect((await itemOf(HEAD, told))?.answers).toEqual([]);
});

test('the preview names the leader; the notice goes to them, and the words stand in their list', async () => {
  const by = await as(CASEWORKER);
  const seen = await previewFeedback(by, { id: owed, material: false, choices: [] });
  expect(seen.recipient).toBe(await titleOf(HEAD));
  const how = { choices: [], channel: 'site', previewed: seen.told } as const;
  await giveFeedback(await as(CASEWORKER), { id: owed, material: null, ...how });
  await town.settle();
  const { email } = await town.deps.db.person.findUniqueOrThrow({ where: { id: HEAD } });
  const { email: old } = await town.deps.db.person.findUniqueOrThrow({ where: { id: SENDER } });
  expect(await addressesOf('feedback')).toEqual([old, email]);
  const words = (await itemOf(HEAD, owed))?.answers.map((one) => one.told.map(({ da }) => da).join(' '));
  expect(words).toEqual([expect.stringContaining('børnefaglig undersøgelse')]);
  expect((await people.statesOf(owed)).at(-1)).toBe('delivered');
});

test('the leader is asked and answers, and adds; the proof of what was written is not theirs', async () => {
  const questions = ['ask-words'] as const;
  const seen = await previewRequest(await as(CASEWORKER), { id: owed, questions: [...questions] });
  expect(seen.recipient).toBe(await titleOf(HEAD));
  await askForMore(await as(CASEWORKER), { id: owed, questions: [...questions], previewed: [...seen.told] });
  const item = (await itemOf(HEAD, owed)) ?? expect.fail();
  const requestId = item.requests[0]?.id ?? expect.fail('nothing is asked');
  await expect(answerRequest(await as(ELSEWHERE), { requestId, text: 'x' })).rejects.toThrow('NOT_FOUND');
  await answerRequest(await as(HEAD), { requestId, text: 'Hun er bange' });
  await addToNotification(await as(HEAD), { notificationId: item.notificationId, text: 'Mere' });
  const { notificationId } = item;
  await expect(printProof(await as(HEAD), { notificationId, language: 'da' })).rejects.toThrow('OUT_OF_SCOPE');
});

test('where nobody leads the institution it becomes a letter, which a person has', async () => {
  await town.deps.db.roleAssignment.deleteMany({ where: { personId: HEAD, role: 'institution-leader' } });
  await town.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
  await startMeasure(await as(CASEWORKER), { id: owed, type: 'respite', plannedMonths: 3, reason: 'Kort' });
  const seen = await previewFeedback(await as(CASEWORKER), { id: owed, material: false, choices: [] });
  expect(seen.recipient).toBeNull();
  const how = { choices: [], channel: 'site', previewed: seen.told } as const;
  await giveFeedback(await as(CASEWORKER), { id: owed, material: null, ...how });
  await town.settle();
  const letter = await town.deps.db.letter.findFirstOrThrow({ where: { referralId: owed, state: 'open' } });
  expect(await town.deps.db.task.count({ where: { letterId: letter.id, doneAt: null } })).toBe(1);
  expect(await mineOf('notifier-skole-norrebro')).toEqual([]);
});
