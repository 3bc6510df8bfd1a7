import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DomainError } from '#domain/errors.ts';
import { type Children, makeChildren } from '#test/support/children.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { correctChild } from '#usecases/correct-child.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { previewLink } from '#usecases/preview-link.ts';
import { readCase } from '#usecases/read-case.ts';
import { searchReferrals } from '#usecases/search-referrals.ts';
import { undoLink } from '#usecases/undo-link.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [UNIT, OTHER] = ['bbu-norrebro', 'bbu-valby'] as const;
const [LEADER, ELSEWHERE] = [`team-leader-${UNIT}`, `team-leader-${OTHER}`];

let town: Children;
beforeAll(async () => {
  town = await makeChildren();
});
afterAll(async () => {
  expect(await verifyJournal(town.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.world.drop();
});

const undo = (id: string, linkId: string, by = LEADER) => undoLink(town.as(by), { id, linkId, reason: 'Ikke samme' });
const codeOf = (error: unknown): string => (error as DomainError).code;

/** What no merging may change: documents, additions, records, and which record each referral stands at. */
const documents = async () => {
  const byId = { orderBy: { id: 'asc' } } as const;
  const referrals = await town.db.referral.findMany(byId);
  return {
    notifications: await town.db.notification.findMany(byId),
    additions: await town.db.notificationAddition.findMany(byId),
    children: await town.db.child.findMany(byId),
    standing: referrals.map(({ id, childId, ownerUnitId, status }) => ({ id, childId, ownerUnitId, status })),
  };
};
const journal = () => town.db.caseEvent.findMany({ orderBy: [{ referralId: 'asc' }, { seq: 'asc' }] });

describe('merging and undoing', () => {
  test('random sequences: every document byte for byte as it was, journals only longer, histories as a model says', async () => {
    const shape = fc.record({
      acts: fc.array(fc.record({ undo: fc.boolean(), one: fc.nat(), two: fc.nat() }), { minLength: 4, maxLength: 10 }),
      known: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ acts, known }) => {
        const ids: string[] = [];
        for (const [n, cpr] of known.entries()) {
          ids.push((await town.notify([cpr ? nextCpr() : null], n % 2 === 0 ? UNIT : OTHER)).id);
        }
        const [before, events] = [await documents(), await journal()];
        const leaderOf = (at: number) => (at % 2 === 0 ? LEADER : ELSEWHERE);
        const links: { linkId: string; one: number; two: number }[] = [];
        const sameAs = (at: number): number[] => {
          const found = new Set([at]);
          for (let grew = true; grew; ) {
            const next = links.filter(({ one, two }) => found.has(one) !== found.has(two));
            for (const { one, two } of next) found.add(one).add(two);
            grew = next.length > 0;
          }
          return [...found].sort();
        };
        for (const act of acts) {
          const [one, two] = [act.one % ids.length, act.two % ids.length];
          if (act.undo && links.length > 0) {
            const [link] = links.splice(act.one % links.length, 1);
            if (link) await undo(ids[link.one] ?? '', link.linkId, leaderOf(link.one));
          } else if (!sameAs(one).includes(two)) {
            const { linkId } = await town.merge(ids[one] ?? '', ids[two] ?? '', leaderOf(one));
            links.push({ linkId, one, two });
          }
          const { earlier } = await readCase(town.as(leaderOf(one)), ids[one] ?? '');
          expect(earlier).toHaveLength(sameAs(one).length - 1);
        }
        for (const [at, id] of ids.entries()) {
          expect((await readCase(town.as(leaderOf(at)), id)).earlier).toHaveLength(sameAs(at).length - 1);
        }
        await town.review();
        expect(await documents()).toEqual(before);
        const after = new Map((await journal()).map((event) => [`${event.referralId} ${event.seq}`, event]));
        for (const event of events) expect(after.get(`${event.referralId} ${event.seq}`)).toEqual(event);
        for (const { linkId, one } of links) await undo(ids[one] ?? '', linkId, leaderOf(one));
        for (const [at, id] of ids.entries()) {
          expect((await readCase(town.as(leaderOf(at)), id)).earlier).toEqual([]);
        }
        expect(await documents()).toEqual(before);
      }),
      { numRuns: times(3, 60) },
    );
  });

  test('undoing a link takes nothing from one that was made through it later', async () => {
    const [a, b, c] = [await town.notify([null]), await town.notify([null]), await town.notify([null])];
    const { linkId } = await town.merge(a.id, b.id, LEADER);
    await town.merge(b.id, c.id, LEADER);
    await undo(a.id, linkId);
    const earlier = async (id: string) => (await readCase(town.as(LEADER), id)).earlier.map((one) => one.own?.id);
    expect([await earlier(a.id), await earlier(b.id), await earlier(c.id)]).toEqual([[], [c.id], [b.id]]);
  });

  test('an unknown child becomes the known one, with its name and CPR, but not its address', async () => {
    const cpr = nextCpr();
    const known = await town.notify([cpr], OTHER);
    const { id } = await town.notify([null]);
    const asked = { id, other: cpr };
    const dry = await previewLink(town.as(LEADER), asked);
    expect(dry).toMatchObject({ same: false, twoNumbers: false, otherIdentity: 'known' });
    // The other unit's referral: that it exists, when it came and where, and nothing else.
    const theirs = dry.referrals.filter(({ own }) => own === null);
    expect(theirs).toEqual([
      { unit: expect.stringContaining('Valby'), phone: expect.any(String), receivedAt: expect.any(String), own: null },
    ]);
    const { child: before } = await readCase(town.as(LEADER), id);
    const { linkId } = await town.merge(id, known.id, LEADER);
    const { child, earlier, links } = await readCase(town.as(LEADER), id);
    expect(child).toMatchObject({ cpr, identity: 'known', name: 'Barn' });
    expect(JSON.stringify(earlier)).not.toContain(known.id);
    expect(links).toMatchObject([{ id: linkId, kind: 'same' }]);
    expect((await searchReferrals(town.as(LEADER), cpr)).map((one) => one.id)).toEqual([id]);
    // A known child stays on its own page what its own unit knows of it.
    expect((await readCase(town.as(ELSEWHERE), known.id)).child).toMatchObject({ cpr });
    await undo(id, linkId);
    expect((await readCase(town.as(LEADER), id)).child).toEqual(before);
    expect(await searchReferrals(town.as(LEADER), cpr)).toEqual([]);
  });

  test('a new notification on a merged child reaches the unit that has its case, and stands at its own CPR', async () => {
    const [cpr, other] = [nextCpr(), nextCpr()];
    const first = await town.notify([cpr], OTHER);
    await town.take(first.id, `caseworker-${OTHER}`);
    const second = await town.notify([other], UNIT);
    await town.merge(second.id, first.id, LEADER);
    const third = await town.notify([other], UNIT);
    expect(await referralState(town.db, third.id)).toMatchObject({ responsible: OTHER });
    const [a, b] = await Promise.all(
      [second.id, third.id].map((id) => town.db.referral.findUniqueOrThrow({ where: { id } })),
    );
    expect(a?.childId).toBe(b?.childId);
  });

  test('the same two merged at once, and a chain at once: one link each, nobody twice', async () => {
    for (let round = 0; round < times(5, 50); round++) {
      const [a, b, c] = [await town.notify([null]), await town.notify([null]), await town.notify([null])];
      const outcomes = await Promise.allSettled([
        town.merge(a.id, b.id, LEADER),
        town.merge(b.id, a.id, LEADER),
        town.merge(b.id, c.id, LEADER),
      ]);
      for (const one of outcomes) {
        if (one.status === 'rejected') expect(['STALE', 'ILLEGAL_TRANSITION']).toContain(codeOf(one.reason));
      }
      const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
      const live = await town.db.childLink.findMany({ where: { referralId: { in: [a.id, b.id, c.id] } } });
      expect(live).toHaveLength(made);
      expect(new Set(live.map(({ fromChildId }) => fromChildId)).size).toBe(made);
      const { earlier } = await readCase(town.as(LEADER), b.id);
      expect(earlier).toHaveLength(made);
    }
  });

  test('undone at once by both units: once; and a dry run that is out of date merges nothing', async () => {
    const [a, b] = [await town.notify([null]), await town.notify([nextCpr()], OTHER)];
    const dry = await previewLink(town.as(LEADER), { id: a.id, other: await town.caseNumber(b.id) });
    const { linkId } = await town.merge(a.id, b.id, LEADER);
    const again = { id: a.id, other: dry.other, from: dry.from, into: dry.into, reason: 'Igen' };
    await expect(mergeChildren(town.as(LEADER), again)).rejects.toThrow('ILLEGAL_TRANSITION');
    const outcomes = await Promise.allSettled([undo(a.id, linkId), undo(b.id, linkId, ELSEWHERE)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const c = await town.notify([nextCpr()]);
    await town.merge(a.id, c.id, LEADER);
    await expect(mergeChildren(town.as(LEADER), again).then(() => 'merged', codeOf)).resolves.toBe('STALE');
  });

  test('every open referral of either is told once, also of other units', async () => {
    const [a, b] = [await town.notify([null]), await town.notify([nextCpr()], OTHER)];
    await town.merge(a.id, b.id, LEADER);
    await town.review();
    for (const id of [a.id, b.id]) {
      expect((await journalKinds(town.db, id)).filter((kind) => kind === 'children-merged')).toHaveLength(1);
    }
    const where = { referralId: b.id, template: 'family-news' };
    expect(await town.db.outboundMessage.count({ where })).toBe(1);
  });

  test('the database refuses to rewrite, delete or undo twice what was merged', async () => {
    const [a, b] = [await town.notify([null]), await town.notify([null])];
    const { linkId } = await town.merge(a.id, b.id, LEADER);
    const where = { id: linkId };
    await expect(town.db.childLink.update({ where, data: { madeBy: 'another' } })).rejects.toThrow('only ever undone');
    await expect(town.db.childLink.delete({ where })).rejects.toThrow('append-only');
    await undo(a.id, linkId);
    const twice = { undoneBy: 'another' };
    await expect(town.db.childLink.update({ where, data: twice })).rejects.toThrow('only ever undone');
  });
});

describe('siblings', () => {
  test('of one notification, at two units: each knows that the other exists, and hears that something was added', async () => {
    const cprs = [nextCpr(), nextCpr()];
    const known = await town.notify([cprs[1] ?? null], OTHER);
    await town.take(known.id, `caseworker-${OTHER}`);
    const { ids, notificationId } = await town.notify(cprs);
    const [here = '', there = ''] = ids;
    expect(await referralState(town.db, there)).toMatchObject({ responsible: OTHER });
    const { siblings } = await readCase(town.as(LEADER), here);
    expect(siblings).toHaveLength(2);
    expect(siblings.every(({ own, phone, unit }) => own === null && phone !== '' && unit.includes('Valby'))).toBe(true);
    await addToNotification(town.as(LEADER), { notificationId, text: 'Kun dette' });
    expect(await journalKinds(town.db, there)).not.toContain('notification-added-to');
    await town.review();
    expect(await journalKinds(town.db, there)).toContain('notification-added-to');
    expect(await town.db.outboundMessage.count({ where: { referralId: there, template: 'addition' } })).toBe(1);
  });

  test('linked by an act: both sides know, additions are told without their content, and it can be undone', async () => {
    const [a, b] = [await town.notify([nextCpr()]), await town.notify([nextCpr()], OTHER)];
    const { other } = await previewLink(town.as(LEADER), { id: a.id, other: await town.caseNumber(b.id) });
    const link = { id: a.id, sibling: other, reason: 'Samme mor' };
    const { linkId } = await linkSibling(town.as(LEADER), link);
    await expect(linkSibling(town.as(LEADER), link)).rejects.toThrow('ILLEGAL_TRANSITION');
    await addToNotification(town.as(LEADER), { notificationId: a.notificationId, text: 'Fortroligt' });
    await town.review();
    const shown = await readCase(town.as(ELSEWHERE), b.id);
    expect(shown.siblings).toMatchObject([{ own: null }]);
    expect(shown.earlier).toEqual([]);
    expect(JSON.stringify(shown)).not.toContain('Fortroligt');
    expect(await journalKinds(town.db, b.id)).toEqual(expect.arrayContaining(['sibling-linked', 'sibling-added-to']));
    await undo(b.id, linkId, ELSEWHERE);
    expect((await readCase(town.as(LEADER), a.id)).siblings).toEqual([]);
  });
});

describe('correcting which child it is', () => {
  test('a slip in the CPR hit another child: the referral goes to the right one, the rest stays', async () => {
    const [wrong, right] = [nextCpr(), nextCpr()];
    const strangers = await town.notify([wrong], OTHER);
    const slip = await town.notify([wrong]);
    expect((await readCase(town.as(ELSEWHERE), strangers.id)).earlier).toHaveLength(1);
    const sent = await town.db.notification.findUniqueOrThrow({ where: { id: slip.notificationId } });
    const before = await referralState(town.db, slip.id);
    const correction = { id: slip.id, cpr: right, name: 'Rette Barn', reason: 'Tastefejl', routeAgain: false };
    await correctChild(town.as(LEADER), correction);
    const { child, timeline } = await readCase(town.as(LEADER), slip.id);
    expect(child).toMatchObject({ cpr: right, name: 'Rette Barn' });
    expect(timeline[0]).toMatchObject({ kind: 'child-corrected', text: 'Tastefejl' });
    expect((await readCase(town.as(ELSEWHERE), strangers.id)).earlier).toEqual([]);
    expect(await referralState(town.db, slip.id)).toEqual(before);
    expect(await town.db.notification.findUniqueOrThrow({ where: { id: slip.notificationId } })).toEqual(sent);
    await expect(correctChild(town.as(LEADER), correction)).rejects.toThrow('ILLEGAL_TRANSITION');
  });

  test('to nobody known, and by two at once to the same new number', async () => {
    const wrong = nextCpr();
    const [one, two] = [await town.notify([wrong]), await town.notify([wrong])];
    await correctChild(town.as(LEADER), { id: one.id, cpr: null, name: 'Ukendt', reason: 'Slip', routeAgain: false });
    expect((await readCase(town.as(LEADER), one.id)).child).toMatchObject({ identity: 'unknown', cpr: null });
    const right = { cpr: nextCpr(), name: 'Barn', reason: 'Slip', routeAgain: false };
    const outcomes = await Promise.allSettled(
      [one.id, two.id].map((id) => correctChild(town.as(LEADER), { id, ...right })),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(codeOf(outcome.reason)).toBe('STALE');
    const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(made).toBeGreaterThan(0);
    const [index] = [town.world.deps.vault.index('cpr', right.cpr)];
    expect(await town.db.child.count({ where: { cprIndex: Buffer.from(index) } })).toBe(1);
  });

  test('asked to route again, it goes where the right child has its case', async () => {
    const right = nextCpr();
    const known = await town.notify([right], OTHER);
    await town.take(known.id, `caseworker-${OTHER}`);
    const slip = await town.notify([nextCpr()]);
    await correctChild(town.as(LEADER), { id: slip.id, cpr: right, name: 'Barn', reason: 'Slip', routeAgain: true });
    expect(await referralState(town.db, slip.id)).toMatchObject({
      owner: OTHER,
      owners: [`${UNIT} routed`, `${OTHER} corrected`],
    });
    expect(await lastFact(town.db, slip.id, 'child-corrected')).toMatchObject({ childId: expect.any(String) });
  });
});
