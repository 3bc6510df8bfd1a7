import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readPrecedents } from '#usecases/read-precedents.ts';
import { readUnwritten, searchPrecedents } from '#usecases/search-precedents.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { writePrecedent } from '#usecases/write-precedent.ts';

const AT = '2026-11-10T10:00:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
const [COORDINATOR, OTHER] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const ANY = { words: null, need: null, age: null, unit: null, basis: null };

let world: TestWorld;
const by = (person: string, at = AT) => world.ctxFor(person, at);

/** Offered to Valby, which says no; with `accepts` it thinks better of it, and the dispute has ended. */
const dispute = async ({ accepts }: { accepts: boolean }) => {
  const { referrals } = await submitNotification(by(SENDER), {
    children: [{ name: 'Alma Kirkeby', cpr: nextCpr(), address: { postalCode: '2200' } }],
    family: { parents: [{ name: 'Sidsel Vangsø' }], siblings: [{ name: 'Storm' }] },
    notifier: { basis: 'professional', notifierCode: 2, name: 'Bodil Ravn' },
    concern: { narrative: 'Bekymring' },
    parentsInformed: { informed: true },
  });
  const id = referrals[0]?.id ?? expect.fail();
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(by('caseworker-bbu-norrebro'), { id, known, need: null });
  await proposeHandover(by('caseworker-bbu-norrebro'), { id, to: 'bbu-valby', reason: 'Flyttet' });
  const why = { instead: 'bbu-norrebro', basis: 'barnets lov § 9', reason: 'Bor ikke her' };
  await declineHandover(by('caseworker-bbu-valby'), { id, ...why });
  if (accepts) await acceptHandover(by('caseworker-bbu-valby'), { id });
  return { id, disputeId: (await world.deps.db.dispute.findFirstOrThrow({ where: { referralId: id } })).id };
};

const told = (more: Record<string, unknown> = {}) => ({
  need: null,
  needText: 'Flytning midt i en undersøgelse',
  ages: { from: 6, to: 17 },
  units: ['bbu-norrebro', 'bbu-valby'],
  outcome: 'bbu-valby',
  basis: 'barnets lov § 9',
  reason: 'Opholdskommunen følger barnets adresse, også inden for kommunen.',
  ...more,
});
const write = (
  disputeId: string,
  more: Record<string, unknown> = {},
  stateVersion: number | null = null,
  who = COORDINATOR,
) => writePrecedent(by(who), { disputeId, stateVersion, precedent: told(more) });

beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
});
afterAll(() => world.drop());

describe('writing what a dispute came to', () => {
  test('BUF-SOF coordinators, of an ended dispute; nobody else, and of no open one', async () => {
    const { disputeId } = await dispute({ accepts: true });
    const open = await dispute({ accepts: false });
    expect((await readUnwritten(by(OTHER))).map((one) => one.disputeId)).toContain(disputeId);
    await expect(write(open.disputeId)).rejects.toThrow('NOT_FOUND');
    for (const person of ['caseworker-bbu-valby', 'team-leader-bbu-norrebro', 'administrator-sof-stab', SENDER]) {
      await expect(write(disputeId, {}, null, person)).rejects.toThrow('OUT_OF_SCOPE');
    }
    const { id } = await write(disputeId);
    expect((await readUnwritten(by(OTHER))).map((one) => one.disputeId)).not.toContain(disputeId);
    const events = await world.deps.db.setupEvent.findMany({ where: { kind: 'precedent-written' } });
    expect(events.map(({ personId, data }) => [personId, data])).toEqual([[COORDINATOR, { precedent: id }]]);
  });

  test.each([
    ['the child', 'Alma blev flyttet', 'names-somebody'],
    ['a parent, in the genitive', 'Vangsøs adresse', 'names-somebody'],
    ['a sibling', 'som for storm', 'names-somebody'],
    ['whoever notified', 'ifølge Ravn', 'names-somebody'],
    ['a phone number', 'ring 11 22 33 44', 'looks-like-phone'],
    ['a mail address', 'valby@kommune.dk', 'looks-like-mail'],
  ])('is refused when it names %s', async (_who, reason, code) => {
    const { disputeId } = await dispute({ accepts: true });
    const refused = await write(disputeId, { reason }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID', fields: [{ path: 'reason', code }] });
    expect(await world.deps.db.precedent.count({ where: { disputeId } })).toBe(0);
  });

  test('what should not have stood in it stands nowhere, once it has been written anew', async () => {
    const { id, disputeId } = await dispute({ accepts: true });
    await write(disputeId, { reason: 'For meget sagt' });
    await expect(write(disputeId)).rejects.toThrow('STALE');
    await write(disputeId, { reason: 'Kort sagt' }, 0, OTHER);
    await expect(write(disputeId, {}, 0)).rejects.toThrow('STALE');
    const shown = await readPrecedents(by('caseworker-bbu-norrebro'), id);
    expect(shown).toMatchObject({
      view: 'ended',
      told: { reason: 'Kort sagt', stateVersion: 1 },
      begin: null,
      asRow: null,
    });
    const everything = await world.deps.db.$queryRaw<{ text: string }[]>`
      select p::text as text from precedent p union all select e::text from setup_event e`;
    expect(JSON.stringify(everything)).not.toContain('For meget sagt');
  });

  test('two write at once, over and over: one does it', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { disputeId } = await dispute({ accepts: true });
      const outcomes = await Promise.allSettled([write(disputeId), write(disputeId, {}, null, OTHER)]);
      const lost = outcomes.filter(({ status }) => status === 'rejected');
      expect(lost).toMatchObject([{ reason: { code: 'STALE' } }]);
      expect(await world.deps.db.precedent.count({ where: { disputeId } })).toBe(1);
    }
  });
});

describe('finding it again', () => {
  beforeAll(async () => {
    const school = await dispute({ accepts: true });
    await write(school.disputeId, {
      need: 'school-place',
      needText: 'Skoleplads efter lang indlæggelse',
      ages: { from: 6, to: 10 },
      units: ['bch-modtagelsen', 'buf-modtagelse'],
      outcome: 'buf-modtagelse',
      basis: 'folkeskoleloven § 22',
      reason: 'Undervisningen er skolens, også mens barnet er indlagt; 100 % af tiden.',
    });
  });
  const found = async (search: Partial<typeof ANY | Record<keyof typeof ANY, unknown>>) => {
    const { items } = await searchPrecedents(by('caseworker-bbu-bhv'), { ...ANY, ...(search as typeof ANY) });
    return items.map(({ needText }) => needText);
  };
  const SCHOOL = ['Skoleplads efter lang indlæggelse'];

  test.each([
    ['the need', { need: 'school-place' }],
    ['the age', { age: 7, need: 'school-place' }],
    ['a party', { unit: 'bch-modtagelsen' }],
    ['the unit that it came to', { unit: 'buf-modtagelse' }],
    ['the law', { basis: 'folkeskoleloven' }],
    ['a word in another form', { words: 'indlæggelser' }],
    ['a part of a word', { words: 'skolepl' }],
    ['what has a meaning to the database', { words: '100 %' }],
  ])('by %s', async (_by, search) => expect(await found(search)).toEqual(SCHOOL));

  test.each([
    ['an age outside', { need: 'school-place', age: 12 }],
    ['another unit', { unit: 'bbu-bhv' }],
    ['a word that is not there', { words: 'svømmehal' }],
    ['signs that mean anything to the database', { basis: '%_%' }],
  ])('nothing by %s', async (_by, search) => expect(await found(search)).toEqual([]));

  test('those who only write notifications never read them', async () => {
    await expect(searchPrecedents(by(SENDER), ANY)).rejects.toThrow('OUT_OF_SCOPE');
  });
});

describe('a dispute that is like an earlier one', () => {
  test('shows it to its sides and to nobody else, with why it is like it', async () => {
    const { id } = await dispute({ accepts: false });
    const shown = await readPrecedents(by('caseworker-bbu-valby'), id);
    if (shown.view !== 'open') return expect.fail('it is open');
    expect(shown.closest.length).toBeGreaterThan(0);
    expect(shown.closest.length).toBeLessThanOrEqual(3);
    expect(shown.closest[0]?.like).toEqual({
      need: false,
      age: true,
      units: ['Børnefamilieenhed Nørrebro', 'Børnefamilieenhed Valby'],
      basis: true,
    });
    expect(shown.row).toMatchObject({ id: 'worry', unit: { id: 'bbu' }, decidedHere: false });
    await expect(readPrecedents(by('caseworker-bbu-bhv'), id)).rejects.toThrow('NOT_FOUND');
    await expect(readPrecedents(by(SENDER), id)).rejects.toThrow('OUT_OF_SCOPE');
  });
});
