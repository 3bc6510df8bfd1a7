import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorsOf } from '#test/support/disputes.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, referralState } from '#test/support/referral-state.ts';
import { approveWithheld } from '#usecases/answer-withholding.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = actorsOf(town);
});
afterAll(() => town.stop());

const CASEWORKER = 'caseworker-bbu-norrebro';
const decided = async (): Promise<string> => {
  const id = await people.taken(false);
  await decideReferral(await people.by(CASEWORKER), { id, outcome: 'preventive', reason: 'Kort' });
  return id;
};
const feedbackOf = (id: string) => town.deps.db.feedback.findFirstOrThrow({ where: { referralId: id } });
const noticesOf = async (id: string) =>
  (await town.mails()).filter(({ template, referralId }) => template === 'feedback' && referralId === id);

test('feedback is delivered when the mail server takes its notice, which meets the clock, once', async () => {
  const id = await decided();
  const { told } = await previewFeedback(await people.by(CASEWORKER), { id, material: false, choices: [] });
  const choice = { material: null, choices: [], channel: 'site', previewed: told } as const;
  await giveFeedback(await people.by(CASEWORKER), { id, ...choice });
  expect((await referralState(town.deps.db, id)).running).toHaveProperty('feedback');
  await town.settle();
  expect(await feedbackOf(id)).toMatchObject({ state: 'delivered' });
  expect((await referralState(town.deps.db, id)).ended).toContain('feedback met');
  expect((await journalKinds(town.deps.db, id)).filter((kind) => kind === 'feedback-delivered')).toHaveLength(1);
  expect(await noticesOf(id)).toHaveLength(1);
});

test('what is withheld is told by a notice too, and stays withheld', async () => {
  const id = await decided();
  const { feedbackId } = await withholdFeedback(await people.by(CASEWORKER), { id, reason: 'Fare for barnet' });
  await approveWithheld(await people.by('team-leader-bbu-norrebro'), { id, feedbackId });
  await town.settle();
  expect(await noticesOf(id)).toHaveLength(1);
  expect(await feedbackOf(id)).toMatchObject({ state: 'withheld', deliveredAt: null });
  expect(await journalKinds(town.deps.db, id)).not.toContain('feedback-delivered');
});

test('the notifier is told in the language that the notification was written in', async () => {
  const { referrals } = await town.submit('school-social-worker-skole-norrebro', makeForm({ language: 'en' }));
  const id = referrals[0]?.id ?? '';
  await people.take('intake-bbu-norrebro', id);
  const assessment = { acute: false, evidence: 'phone-call', reason: 'Kort' } as const;
  await assessReferral(await people.by(CASEWORKER), { id, ...assessment });
  await decideReferral(await people.by(CASEWORKER), { id, outcome: 'preventive', reason: 'Kort' });
  const { told } = await previewFeedback(await people.by(CASEWORKER), { id, material: false, choices: [] });
  await giveFeedback(await people.by(CASEWORKER), {
    id,
    material: null,
    choices: [],
    channel: 'site',
    previewed: told,
  });
  await town.settle();
  const notices = await town.deps.db.outboundMessage.findMany({ where: { referralId: id, template: 'feedback' } });
  expect(notices.map(({ language, state }) => [language, state])).toEqual([['en', 'sent']]);
  const staff = await town.deps.db.outboundMessage.findMany({
    where: { referralId: id, template: 'referral-received' },
  });
  expect(staff.map(({ language }) => language)).toEqual(['da']);
});
