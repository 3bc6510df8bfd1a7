import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { approveWithheld, refuseWithheld } from '#usecases/answer-withholding.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { sendLetter } from '#usecases/send-letter.ts';
import { clearNotifier, suspectNotifier } from '#usecases/suspect-notifier.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';

const AT = '2026-11-03T10:05:00+01:00';
const SENDER = 'notifier-skole-norrebro';
const CASEWORKER = 'caseworker-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';

let town: TestMunicipality;
beforeAll(async () => {
  town = await makeMunicipality(AT);
});
afterAll(() => town.stop());

const ctx = (person: string) => town.ctxFor(person, AT);

/** Two children in one notification, the first of them with an investigation begun. */
const arrived = async () => {
  const child = { identity: 'unborn', address: { postalCode: '2200' } };
  const { referrals, notificationId } = await town.submit(SENDER, makeForm({ children: [child, child] }));
  const [id = '', sibling = ''] = referrals.map((one) => one.id);
  for (const one of [id, sibling]) {
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(ctx(CASEWORKER), { id: one, known, need: null });
    const seen = { acute: false, evidence: 'phone-call', occurredAt: instant(AT), reason: 'Kort' } as const;
    await assessReferral(ctx(CASEWORKER), { id: one, ...seen });
    await decideReferral(ctx(CASEWORKER), { id: one, outcome: 'investigation', reason: 'Kort' });
  }
  await town.settle();
  return { id, sibling, notificationId };
};
const preview = (id: string) => previewFeedback(ctx(CASEWORKER), { id, material: true, choices: ['call-me'] });
const viewOf = async (notificationId: string) =>
  (await listOwnNotifications(ctx(SENDER), undefined)).items.find((one) => one.notificationId === notificationId);

test('a suspect sees the same as before, and is told tier 0 even where the law would tell more', async () => {
  const { id, sibling, notificationId } = await arrived();
  const before = await viewOf(notificationId);
  expect((await preview(id)).tier).toBe(1);
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Barnet har sagt, at det er læreren.' });
  expect(await viewOf(notificationId)).toEqual(before);
  // Said of one child, it holds for the others of the same notification.
  for (const one of [id, sibling]) {
    const { tier, told, withheld } = await preview(one);
    expect(tier).toBe(0);
    expect(withheld).toEqual(told);
    expect(JSON.stringify(told)).not.toMatch(/undersøgelse|indsats|ikke fortælle mere|Ring til os/);
    const given = giveFeedback(ctx(CASEWORKER), {
      id: one,
      material: null,
      choices: [],
      channel: 'site',
      previewed: told,
    });
    await expect(given).rejects.toThrow('ILLEGAL_TRANSITION');
  }
});

test('the duty is closed by two people, and nothing shows it', async () => {
  const { id, notificationId } = await arrived();
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  const { feedbackId } = await withholdFeedback(ctx(CASEWORKER), { id, reason: 'Underretteren er mistænkt.' });
  await approveWithheld(ctx(LEADER), { id, feedbackId });
  const clocks = await town.deps.db.deadline.findMany({ where: { referralId: id, kind: 'feedback' } });
  expect(clocks.map(({ state }) => state)).toEqual(['met']);
  // That something stood there would tell that something was decided, whatever its words.
  expect((await viewOf(notificationId))?.answers).toEqual([]);
});

test('what was proposed before must be proposed anew, and no mail tells that something was decided', async () => {
  const { id, notificationId } = await arrived();
  const old = await withholdFeedback(ctx(CASEWORKER), { id, reason: 'Fare for barnet' });
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  await expect(approveWithheld(ctx(LEADER), { id, feedbackId: old.feedbackId })).rejects.toThrow('STALE');
  expect((await viewOf(notificationId))?.answers).toEqual([]);
  await refuseWithheld(ctx(LEADER), { id, feedbackId: old.feedbackId, reason: 'Foreslå det igen' });
  const { feedbackId } = await withholdFeedback(ctx(CASEWORKER), { id, reason: 'Mistænkt' });
  await approveWithheld(ctx(LEADER), { id, feedbackId });
  await town.settle();
  expect(await town.deps.db.outboundMessage.count({ where: { feedbackId } })).toBe(0);
});

test('what was given and had not arrived reaches a suspect no longer, and can be withheld', async () => {
  const { id, sibling, notificationId } = await arrived();
  const give = async (one: string) => {
    const { told } = await previewFeedback(ctx(CASEWORKER), { id: one, material: false, choices: [] });
    const how = { material: null, choices: [], channel: 'site', previewed: told } as const;
    return giveFeedback(ctx(CASEWORKER), { id: one, ...how });
  };
  await give(sibling);
  await town.settle();
  const before = (await viewOf(notificationId))?.answers;
  expect(before).toHaveLength(1);
  const { feedbackId } = await give(id);
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  await town.settle();
  const mails = await town.deps.db.outboundMessage.findMany({ where: { feedbackId } });
  expect(mails.map(({ state }) => state)).toEqual(['dropped']);
  expect((await viewOf(notificationId))?.answers).toEqual(before);
  const withheld = await withholdFeedback(ctx(CASEWORKER), { id, reason: 'Mistænkt' });
  await approveWithheld(ctx(LEADER), { id, feedbackId: withheld.feedbackId });
  const clocks = await town.deps.db.deadline.findMany({ where: { referralId: id, kind: 'feedback' } });
  expect(clocks.map(({ state }) => state)).toEqual(['met']);
});

test('a letter about feedback leaves the queue with its task, for every child of the notification', async () => {
  const { id, sibling } = await arrived();
  for (const one of [id, sibling]) {
    const { told } = await previewFeedback(ctx(CASEWORKER), { id: one, material: false, choices: [] });
    const how = { material: null, choices: [], channel: 'letter', previewed: told } as const;
    await giveFeedback(ctx(CASEWORKER), { id: one, ...how });
  }
  const where = { referralId: { in: [id, sibling] } };
  const [letter] = await town.deps.db.letter.findMany({ where });
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  // Even before the jobs have seen it.
  const posted = { id: letter?.id ?? '', way: 'posted', occurredAt: instant(AT), spokenTo: null } as const;
  await expect(sendLetter(ctx(CASEWORKER), posted)).rejects.toThrow('ILLEGAL_TRANSITION');
  await town.settle();
  const letters = await town.deps.db.letter.findMany({ where });
  expect(letters.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
  const tasks = await town.deps.db.task.findMany({ where: { letterId: { in: letters.map((one) => one.id) } } });
  expect(tasks.map(({ doneAt }) => doneAt === null)).toEqual(tasks.map(() => false));
  const feedbacks = await town.deps.db.feedback.findMany({ where });
  expect(feedbacks.map(({ state }) => state)).toEqual(['lifted', 'lifted']);
  // Cleared, they are owed what they never got.
  await clearNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  expect((await preview(id)).owed).toBe(true);
});

test('whoever is cleared is told as others are; twice is refused', async () => {
  const { id } = await arrived();
  await expect(clearNotifier(ctx(CASEWORKER), { id, reason: 'Kort' })).rejects.toThrow('ILLEGAL_TRANSITION');
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  await expect(suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' })).rejects.toThrow('ILLEGAL_TRANSITION');
  await clearNotifier(ctx(CASEWORKER), { id, reason: 'En anden har tilstået.' });
  expect((await preview(id)).tier).toBe(1);
});

test('neither the notifier nor another unit may say so, and no mail leaves', async () => {
  const { id } = await arrived();
  await town.settle();
  const mails = town.catcher.list().length;
  for (const person of [SENDER, 'caseworker-bbu-valby', 'area-manager-bbu']) {
    await expect(suspectNotifier(ctx(person), { id, reason: 'Kort' }), person).rejects.toThrow(
      /OUT_OF_SCOPE|NOT_FOUND/,
    );
  }
  await suspectNotifier(ctx(CASEWORKER), { id, reason: 'Kort' });
  await town.settle();
  expect(town.catcher.list()).toHaveLength(mails);
});
