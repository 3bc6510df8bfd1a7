import type { Act } from '#domain/lifecycle.ts';
import { CHECKED_BASES } from '#domain/notifier-basis.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { answerExplanation } from '#usecases/answer-explanation.ts';
import { answerRequest } from '#usecases/answer-request.ts';
import { approveWithheld, refuseWithheld } from '#usecases/answer-withholding.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { declareConflict, liftConflict, nameConflict } from '#usecases/bar-from-child.ts';
import { changeMeasure } from '#usecases/change-measure.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import { completeReassessment } from '#usecases/complete-reassessment.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { endMeasure } from '#usecases/end-measure.ts';
import { explainOverdue } from '#usecases/explain-overdue.ts';
import { finishExamination } from '#usecases/finish-examination.ts';
import { followUpMeasure } from '#usecases/follow-up-measure.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { beginHearing, endHearing } from '#usecases/hear-parties.ts';
import { identifyChild } from '#usecases/identify-child.ts';
import { liftWithholding } from '#usecases/lift-withholding.ts';
import { linkSibling } from '#usecases/link-sibling.ts';
import { mergeChildren } from '#usecases/merge-children.ts';
import { listReassessors, nameReassessor } from '#usecases/name-reassessor.ts';
import { leaveParentsUntold, noteParents } from '#usecases/note-parents.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { holdParents, releaseParents } from '#usecases/release-parents.ts';
import { reopenReferral } from '#usecases/reopen-referral.ts';
import { liftRestriction, listRestrictable, restrictCase } from '#usecases/restrict-case.ts';
import { sendLetter } from '#usecases/send-letter.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { stayOnReferral } from '#usecases/stay-on-referral.ts';
import { clearNotifier, suspectNotifier } from '#usecases/suspect-notifier.ts';
import { undoLink } from '#usecases/undo-link.ts';
import { withdrawRequest } from '#usecases/withdraw-request.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';
import { type Doing, why } from './acts.ts';
import { HANDLERS, type Scene, staffOf } from './scene.ts';

const { reason } = why;
const MEASURES = ['family-treatment', 'respite', 'preventive-group', 'foster-family'] as const;
const OUTCOMES = ['nothing', 'preventive', 'limited-examination', 'immediate-measure', 'investigation'] as const;
/** What is not there is asked for all the same, and refused. */
const idOr = ({ row }: Scene, found: { readonly id: string } | undefined): string => found?.id ?? row.id;
const feedbackIn = (scene: Scene, states: readonly string[]): string =>
  idOr(
    scene,
    scene.row.feedbacks.find(({ state }) => states.includes(state)),
  );
const measureIn = (scene: Scene): string =>
  idOr(
    scene,
    scene.row.measures.find(({ state }) => state === 'running'),
  );
const otherChild = ({ others, chance, row }: Scene): string => chance.pick(others)?.childId ?? row.childId;

const letter =
  (kind: 'receipt' | 'feedback'): Doing =>
  async (s) => {
    const id = idOr(
      s,
      s.row.letters.find((one) => one.kind === kind),
    );
    await sendLetter(s.ctx, { id, way: 'posted', occurredAt: s.now, spokenTo: null });
    return null;
  };

const on =
  (act: (scene: Scene) => Promise<unknown>): Doing =>
  async (scene) => {
    await act(scene);
    return null;
  };

/** Of the unit, and not who does it. */
const colleagueOf = (s: Scene): string =>
  staffOf(s.organisation, s.now, [s.row.ownerUnitId], HANDLERS).find((id) => id !== s.personId) ?? s.personId;
/**
 * Lets whoever was barred by this case in again at once: whom alarms reach meanwhile, tests of its own say. Like every act it
 * has the case first, and what was said in it then.
 */
const forget = ({ ctx, row }: Scene): Promise<unknown> =>
  ctx.deps.db.$executeRaw`
    with r as (select id from referral where id = ${row.id}::uuid for update)
    update conflict c set lifted_at = c.made_at, lifted_by = 'somebody', lifted_referral_id = r.id
    from r where c.referral_id = r.id and c.lifted_at is null`;

/** The same of a list of named people. */
const unrestrict = ({ ctx, row }: Scene): Promise<unknown> =>
  ctx.deps.db.$executeRaw`
    with r as (select id from referral where id = ${row.id}::uuid for update)
    update restriction s set lifted_at = s.made_at, lifted_by = 'somebody', lifted_referral_id = r.id
    from r where s.referral_id = r.id and s.lifted_at is null`;

/** Acts of the work itself: the second model of disputes knows nothing of most of them, and nothing may come of that. */
export const WORK_ACTS = {
  assign: on((s) => {
    const personId = s.chance.pick(staffOf(s.organisation, s.now, [s.row.ownerUnitId], HANDLERS)) ?? s.personId;
    return assignReferral(s.ctx, { id: s.row.id, personId });
  }),
  'declare-conflict': on(async (s) => {
    await declareConflict(s.ctx, { id: s.row.id, reason });
    await forget(s);
  }),
  'name-conflict': on(async (s) => {
    await nameConflict(s.ctx, { id: s.row.id, personId: colleagueOf(s), reason });
    await forget(s);
  }),
  'lift-conflict': on(async (s) => {
    const named = { id: s.row.id, personId: colleagueOf(s), reason };
    const said = {
      id: s.ctx.deps.newId(s.now),
      childId: s.row.childId,
      personId: named.personId,
      referralId: s.row.id,
    };
    const madeAt = new Date(s.now.epochMilliseconds);
    await s.ctx.deps.db.conflict.create({ data: { ...said, madeAt, madeBy: 'somebody' } });
    try {
      await liftConflict(s.ctx, named);
    } finally {
      await forget(s);
    }
  }),
  restrict: on(async (s) => {
    const named = (await listRestrictable(s.ctx, s.row.id)).map(({ id }) => id);
    await restrictCase(s.ctx, { id: s.row.id, named, reason });
    await unrestrict(s);
  }),
  'lift-restriction': on(async (s) => {
    const { db, newId } = s.ctx.deps;
    const [id, madeAt] = [newId(s.now), new Date(s.now.epochMilliseconds)];
    const everybody = [...s.organisation.people.keys()].map((personId) => ({
      ...{ id: newId(s.now), restrictionId: id, personId, namedAt: madeAt, namedBy: 'somebody' },
    }));
    const said = { id, childId: s.row.childId, referralId: s.row.id, madeAt, madeBy: 'somebody' };
    await db.$transaction([db.restriction.create({ data: said }), db.restrictionName.createMany({ data: everybody })]);
    try {
      await liftRestriction(s.ctx, { id: s.row.id, reason });
    } finally {
      await unrestrict(s);
    }
  }),
  'stay-on': on((s) => stayOnReferral(s.ctx, { id: s.row.id })),
  'add-evidence': on((s) => addEvidence(s.ctx, { id: s.row.id, kind: 'phone-call', occurredAt: s.now, text: reason })),
  'identify-child': on((s) => identifyChild(s.ctx, { id: s.row.id, cpr: nextCpr(), name: 'Barn' })),
  'merge-children': on(async (s) => {
    const other = otherChild(s);
    const [from, into] = s.chance.next() < 0.5 ? [other, s.row.childId] : [s.row.childId, other];
    return mergeChildren(s.ctx, { id: s.row.id, other, from, into, reason });
  }),
  'link-sibling': on((s) => linkSibling(s.ctx, { id: s.row.id, sibling: otherChild(s), reason })),
  'undo-link': on(async (s) => {
    const where = { undoneAt: null, OR: [{ fromChildId: s.row.childId }, { intoChildId: s.row.childId }] };
    const link = await s.ctx.deps.db.childLink.findFirst({ where });
    return undoLink(s.ctx, { id: s.row.id, linkId: idOr(s, link ?? undefined), reason });
  }),
  'complete-reassessment': on((s) =>
    completeReassessment(s.ctx, { id: s.row.id, conclusion: 'measure-enough', evidence: 'meeting', reason }),
  ),
  'name-reassessor': on(async (s) => {
    const { people } = await listReassessors(s.ctx, s.row.id);
    return nameReassessor(s.ctx, { id: s.row.id, personId: s.chance.pick(people)?.id ?? s.personId });
  }),
  decide: on((s) => decideReferral(s.ctx, { id: s.row.id, outcome: s.chance.pick(OUTCOMES) ?? 'nothing', reason })),
  'finish-examination': on((s) =>
    finishExamination(s.ctx, { id: s.row.id, conclusion: reason, preliminaryAssessment: null }),
  ),
  'start-measure': on((s) =>
    startMeasure(s.ctx, { id: s.row.id, type: s.chance.pick(MEASURES) ?? 'respite', plannedMonths: 3, reason }),
  ),
  'change-measure': on((s) =>
    changeMeasure(s.ctx, { id: s.row.id, measureId: measureIn(s), type: 'other-support', plannedMonths: 6, reason }),
  ),
  'end-measure': on((s) => endMeasure(s.ctx, { id: s.row.id, measureId: measureIn(s), reason })),
  'follow-up': on((s) =>
    followUpMeasure(s.ctx, {
      id: s.row.id,
      measureId: measureIn(s),
      evidence: 'visit',
      conclusion: reason,
      nextMonths: null,
    }),
  ),
  'give-feedback': on(async (s) => {
    const { told } = await previewFeedback(s.ctx, { id: s.row.id, material: false, choices: [] });
    const channel = s.chance.pick(['site', 'call', 'letter'] as const) ?? 'site';
    return giveFeedback(s.ctx, { id: s.row.id, material: null, choices: [], channel, previewed: told });
  }),
  'withhold-feedback': on((s) => withholdFeedback(s.ctx, { id: s.row.id, reason })),
  'approve-withholding': on((s) =>
    approveWithheld(s.ctx, { id: s.row.id, feedbackId: feedbackIn(s, ['awaiting-approval']) }),
  ),
  'refuse-withholding': on((s) =>
    refuseWithheld(s.ctx, { id: s.row.id, feedbackId: feedbackIn(s, ['awaiting-approval']), reason }),
  ),
  'lift-withholding': on((s) =>
    liftWithholding(s.ctx, {
      id: s.row.id,
      feedbackId: feedbackIn(s, ['awaiting-approval', 'withheld', 'given', 'delivered']),
      reason,
    }),
  ),
  'ask-for-more': on(async (s) => {
    const questions = ['ask-tried'] as const;
    const { told } = await previewRequest(s.ctx, { id: s.row.id, questions });
    return askForMore(s.ctx, { id: s.row.id, questions, previewed: told });
  }),
  'withdraw-request': on((s) => {
    const open = s.row.requests.find(({ closedAt }) => closedAt === null);
    return withdrawRequest(s.ctx, { id: s.row.id, requestId: idOr(s, open), reason });
  }),
  'answer-request': on((s) => {
    const open = s.row.requests.find(({ closedAt }) => closedAt === null);
    return answerRequest(s.ctx, { requestId: idOr(s, open), text: reason });
  }),
  'suspect-notifier': on((s) => suspectNotifier(s.ctx, { id: s.row.id, reason })),
  'clear-notifier': on((s) => clearNotifier(s.ctx, { id: s.row.id, reason })),
  'check-basis': on((s) => checkBasis(s.ctx, { id: s.row.id, as: s.chance.pick(CHECKED_BASES) ?? 'citizen', reason })),
  'deliver-receipt': letter('receipt'),
  'deliver-feedback': letter('feedback'),
  'note-parents': on((s) => {
    const what = s.chance.next() < 0.5 ? 'told' : 'heard';
    return noteParents(s.ctx, { id: s.row.id, what, how: 'meeting', occurredAt: s.now, whom: 'Mor', text: reason });
  }),
  'leave-parents-untold': on((s) => leaveParentsUntold(s.ctx, { id: s.row.id, why: 'child', reason })),
  'begin-hearing': on((s) => beginHearing(s.ctx, { id: s.row.id, reason })),
  'end-hearing': on((s) => endHearing(s.ctx, { id: s.row.id, reason })),
  'hold-parents': on((s) => holdParents(s.ctx, { id: s.row.id, reason })),
  'release-parents': on((s) => releaseParents(s.ctx, { id: s.row.id, whom: 'Mor', reason })),
  'explain-overdue': on((s) => {
    const passed = s.row.deadlines.find(
      ({ kind, dueAt }) => kind === 'assess-24h' && dueAt < new Date(s.now.toString()),
    );
    return explainOverdue(s.ctx, { id: s.row.id, clockId: idOr(s, passed), text: reason });
  }),
  'answer-explanation': on((s) => {
    const given = s.row.deadlines.find(({ explained }) => explained === 'given');
    const accepted = s.chance.next() < 0.5;
    return answerExplanation(s.ctx, { id: s.row.id, clockId: idOr(s, given), accepted, text: reason });
  }),
  close: async (s) => {
    await closeReferral(s.ctx, { id: s.row.id, reason });
    return { act: 'close' };
  },
  reopen: async (s) => {
    await reopenReferral(s.ctx, { id: s.row.id, reason });
    return { act: 'reopen' };
  },
} as const satisfies Partial<Record<Act, Doing>>;
