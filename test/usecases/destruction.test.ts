import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { destructionsOf } from '#test/support/destructions.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { attachToNotification } from '#usecases/attach-to-notification.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { readCase } from '#usecases/read-case.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { searchReferrals } from '#usecases/search-referrals.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [SENDER, LEADER, HANDLER] = [
  'school-social-worker-skole-norrebro',
  'team-leader-bbu-norrebro',
  'intake-bbu-norrebro',
];
const SENT = '2026-11-03T10:00:00+01:00';
const CLOSED = '2026-11-03T15:00:00+01:00';
const LATER = '2032-11-26T10:00:00+01:00';
const BEFORE = '2027-01-01';
const SECRET = 'Skydestrupvej';

let town: TestMunicipality;
const [shared, alone, going] = [nextCpr(), nextCpr(), nextCpr()];
let [first, sibling, goesOn, lonely, mended] = ['', '', '', '', ''];

const send = async (cprs: readonly string[], name: string): Promise<string[]> => {
  const children = cprs.map((cpr) => ({ name, cpr, address: { street: SECRET, postalCode: '2200' } }));
  const narrative = `${SECRET} og det, der skete`;
  const sent = await town.submit(SENDER, makeForm({ children, concern: { narrative } }));
  await town.settle();
  return sent.referrals.map(({ id }) => id);
};
const close = (id: string) => markReferralInError(town.ctxFor(LEADER, CLOSED), { id, reason: `${SECRET}, dobbelt` });

beforeAll(async () => {
  town = await makeMunicipality(SENT);
  [first = '', sibling = ''] = await send([shared, nextCpr()], 'Søskende');
  [goesOn = ''] = await send([going], 'Går videre');
  const [closed = ''] = await send([going], 'Går videre');
  [lonely = ''] = await send([alone], 'Alene');
  [mended = ''] = await send([nextCpr()], 'Genåbnes');
  const by = (body: string) => town.ctxFor(HANDLER, SENT, { body });
  await addEvidence(by('e'), { id: lonely, kind: 'phone-call', occurredAt: instant(SENT), text: SECRET });
  const pdf = Buffer.from(`%PDF-1.7\n${SECRET}`);
  await addAttachment(by('f'), { id: lonely, name: `${SECRET}.pdf` }, [pdf] as never);
  const { notificationId: both } = await town.deps.db.referral.findUniqueOrThrow({ where: { id: first } });
  await attachToNotification(town.ctxFor(SENDER, SENT, { body: 'g' }), { id: both ?? '', name: 'Brev.pdf' }, [
    Buffer.from('%PDF-1.7\nbegge'),
  ] as never);
  const { notificationId = '' } = await town.deps.db.referral.findUniqueOrThrow({ where: { id: lonely } });
  await addToNotification(town.ctxFor(SENDER, SENT, { body: 'a' }), {
    notificationId: notificationId ?? '',
    text: SECRET,
  });
  for (const id of [first, sibling, closed, lonely, mended]) await close(id);
  // What is still to be mailed keeps a record.
  await town.settle();
});
afterAll(() => town.stop());

const { exported, propose, shown, confirm } = destructionsOf(() => town, LATER, BEFORE);
const refused = async (work: Promise<unknown>): Promise<string> => {
  const error = (await work.catch((thrown: unknown) => thrown)) as { fields?: { path: string; code: string }[] };
  return `${error.fields?.[0]?.path} ${error.fields?.[0]?.code}`;
};

describe('proposed', () => {
  test('not with a day, an approval or an export that will not do, each refused by its field', async () => {
    const { covers } = await exported();
    expect(await refused(propose(covers, { closedBefore: '2027-11-27' }))).toBe('change.closedBefore kept-longer');
    expect(await refused(propose(covers, { closedBefore: '2026-11-03' }))).toBe('change.closedBefore no-records');
    expect(await refused(propose(covers, { approvedOn: '2032-11-27' }))).toBe('change.approvedOn future');
    expect(await refused(propose(covers, { reference: ' ' }))).toBe('change.reference required');
    expect(await refused(propose('ab'))).toBe('change.covers export-digest');
    expect(await refused(propose('0'.repeat(64)))).toBe('change.covers not-exported');
  });

  test('the export holds everything that was written, and of what goes on nothing', async () => {
    const { cases, files, lines, contents } = await exported();
    expect([cases, files]).toEqual([4, 2]);
    expect(lines.map((line) => line.case.id).toSorted()).toEqual([first, sibling, lonely, mended].toSorted());
    const line = JSON.stringify(lines.find((one) => one.case.id === lonely));
    for (const said of ['"narrative":', 'phone-call', 'dobbelt', alone, `${SECRET}.pdf`]) expect(line).toContain(said);
    expect(line.split(SECRET).length).toBeGreaterThan(6);
    expect(Object.values(contents).map(String).toSorted()).toEqual(
      [`%PDF-1.7\n${SECRET}`, '%PDF-1.7\nbegge'].toSorted(),
    );
    // What lies beside a notification with two children is written once, and stands once in the line of each.
    const listed = lines.filter(({ case: { id } }) => id === first || id === sibling).map((one) => one.files.length);
    expect(listed).toEqual([1, 1]);
  });

  test('a line more in one of the journals, and it is not what was exported', async () => {
    const { covers } = await exported();
    const { id } = await propose(covers);
    await reopenReferral(town.ctxFor(LEADER, LATER, { body: 'r' }), { id: mended, reason: 'Mere' });
    const now = await shown(id);
    expect(now.dryRun).toBeNull();
    expect(now.problem?.en).toContain('Export them again');
    await expect(confirm(id, 'bent')).rejects.toThrow(/INVALID|STALE/);
    expect(await town.deps.db.referral.count({ where: { destroyedAt: { not: null } } })).toBe(0);
  });
});

describe('confirmed', () => {
  test('by somebody else only, once, and then nobody finds or opens anything of it', async () => {
    const { db } = town.deps;
    const sender = town.ctxFor(SENDER, LATER);
    const own = async () => (await listOwnNotifications(sender, undefined)).items.length;
    const before = await own();
    const { covers } = await exported();
    const { id } = await propose(covers);
    await expect(confirm(id, 'anna')).rejects.toThrow('ILLEGAL_TRANSITION');
    const { dryRun } = await shown(id);
    expect(dryRun?.destruction).toMatchObject({ children: 3, notifications: 2, files: 2 });
    const answers = await Promise.allSettled([confirm(id, 'bent'), confirm(id, 'bent')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);

    for (const gone of [first, sibling, lonely]) {
      await expect(readCase(town.ctxFor(LEADER, LATER), gone)).rejects.toThrow('NOT_FOUND');
      await expect(
        reopenReferral(town.ctxFor(LEADER, LATER, { body: gone }), { id: gone, reason: 'Mere' }),
      ).rejects.toThrow('NOT_FOUND');
    }
    expect((await readCase(town.ctxFor(LEADER, LATER), goesOn)).id).toBe(goesOn);
    expect(await own()).toBe(before - 2);
    const rows = await db.referral.findMany({ where: { destroyedAt: { not: null } } });
    const ids = rows.flatMap((row) => [row.id, row.childId, row.notificationId ?? '']);
    expect(await db.sealedKey.count({ where: { recordId: { in: ids } } })).toBe(0);
    expect(await db.sealedKey.count({ where: { recordKind: { in: ['attachment', 'addition'] } } })).toBe(0);
    expect(await db.attachmentPart.count()).toBe(0);
    expect(await db.child.count({ where: { id: { in: ids }, cprIndex: { not: null } } })).toBe(0);
    expect(await verifyJournal(town.systemCtx(LATER))).toMatchObject({ intact: true });
    const found = await searchReferrals(town.ctxFor(LEADER, LATER), alone);
    expect(JSON.stringify(found)).not.toContain(lonely);
  });

  test('the child who comes again is a new one', async () => {
    const [again = ''] = await send([alone], 'Alene igen');
    const row = await town.deps.db.referral.findUniqueOrThrow({ where: { id: again } });
    const old = await town.deps.db.referral.findUniqueOrThrow({ where: { id: lonely } });
    expect(row.childId).not.toBe(old.childId);
    const page = await readCase(town.ctxFor(LEADER, LATER), again);
    expect(page.earlier).toEqual([]);
  });

  test('there is nothing to export a second time', async () => {
    await expect(exported()).rejects.toThrow('INVALID');
  });
});
