import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { CASEWORKER, LEADER, SENDER } from '#test/support/telling.ts';
import { beginHearing } from '#usecases/hear-parties.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { leaveParentsUntold, noteParents } from '#usecases/note-parents.ts';
import { previewLink } from '#usecases/preview-link.ts';
import { readCase } from '#usecases/read-case.ts';
import { holdParents, releaseParents } from '#usecases/release-parents.ts';

const AT = '2026-11-03T10:05:00+01:00';

let town: TestMunicipality;
beforeAll(async () => {
  town = await makeMunicipality(AT);
});
afterAll(() => town.stop());

const by = (person: string) => actorsOf(town).by(person);
const arrived = async (form: Record<string, unknown> = {}) => {
  const { referrals } = await town.submit(SENDER, makeForm(form));
  const id = referrals[0]?.id ?? '';
  await actorsOf(town).take(CASEWORKER, id);
  return id;
};
const child = (cpr: string) => ({ children: [{ name: 'Barn', cpr, address: { postalCode: '2200' } }] });
const note = async (id: string, what: 'told' | 'heard' = 'told', person = CASEWORKER) =>
  noteParents(await by(person), { id, what, how: 'visit', occurredAt: instant(AT), whom: 'Mor', text: 'Talt med mor' });
const release = async (id: string, person = LEADER) =>
  releaseParents(await by(person), { id, whom: 'Mor', reason: 'Mor er ikke mistænkt' });
const shown = async (id: string) => readCase(await by(CASEWORKER), id);

// First, while it is the only case that time passes for.
test('partshøring is a clock with alarms like others, in what comes next, and met by hearing them', async () => {
  const id = await actorsOf(town).taken(false);
  await town.settle();
  await beginHearing(await by(CASEWORKER), { id, reason: 'Oplysningerne i sagen' });
  const { next, clocks } = await shown(id);
  const alarms = next.filter(({ what }) => what.da === 'Partshøring');
  expect(alarms.map(({ kind }) => kind)).toContain('alarm');
  expect(alarms.flatMap(({ to }) => to.map(({ title }) => title)).join()).toContain('Modtagelsen');
  expect(clocks.find(({ kind }) => kind === 'partshoring')?.acts).toContain('pause-clock');
  await town.moveTo('2026-11-16T08:30:00+01:00');
  const alarmed = (await town.mails())
    .filter((mail) => mail.referralId === id && mail.alarm?.startsWith('partshoring'))
    .map(({ at, to, alarm }) => `${at} ${to} ${alarm}`);
  // Both at the opening after the weekend: those of one instant leave side by side, in whatever order.
  expect(alarmed.sort()).toEqual([
    '2026-11-16T08:00:00+01:00 intake-bbu-norrebro partshoring early',
    '2026-11-16T08:00:00+01:00 intake-bbu-norrebro partshoring last-workday',
  ]);
  await note(id, 'heard');
  expect((await referralState(town.deps.db, id)).ended).toContain('partshoring met');
});

test('told by whom, when and how: it stands on the case, by the person who did it', async () => {
  const id = await arrived();
  await note(id);
  const { timeline, parentsHold, acts } = await shown(id);
  expect(parentsHold).toEqual([]);
  expect(acts).toEqual(expect.arrayContaining(['note-parents', 'begin-hearing', 'hold-parents']));
  // The receipt arrives beside it, whenever the jobs come to it.
  const toldOf = timeline.find(({ kind }) => kind === 'parents-told');
  expect(toldOf).toMatchObject({
    at: '2026-11-03T09:05:00.000Z',
    detail: { da: 'Besøg', en: 'Visit' },
    text: 'Talt med mor',
    whom: 'Mor',
  });
  expect(toldOf?.actor).toContain('Nørrebro');
  await leaveParentsUntold(await by(CASEWORKER), { id, why: 'police', reason: 'Efter aftale' });
  expect((await shown(id)).timeline.find(({ kind }) => kind === 'parents-left-untold')).toMatchObject({
    detail: { da: 'Politiets efterforskning' },
    text: 'Efter aftale',
  });
});

test.each([
  ['violence', { violence: { suspected: true, whom: 'Far' } }],
  ['honour', { honour: { suspected: true } }],
])('a suspicion of %s holds everything until a leader, who is named, releases it', async (_, form) => {
  const id = await arrived(form);
  const before = await shown(id);
  expect(before.parentsHold).toHaveLength(1);
  expect(before.acts).toContain('leave-parents-untold');
  expect(before.acts).not.toContain('note-parents');
  await expect(note(id)).rejects.toThrow('ILLEGAL_TRANSITION');
  await expect(beginHearing(await by(CASEWORKER), { id, reason: 'x' })).rejects.toThrow('ILLEGAL_TRANSITION');
  await expect(release(id, CASEWORKER)).rejects.toThrow('OUT_OF_SCOPE');
  await release(id);
  await note(id);
  const after = await shown(id);
  expect(after.parentsHold).toEqual([]);
  expect(after.timeline.find(({ kind }) => kind === 'parents-released')?.actor).toContain('Afdelingsleder');
});

test('a suspicion in another case of the child, or one that comes later, holds it again', async () => {
  const cpr = nextCpr();
  const id = await arrived(child(cpr));
  await note(id);
  const other = await arrived({ ...child(cpr), violence: { suspected: true } });
  await expect(note(id)).rejects.toThrow('ILLEGAL_TRANSITION');
  await release(other);
  await note(id);
  await holdParents(await by(CASEWORKER), { id: other, reason: 'Barnet har fortalt mere' });
  expect((await shown(id)).parentsHold.map(({ en }) => en)).toEqual(['A member of staff has said so.']);
  await town.standAt('2026-11-16T08:31:00+01:00');
  await release(id);
  await note(other);
});

test('a release frees from what it weighed: what another record brings when they are merged holds again', async () => {
  const [cpr, other] = [nextCpr(), nextCpr()];
  const violent = await arrived({ ...child(other), violence: { suspected: true } });
  const id = await arrived(child(cpr));
  await holdParents(await by(CASEWORKER), { id, reason: 'Uklart, hvem der har gjort det' });
  await town.standAt('2026-11-16T08:40:00+01:00');
  await release(id);
  expect((await shown(id)).parentsHold).toEqual([]);
  const { caseNumber } = await town.deps.db.referral.findUniqueOrThrow({ where: { id: violent } });
  const dry = await previewLink(await by(LEADER), { id, other: caseNumber });
  await mergeChildren(await by(LEADER), { id, other: dry.other, from: dry.from, into: dry.into, reason: 'Samme barn' });
  expect((await shown(id)).parentsHold.map(({ en }) => en)).toEqual(['Violence or abuse is suspected.']);
  await expect(note(id)).rejects.toThrow('ILLEGAL_TRANSITION');
  await release(id);
  await note(id);
});

test('another unit releases for itself: whom it covers stands in the case of whoever released it', async () => {
  const cpr = nextCpr();
  const id = await arrived({ ...child(cpr), honour: { suspected: true } });
  const { referrals } = await town.submit(
    SENDER,
    makeForm({ children: [{ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2500' } }] }),
  );
  const elsewhere = referrals[0]?.id ?? '';
  await actorsOf(town).take('intake-bbu-valby', elsewhere);
  const { caseNumber } = await town.deps.db.referral.findUniqueOrThrow({ where: { id: elsewhere } });
  const dry = await previewLink(await by(LEADER), { id, other: caseNumber });
  await mergeChildren(await by(LEADER), { id, other: dry.other, from: dry.from, into: dry.into, reason: 'Samme barn' });
  await release(id);
  await note(id);
  await expect(note(elsewhere, 'told', 'caseworker-bbu-valby')).rejects.toThrow('ILLEGAL_TRANSITION');
  await release(elsewhere, 'team-leader-bbu-valby');
  await note(elsewhere, 'told', 'caseworker-bbu-valby');
});

test('no other unit, no notifier; nothing that is done about the parents sends anything', async () => {
  const id = await arrived();
  await town.settle();
  const mails = town.catcher.list().length;
  for (const person of [SENDER, 'caseworker-bbu-valby', 'area-manager-bbu']) {
    await expect(note(id, 'told', person), person).rejects.toThrow(/OUT_OF_SCOPE|NOT_FOUND/);
  }
  await note(id);
  await holdParents(await by(CASEWORKER), { id, reason: 'x' });
  await release(id);
  await beginHearing(await by(CASEWORKER), { id, reason: 'x' });
  await note(id, 'heard');
  await town.settle();
  expect(town.catcher.list()).toHaveLength(mails);
});
