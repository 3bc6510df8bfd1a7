import { afterAll, beforeAll, expect, test } from 'vitest';
import { citizen, doorTo, professional } from '#test/support/door.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { CASEWORKER, tellersOf } from '#test/support/telling.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { readCase } from '#usecases/read-case.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
let door: ReturnType<typeof doorTo>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:05:00+01:00');
  people = tellersOf(town);
  door = doorTo(town);
});
afterAll(() => town.stop());

const by = () => people.by(CASEWORKER);
/** Two children, of which both have been decided on. */
const decided = async (who: Record<string, unknown>, email: string | null) => {
  const child = { identity: 'unborn', address: { postalCode: '2200' } };
  const notification = makeForm({ children: [child, child], ...who });
  const confirmation = email ? await door.confirm(email) : null;
  const { status } = await door.call('door.submit', { notification, confirmation });
  expect(status).toBe(200);
  const { id } = await town.deps.db.notification.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const referrals = await town.deps.db.referral.findMany({
    where: { notificationId: id },
    orderBy: { childPosition: 'asc' },
  });
  for (const one of referrals) {
    await people.take(CASEWORKER, one.id);
    const now = await town.deps.clock.now();
    await assessReferral(await by(), {
      id: one.id,
      acute: false,
      evidence: 'phone-call',
      occurredAt: now,
      reason: 'x',
    });
    await decideReferral(await by(), { id: one.id, outcome: 'investigation', reason: 'x' });
  }
  return referrals.map((one) => one.id) as [string, string];
};
const check = async (id: string, as: 'professional' | 'citizen') =>
  checkBasis(await by(), { id, as, reason: 'Ringet til klinikken' });
const give = async (id: string) => giveFeedback(await by(), await people.giving(await by(), id));
const runs = async (id: string) => 'feedback' in (await referralState(town.deps.db, id)).running;

test('whoever says that they are a professional is told nothing before somebody has looked', async () => {
  const [id, sibling] = await decided(professional('a@klinik.example'), 'a@klinik.example');
  const { acts } = await readCase(await by(), id);
  expect(acts).toContain('check-basis');
  expect(acts).not.toContain('give-feedback');
  await expect(give(id)).rejects.toThrow('ILLEGAL_TRANSITION');
  await check(id, 'professional');
  await give(id);
  // Said of one child, it holds for the others.
  expect((await readCase(await by(), sibling)).acts).toContain('give-feedback');
  await give(sibling);
});

test('a professional who turns out to be a citizen is owed nothing more, and nothing under way reaches them', async () => {
  const [id, sibling] = await decided(professional('b@klinik.example'), 'b@klinik.example');
  await check(id, 'professional');
  await door.holdingMail('b@klinik.example', async () => {
    await give(id);
    await withholdFeedback(await by(), { id: sibling, reason: 'Fare' });
    await check(id, 'citizen');
  });
  for (const one of [id, sibling]) {
    expect(await runs(one)).toBe(false);
    expect(await people.statesOf(one)).toEqual(['lifted']);
    await expect(give(one)).rejects.toThrow('ILLEGAL_TRANSITION');
  }
  const token = await door.tokenIn('b@klinik.example');
  const { data } = await door.call('door.requestLinkCode', { token, language: 'da' });
  const confirmation = { id: (data as { codeId: string }).codeId, code: await door.codeIn('b@klinik.example') };
  const opened = await door.call('door.openLink', { token, confirmation });
  expect(opened.data).toMatchObject({ basis: 'citizen', feedback: null, answers: [] });
});

test('a citizen who turns out to be a professional is owed feedback on each decision, from now', async () => {
  const [id, sibling] = await decided(citizen(), null);
  expect(await runs(id)).toBe(false);
  await check(id, 'professional');
  await town.settle();
  for (const one of [id, sibling]) expect(await runs(one)).toBe(true);
  await give(sibling);
  expect(await people.statesOf(sibling)).toEqual(['given']);
});

test('what staff are is known, and an anonymous one is nobody', async () => {
  const id = await people.taken(false);
  await expect(check(id, 'citizen')).rejects.toThrow('ILLEGAL_TRANSITION');
  expect((await readCase(await by(), id)).acts).not.toContain('check-basis');
});
