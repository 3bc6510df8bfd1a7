import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { type Answer, good, openApi, procedures, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { found } from '#test/support/needles.ts';

/** A protected address stands in no answer but the one that is asked for by itself, by whoever must act. */
const SATURDAY = '2026-11-07T10:00:00+01:00';
const UNIT = 'bbu-vesterbro';
const OTHER = 'bbu-bispebjerg';
const SENDER = 'school-social-worker-skole-norrebro';
const NOBODYS = '01a00000-0000-7000-8000-000000000001';
const STREET = 'Skjulestien 7';
const FOR_ACTING = [`caseworker-${UNIT}`, `intake-${UNIT}`, `team-leader-${UNIT}`, 'duty-officer-dognvagten'];
const NOT_FOR_ACTING = ['area-manager-bbu', 'centre-director-bbu', 'director-sof-stab', `caseworker-${OTHER}`, SENDER];

let api: TestApi;
let id: string;
let openId: string;
let target: Target;
beforeAll(async () => {
  api = await openApi(SATURDAY);
  const sendOne = (protectedAddress: boolean) => {
    const address = { street: STREET, postalCode: '2450', city: 'København SV' };
    const child = { name: 'Barn', cpr: nextCpr(), address, protectedAddress };
    return sendForm(api.as(SENDER), makeForm({ children: [child] }));
  };
  const sent = await sendOne(true);
  id = sent.referralId;
  openId = (await sendOne(false)).referralId;
  const ids = ['draftId', 'letterId', 'taskId', 'changeId', 'endedId', 'requestId', 'matrixChangeId', 'unitChangeId'];
  const nobodys = Object.fromEntries(
    [...ids, 'personChangeId', 'destructionId', 'disputeId'].map((name) => [name, NOBODYS]),
  );
  const { notificationId, referrals } = sent;
  target = {
    ...nobodys,
    referralId: id,
    caseNumber: referrals[0]?.caseNumber ?? '',
    notificationId,
  } as unknown as Target;
});
afterAll(() => api.world.drop());

const call = (personId: string, procedure: string, input?: unknown): Promise<Answer> =>
  api.as(personId).call(procedure, input);
const queries = Object.keys(TRIALS).filter((name) => procedures.get(name.split(' ')[0] ?? '')?._def.type === 'query');
const telling = async (personId: string): Promise<string[]> => {
  const naming: string[] = [];
  for (const name of queries) {
    const { text } = await call(personId, name.split(' ')[0] ?? '', TRIALS[name]?.input?.(target));
    if (found(Buffer.from(text), [STREET]).length > 0) naming.push(name);
  }
  return naming;
};

test('the duty unit has the assessment task, its unit has the case', async () => {
  const row = await api.db.referral.findUniqueOrThrow({ where: { id } });
  expect([row.ownerUnitId, row.assessmentUnitId]).toEqual([UNIT, 'dognvagten']);
});

describe.each(FOR_ACTING)('%s', (personId) => {
  test('gets it when they ask for it, and that is a reading with a purpose of its own', async () => {
    const page = await call(personId, 'referrals.get', { id });
    const { child } = good<{ child: Record<string, unknown> }>(page);
    expect(child).toMatchObject({ protectedAddress: true, address: null, mayShowAddress: true });
    const count = () => api.db.readLog.count({ where: { personId, purpose: 'address', referralIds: { has: id } } });
    const before = await count();
    const shown = good<{ address: string }>(await call(personId, 'referrals.address', { id }));
    expect(shown.address).toBe(`${STREET}, 2450 København SV`);
    expect(await count()).toBe(before + 1);
  });

  test('finds it in no other answer', async () => {
    expect(await telling(personId)).toEqual(['referrals.address']);
  });
});

describe.each(NOT_FOR_ACTING)('%s', (personId) => {
  test('finds it in no answer, and what they may open of the case says that it is protected', async () => {
    expect(await telling(personId)).toEqual([]);
    const page = await call(personId, 'referrals.get', { id });
    if (page.status !== 200) return expect(page.status).toBe(404);
    const { child } = good<{ child: Record<string, unknown> }>(page);
    expect(child).toMatchObject({ protectedAddress: true, address: null, mayShowAddress: false });
  });
});

test('what a unit registered itself keeps it, too', async () => {
  const child = { name: 'Barn', cpr: nextCpr(), identity: 'known', protectedAddress: true };
  const address = { street: STREET, postalCode: '2450', city: 'København SV' };
  const inquiry = { child: { ...child, address }, need: null, acute: false, text: 'Hjælp hjemme' };
  const asked = good<{ id: string }>(await call(`caseworker-${UNIT}`, 'work.registerInquiry', inquiry));
  const page = await call(`caseworker-${UNIT}`, 'referrals.get', { id: asked.id });
  expect(good(page)).toMatchObject({ child: { protectedAddress: true, address: null, mayShowAddress: true } });
  expect(found(Buffer.from(page.text), [STREET])).toEqual([]);
  const shown = good<{ address: string }>(await call(`caseworker-${UNIT}`, 'referrals.address', { id: asked.id }));
  expect(shown.address).toContain(STREET);
});

test('an address that is not protected stands on the page', async () => {
  const { child } = good<{ child: Record<string, unknown> }>(
    await call(`caseworker-${UNIT}`, 'referrals.get', { id: openId }),
  );
  expect(child).toMatchObject({
    protectedAddress: false,
    address: `${STREET}, 2450 København SV`,
    mayShowAddress: false,
  });
});
