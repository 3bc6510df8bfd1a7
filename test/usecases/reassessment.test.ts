import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf, reachOf } from '#domain/actors.ts';
import type { DomainError } from '#domain/errors.ts';
import { ROLES } from '#domain/organisation.ts';
import { mintScope } from '#domain/scope.ts';
import { T } from '#domain/time.ts';
import { type Children, makeChildren } from '#test/support/children.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { importPeople, personIn } from '#test/support/people.ts';
import { journalKinds, lastFact } from '#test/support/referral-state.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import { completeReassessment } from '#usecases/complete-reassessment.ts';
import type { Ctx } from '#usecases/context.ts';
import { correctChild } from '#usecases/correct-child.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { identifyChild } from '#usecases/identify-child.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { listReassessors, nameReassessor } from '#usecases/name-reassessor.ts';
import { prepareMail } from '#usecases/prepare-mail.ts';
import { previewLink } from '#usecases/preview-link.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readCase } from '#usecases/read-case.ts';
import { readCounts, readWorklist } from '#usecases/read-worklist.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { sendDraft } from '#usecases/send-draft.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { undoLink } from '#usecases/undo-link.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [UNIT, OTHER] = ['bbu-norrebro', 'bbu-valby'] as const;
const [HANDLER, LEADER, INTAKE, COORDINATOR] = (
  ['caseworker', 'team-leader', 'intake', 'professional-coordinator'] as const
).map((role) => `${role}-${UNIT}`) as [string, string, string, string];
const FRESH = { conclusion: 'measure-to-change', evidence: 'visit', reason: 'Læst forfra' } as const;

let town: Children;
beforeAll(async () => {
  town = await makeChildren();
});
afterAll(async () => {
  expect(await verifyJournal(town.world.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.world.drop();
});

const refusalOf = async (ctx: Ctx, id: string): Promise<string> =>
  completeReassessment(ctx, { id, ...FRESH }).then(
    () => 'made',
    (error: DomainError) => `${error.code}: ${error.reason?.en ?? ''}`,
  );
/** On which tabs it stands; every tab says how many it shows. */
const listedFor = async (personId: string, id: string) => {
  const counts = await readCounts(town.as(personId));
  const stands = async (tab: 'all' | 'mine' | 'assessment') => {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await readWorklist(town.as(personId), { tab, cursor });
      ids.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    expect(ids).toHaveLength(counts[tab]);
    return ids.includes(id);
  };
  return { all: await stands('all'), mine: await stands('mine'), assessment: await stands('assessment') };
};
const REFUSED = "ILLEGAL_TRANSITION: The re-assessment is for somebody who never handled the child's case";

/** A child with help from Nørrebro, by its caseworker, and a new notification on it. */
const renotified = async (cpr = nextCpr()) => {
  const first = await town.notify([cpr]);
  await town.help(first.id, HANDLER);
  const { id, notificationId } = await town.notify([cpr]);
  return { cpr, first: first.id, id, notificationId };
};

describe('when the duty begins', () => {
  test('a new notification on a child with a running measure; the first one has none', async () => {
    const { first, id } = await renotified();
    expect(await town.running(first)).toBe(false);
    const clock = await town.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'reassess' } });
    expect(clock.derivation).toMatchObject({
      paragraph: '§ 137',
      status: 'policy',
      period: { n: 5, unit: 'workdays' },
    });
    expect(await lastFact(town.db, id, 'reassessment-opened')).toEqual({ measure: 'respite' });
  });

  test.each([
    ['§ 32', true],
    ['§32', true],
    ['§ 67', true],
    ['familiebehandling', true],
    ['ungdomskriminalitet', true],
    ['§ 30', false],
    ['rådgivningsforløb', false],
  ])('a measure %s of the imported list: %s', async (measure, due) => {
    const cpr = nextCpr();
    await town.list(cpr, { measure });
    const { id } = await town.notify([cpr]);
    expect(await town.running(id)).toBe(due);
  });

  test('a measure that is not on the list does not begin it', async () => {
    const cpr = nextCpr();
    const first = await town.notify([cpr]);
    await town.help(first.id, HANDLER, 'preventive-group');
    expect(await town.running((await town.notify([cpr])).id)).toBe(false);
  });

  test('an unknown child that turns out to be one with a measure', async () => {
    const cpr = nextCpr();
    await town.help((await town.notify([cpr])).id, HANDLER);
    const { id } = await town.notify([null]);
    expect(await town.running(id)).toBe(false);
    await identifyChild(town.as(INTAKE), { id, cpr, name: 'Kendt' });
    expect(await town.running(id)).toBe(true);
  });

  test('a merge begins it at another unit too, and undoing it ends it; a re-assessment made stands', async () => {
    const first = await town.notify([nextCpr()]);
    await town.help(first.id, HANDLER);
    const there = await town.notify([null], OTHER);
    const { linkId } = await town.merge(first.id, there.id, LEADER);
    await town.review();
    expect(await town.running(there.id)).toBe(true);
    await undoLink(town.as(LEADER), { id: first.id, linkId, reason: 'Alligevel ikke' });
    await town.review();
    expect(await town.running(there.id)).toBe(false);
    expect((await journalKinds(town.db, there.id)).slice(-4)).toEqual([
      'children-merged',
      'reassessment-opened',
      'children-unmerged',
      'reassessment-lapsed',
    ]);
  });

  test('it cannot be closed over, and the page offers it', async () => {
    const { id } = await renotified();
    await town.help(id, LEADER);
    const shown = await readCase(town.as(LEADER), id);
    expect(shown.acts).toContain('name-reassessor');
    // Who has handled it is not offered what would be refused, and sees why.
    expect(shown.acts).not.toContain('complete-reassessment');
    expect(shown.reassessment?.hindrance?.en).toContain('you have');
    expect((await readCase(town.as(INTAKE), id)).acts).toContain('complete-reassessment');
    expect(shown.acts).not.toContain('close');
    const why = { id, reason: 'Færdig' };
    await expect(closeReferral(town.as(LEADER), why)).rejects.toThrow('ILLEGAL_TRANSITION');
  });
});

describe('only new eyes', () => {
  test('somebody who never handled it makes it, once; two at once, one makes it', async () => {
    const { id } = await renotified();
    const codes = await Promise.all([refusalOf(town.as(INTAKE), id), refusalOf(town.as(COORDINATOR), id)]);
    expect(codes.sort()).toEqual(['ILLEGAL_TRANSITION: There is no re-assessment to make.', 'made']);
    expect(await town.running(id)).toBe(false);
    expect(await lastFact(town.db, id, 'reassessed')).toMatchObject({ conclusion: 'measure-to-change' });
    await town.review();
    expect(await town.running(id)).toBe(false);
  });

  test.each(ROLES)('who handled the earlier case is refused as %s, and may be asked in no role', async (role) => {
    const { id } = await renotified();
    // Named past the rule, as no screen would: the history is what refuses.
    await town.db.referral.update({ where: { id }, data: { reassessorId: HANDLER } });
    const refused = await refusalOf(town.inRole(HANDLER, role, UNIT), id);
    expect(refused).toContain(REFUSED);
    expect(await town.running(id)).toBe(true);
    await town.db.referral.update({ where: { id }, data: { reassessorId: null } });
    await expect(nameReassessor(town.as(INTAKE), { id, personId: HANDLER })).rejects.toThrow('INVALID');
  });

  /** Ways to have had to do with a child; each makes `personId` somebody who has, and answers the new referral. */
  const WAYS: Readonly<Record<string, (personId: string) => Promise<string>>> = {
    'evidence on the new referral': async (personId) => {
      const { id } = await renotified();
      await town.touch(town.inRole(personId, 'caseworker', UNIT), id);
      return id;
    },
    'being given an earlier referral': async (personId) => {
      const { id, first } = await renotified();
      await assignReferral(town.as(LEADER), { id: first, personId });
      await assignReferral(town.as(LEADER), { id: first, personId: HANDLER });
      return id;
    },
    'an answer to a hand-over, for another unit': async (personId) => {
      const { id, first } = await renotified();
      await proposeHandover(town.as(LEADER), { id: first, to: OTHER, reason: 'Flyttet' });
      const answer = { id: first, instead: 'bbu-amager-vest', basis: '§ 9', reason: 'Bor ikke her' };
      await declineHandover(town.inRole(personId, 'caseworker', OTHER), answer);
      return id;
    },
    'notifying of the child': async (personId) => {
      const { id, cpr } = await renotified();
      await submitNotification(
        town.inRole(personId, 'notifier', UNIT),
        makeForm({ children: [{ cpr, name: 'Barn' }] }),
      );
      return id;
    },
    'writing a draft that another sent': async (personId) => {
      const { id, cpr } = await renotified();
      const form = makeForm({ children: [{ cpr, name: 'Barn' }] });
      const draft = await saveDraft(town.inRole(personId, 'notifier', UNIT), { form });
      const { stateVersion } = await town.db.draft.findUniqueOrThrow({ where: { id: draft.id } });
      await sendDraft(town.inRole('somebody', 'notifier', UNIT), { id: draft.id, stateVersion });
      return id;
    },
    'adding to the notification': async (personId) => {
      const { id, notificationId } = await renotified();
      await addToNotification(town.inRole(personId, 'intake', UNIT), { notificationId, text: 'Mere' });
      return id;
    },
    "being the case system's caseworker": async (personId) => {
      const { id, cpr } = await renotified();
      await town.list(cpr, { caseworkerId: personId });
      return id;
    },
    'a merge: the other record was theirs': async (personId) => {
      const { id } = await renotified();
      const other = await town.notify([nextCpr()], OTHER);
      await town.touch(town.inRole(personId, 'caseworker', OTHER), other.id);
      await town.merge(id, other.id, LEADER);
      return id;
    },
    'a chain of merges': async (personId) => {
      const { id } = await renotified();
      const [one, two] = [await town.notify([null], OTHER), await town.notify([null], OTHER)];
      await town.touch(town.inRole(personId, 'caseworker', OTHER), two.id);
      await town.merge(one.id, two.id, `team-leader-${OTHER}`);
      await town.merge(id, one.id, LEADER);
      return id;
    },
    'merging its records, even though it was undone': async (personId) => {
      const { id } = await renotified();
      const other = await town.notify([null]);
      const asked = { id: other.id, other: await town.caseNumber(id) };
      const found = await previewLink(town.inRole(personId, 'intake', UNIT), asked);
      const merge = { id: other.id, other: found.other, from: found.from, into: found.into, reason: 'Samme' };
      const { linkId } = await mergeChildren(town.inRole(personId, 'intake', UNIT), merge);
      await undoLink(town.as(LEADER), { id, linkId, reason: 'Alligevel ikke' });
      return id;
    },
    'a referral that was corrected away to another child': async (personId) => {
      const { id, cpr } = await renotified();
      const slip = await town.notify([cpr]);
      await town.touch(town.inRole(personId, 'caseworker', UNIT), slip.id);
      const right = { id: slip.id, cpr: nextCpr(), name: 'Et andet', reason: 'Tastefejl', routeAgain: false };
      await correctChild(town.as(LEADER), right);
      return id;
    },
  };

  test.each(Object.keys(WAYS))('refused after %s; who has not is not', async (way) => {
    const id = (await WAYS[way]?.(COORDINATOR)) ?? '';
    expect(await refusalOf(town.as(COORDINATOR), id)).toContain(REFUSED);
    const { people } = await listReassessors(town.as(LEADER), id);
    expect(people.map((one) => one.id)).not.toContain(COORDINATOR);
    expect(people.length).toBeGreaterThan(0);
    expect(await refusalOf(town.as(people[0]?.id ?? ''), id)).toBe('made');
  });

  test('a merge undone: what was another child is no history of this one', async () => {
    const { id } = await renotified();
    const other = await town.notify([nextCpr()], OTHER);
    await town.touch(town.inRole(INTAKE, 'caseworker', OTHER), other.id);
    const { linkId } = await town.merge(id, other.id, LEADER);
    expect(await refusalOf(town.as(INTAKE), id)).toContain(REFUSED);
    await undoLink(town.as(LEADER), { id, linkId, reason: 'To børn' });
    expect(await refusalOf(town.as(INTAKE), id)).toBe('made');
  });

  test("a sibling's case is not this child's", async () => {
    const { id } = await renotified();
    const sibling = await town.notify([nextCpr()], OTHER);
    await town.touch(town.inRole(INTAKE, 'caseworker', OTHER), sibling.id);
    const { other } = await previewLink(town.as(LEADER), { id, other: await town.caseNumber(sibling.id) });
    await linkSibling(town.as(LEADER), { id, sibling: other, reason: 'Søskende' });
    expect(await refusalOf(town.as(INTAKE), id)).toBe('made');
  });
});

describe('who is asked', () => {
  /** A child whose case everybody of the unit has handled, and who elsewhere is asked. */
  const askedElsewhere = async (): Promise<{ readonly id: string; readonly named: string }> => {
    const { id } = await renotified();
    for (const personId of [LEADER, INTAKE, COORDINATOR]) {
      await town.touch(town.as(personId), id);
    }
    await town.review();
    const { reassessorId } = await town.db.referral.findUniqueOrThrow({ where: { id } });
    expect(reassessorId).toMatch(/^team-leader-bbu-/);
    expect(reassessorId).not.toContain(UNIT);
    return { id, named: reassessorId ?? '' };
  };

  test("where nobody in the unit is new to it, the nearest unit's team leader is named, told, and may read it", async () => {
    const { id, named } = await askedElsewhere();
    const mail = await town.db.outboundMessage.findFirstOrThrow({
      where: { referralId: id, template: 'reassessment' },
    });
    // Whatever the tests before have done to the clock, the unit is open then.
    const prepared = await prepareMail(town.world.systemCtx('2026-11-12T10:00:00+01:00'), mail.id);
    expect(prepared).toMatchObject({ facts: { link: expect.stringContaining(`/sag/${id}`) } });
    const shown = await readCase(town.as(named), id);
    expect(shown.acts).toEqual(['complete-reassessment', 'declare-conflict']);
    expect(shown.reassessment).toMatchObject({ by: { title: expect.any(String) } });
    expect(await listedFor(named, id)).toEqual({ all: true, mine: true, assessment: false });
    expect(await listedFor(`caseworker-${OTHER}`, id)).toEqual({ all: false, mine: false, assessment: false });
    expect(await refusalOf(town.as(named), id)).toBe('made');
    await expect(readCase(town.as(named), id)).rejects.toThrow('NOT_FOUND');
    expect(await listedFor(named, id)).toEqual({ all: false, mine: false, assessment: false });
  });

  test('the unit asks one of its own by choice; others cannot be asked, nor a stranger read it', async () => {
    const { id } = await renotified();
    const { from, people } = await listReassessors(town.as(LEADER), id);
    expect({ from, ids: people.map((one) => one.id).sort() }).toEqual({
      from: 'own-unit',
      ids: [INTAKE, COORDINATOR, LEADER].sort(),
    });
    const elsewhere = `team-leader-${OTHER}`;
    await expect(nameReassessor(town.as(LEADER), { id, personId: elsewhere })).rejects.toThrow('INVALID');
    await expect(readCase(town.as(elsewhere), id)).rejects.toThrow('NOT_FOUND');
    await nameReassessor(town.as(LEADER), { id, personId: INTAKE });
    expect(await listedFor(INTAKE, id)).toEqual({ all: true, mine: true, assessment: false });
    expect(await listedFor(COORDINATOR, id)).toEqual({ all: true, mine: false, assessment: false });
    // Who names has handled the case by that.
    expect(await refusalOf(town.as(LEADER), id)).toContain(REFUSED);
    expect(await refusalOf(town.as(INTAKE), id)).toBe('made');
  });

  test('whoever stands in for them while they are away is asked in their place, and nobody else of their unit', async () => {
    const { id, named } = await askedElsewhere();
    const unit = named.replace('team-leader-', '');
    const [substitute, colleague] = [`caseworker-${unit}`, `intake-${unit}`];
    const training = trainingOrganisation();
    const person = training.people.get(named);
    if (!person) throw new Error(`nobody is ${named}`);
    const today = { ...person, absences: [{ from: T.PlainDate.from('2026-11-01'), until: null, substitute }] };
    const organisation = { ...training, people: new Map(training.people).set(named, today) };
    const standing = (personId: string): Ctx => {
      const base = town.as(personId);
      const actor = actorOf(organisation.people.get(personId) ?? today, organisation, base.now);
      if (!actor) throw new Error(`${personId} does not work here`);
      return { ...base, actor, scope: mintScope(reachOf(actor)) };
    };
    await expect(readCase(town.as(substitute), id)).rejects.toThrow('NOT_FOUND');
    await expect(readCase(standing(colleague), id)).rejects.toThrow('NOT_FOUND');
    expect((await readCase(standing(substitute), id)).acts).toEqual(['complete-reassessment', 'declare-conflict']);
    const mine = await readWorklist(standing(substitute), { tab: 'mine' });
    expect(mine.items.map((item) => item.id)).toContain(id);
    expect((await readCounts(standing(substitute))).mine).toBe(mine.items.length);
    expect(await refusalOf(standing(substitute), id)).toBe('made');
    await expect(readCase(standing(substitute), id)).rejects.toThrow('NOT_FOUND');
  });

  test('a person of many roles is one person', async () => {
    const both = personIn('many-roles', [
      { role: 'caseworker', unit: OTHER },
      { role: 'team-leader', unit: UNIT },
    ]);
    await importPeople(town.world, [both], '2026-11-10T09:00:00+01:00');
    const { id } = await renotified();
    const other = await town.notify([null], OTHER);
    await town.touch(town.inRole('many-roles', 'caseworker', OTHER), other.id);
    await town.merge(id, other.id, LEADER);
    expect(await refusalOf(town.inRole('many-roles', 'team-leader', UNIT), id)).toContain(REFUSED);
  });
});
