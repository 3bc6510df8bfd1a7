import { offeredActs, offeredMatters, offeredWork } from '#domain/acts.ts';
import { mayBeAsked } from '#domain/asking.ts';
import { callNow, isUntaken } from '#domain/call-now.ts';
import { CLOCK_ACTS } from '#domain/clock-acts.ts';
import { codeNamed } from '#domain/codes.ts';
import type { Reason } from '#domain/errors.ts';
import { unanswered } from '#domain/feedback-acts.ts';
import { openDispute } from '#domain/ownership.ts';
import { isHearing } from '#domain/parents.ts';
import { HOLD_REASONS } from '#domain/parents-record.ts';
import { can, demand } from '#domain/policy.ts';
import { QUESTIONS } from '#domain/questions.ts';
import { caseViewer, cut, seesLine } from '#domain/sees-what.ts';
import { iso } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import { lineDetail } from '#domain/timeline-of-clocks.ts';
import { toldTrace } from '#domain/trace-words.ts';
import type { World } from '#domain/world.ts';
import { findEvents, isNotifierSuspected, type StoredEvent } from '#store/case-events.ts';
import { findKnownChildren } from '#store/children.ts';
import { findConflicts } from '#store/conflicts.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findOpenMatters } from '#store/matters.ts';
import { findFeedbacks, findMeasures } from '#store/measures.ts';
import { findBasis } from '#store/notifications.ts';
import { findParentsHold } from '#store/parents.ts';
import { getReferral } from '#store/referrals.ts';
import { findRequests } from '#store/requests.ts';
import { findWaitingSince } from '#store/worklist.ts';
import { addressOf, contentOf, withoutAddress } from './case-content.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { namesOf } from './names.ts';
import { matterOf, subjectOf } from './on-referral.ts';
import { filesOf } from './open-attachment.ts';
import { asReader } from './open-in-emergency.ts';
import { getKey, openWords } from './open-records.ts';
import { clocksOf } from './read-clocks.ts';
import { familyOf, shownChild } from './read-family.ts';
import { showNext } from './show-next.ts';
import { cardOf } from './tell-responsible.ts';
import { namesIn, noticeOwnName } from './unusual-reading.ts';
import { worldOf } from './world.ts';

const textOf = ({ da, en }: Reason): Reason => ({ da, en });

/** The journal as the timeline shows it, newest first, with sealed words opened. */
const timelineOf = async (ctx: Ctx, tx: Tx, events: readonly StoredEvent[], world: World) => {
  const names = namesOf(world);
  const first = events[0];
  const key = first && events.some((e) => e.sealed) ? await getKey(ctx, tx, 'referral', first.referralId) : null;
  return events.toReversed().map((e) => ({
    seq: e.seq,
    kind: e.kind,
    name: EVENT_NAMES[e.kind as EventKind] ?? { da: e.kind, en: e.kind },
    at: e.occurredAt,
    registeredAt: e.registeredAt,
    actor: e.actorId ? names.person(e.actorId) : null,
    detail: lineDetail(e.kind, e.data as Record<string, unknown>, names),
    ...openWords(ctx, key, e),
  }));
};

const routingOf = (events: readonly StoredEvent[]) => {
  const last = events.findLast((e) => e.kind === 'routed' || e.kind === 'routed-again');
  const data = (last?.data ?? {}) as { unit?: string; rule?: number; trace?: Parameters<typeof toldTrace>[0] };
  return { unit: data.unit ?? '', rule: data.rule ?? 0, trace: toldTrace(data.trace ?? []) };
};

/** *Sag*: everything that the unit's side may see of one referral. The reading is logged in the same transaction. */
export const readCase = (asked: Ctx, id: string) =>
  inTransaction(asked.deps.db, async (tx) => {
    const { ctx, emergencyUntil } = await asReader(asked, tx, id);
    const referral = await getReferral(tx, ctx.scope, id);
    const role = demand(ctx.actor, 'referral.read', subjectOf(referral));
    const world = await worldOf(ctx, tx, referral);
    const { child, record } = await shownChild(ctx, tx, referral);
    const events = await findEvents(tx, ctx.scope, id);
    const {
      additions,
      channel,
      child: asSent,
      inquiry,
      notification,
      siblings,
    } = await contentOf(ctx, tx, referral, events);
    const isProtected = child?.protectedAddress ?? false;
    const address = addressOf(asSent, record);
    const cprIndex = record?.cpr ? ctx.deps.vault.index('cpr', record.cpr) : null;
    const [known] = cprIndex ? await findKnownChildren(tx, ctx.scope, [cprIndex]) : [];
    const { units, people } = world.organisation;
    const viewer = caseViewer(ctx.actor, subjectOf(referral));
    const why = viewer === 'emergency' ? 'emergency' : 'case';
    await logRead(ctx, tx, role, why, { referralIds: [id], childIds: [child?.id ?? referral.childId] });
    await noticeOwnName(ctx, tx, referral, [asSent?.name, record?.name, ...namesIn(notification)]);
    const knownAt = known?.openUnitId ?? known?.unitId;
    const knownUnit = knownAt ? units.get(knownAt) : undefined;
    const institution = asSent?.institution ? units.get(asSent.institution) : undefined;
    const open = await findOpenMatters(tx, ctx.scope, id);
    const subject = matterOf(ctx, referral, open, world);
    const measures = await findMeasures(tx, ctx.scope, id);
    const feedbacks = await findFeedbacks(tx, ctx.scope, id);
    const requests = await findRequests(tx, ctx.scope, id);
    const clocks = await clocksOf(ctx, tx, referral, subject, world);
    const waiting = await findWaitingSince(tx, ctx.scope, isUntaken(referral) ? [id] : []);
    const family = await familyOf(ctx, tx, referral, world);
    const suspected = await isNotifierSuspected(tx, ctx.scope, id);
    const { unchecked } = await findBasis(tx, ctx.scope, id);
    const conflicts = await findConflicts(tx, ctx.scope, id);
    const hold = await findParentsHold(tx, ctx.scope, id);
    return cut('case', viewer, {
      /** Whoever has it for a while only is told how long. */
      emergencyUntil: viewer === 'emergency' ? emergencyUntil : null,
      notifierSuspected: suspected,
      parentsHold: HOLD_REASONS.filter(({ code }) => hold.includes(code)).map(textOf),
      id,
      caseNumber: referral.caseNumber,
      stateVersion: referral.stateVersion,
      status: referral.status,
      acute: referral.acute,
      need: referral.need,
      matter: referral.matter,
      decision: referral.decision,
      examination: referral.examination,
      measures: measures.map((m) => ({
        ...m,
        name: textOf(codeNamed(world.rulebook.codes.measures, m.type)),
        startedAt: iso(m.startedAt),
        endedAt: m.endedAt ? iso(m.endedAt) : null,
      })),
      feedbacks: feedbacks.map((f) => ({
        id: f.id,
        tier: f.tier,
        state: f.state,
        channel: f.channel,
        givenAt: iso(f.givenAt),
        deliveredAt: f.deliveredAt ? iso(f.deliveredAt) : null,
        givenBy: people.get(f.givenBy)?.title ?? f.givenBy,
      })),
      requests: requests.map(({ id: requestId, state, questions, askedAt, askedBy }) => ({
        id: requestId,
        state,
        questions: questions.flatMap((code) => QUESTIONS.find((one) => one.code === code)?.label ?? []),
        askedAt: iso(askedAt),
        askedBy: people.get(askedBy)?.title ?? askedBy,
      })),
      open: { handover: open.handover !== null, dispute: openDispute(open) !== null },
      channel,
      notificationId: referral.notificationId,
      receivedAt: iso(referral.receivedAt),
      registeredAt: iso(referral.registeredAt),
      owner: await cardOf(ctx, tx, referral, world, viewer),
      mayAnswerAccess: can(ctx.actor, 'child.answer-access', subjectOf(referral)),
      maySeeLookups: can(ctx.actor, 'referral.read-lookups', subjectOf(referral)),
      child: cut(
        'child',
        viewer,
        {
          name: record?.name ?? asSent?.name ?? '',
          cpr: record?.cpr ?? null,
          identity: child?.identity ?? 'unknown',
          age: referral.childAge,
          protectedAddress: isProtected,
          address,
          /** It may be asked for, which is a reading of its own. */
          mayShowAddress:
            isProtected && address !== null && can(ctx.actor, 'referral.show-address', subjectOf(referral)),
          institution: institution?.name ?? null,
        },
        { isProtected },
      ),
      barred: conflicts.map(({ personId, madeAt, madeBy }) => ({
        personId,
        title: people.get(personId)?.title ?? personId,
        at: iso(madeAt),
        by: people.get(madeBy)?.title ?? madeBy,
      })),
      /** Whom the case is there for, when it is restricted. */
      restrictedTo:
        referral.restricted?.named.map((personId) => ({ personId, title: people.get(personId)?.title ?? personId })) ??
        null,
      siblingsInNotification: siblings,
      inquiry: inquiry ? { text: inquiry.text ?? '' } : null,
      ...family,
      // Of other children nobody is asked in an emergency.
      siblings: viewer === 'emergency' ? [] : family.siblings,
      notification: isProtected && notification ? withoutAddress(notification) : notification,
      additions: additions.map(({ authorId, ...a }) => ({ ...a, authorTitle: people.get(authorId)?.title ?? '' })),
      clocks,
      call: callNow(referral, waiting.get(id), world, ctx.now),
      next: showNext(ctx, referral, open, world, { ownershipOnly: false }),
      routing: routingOf(events),
      files: await filesOf(ctx, tx, { of: 'referral', id }, (who) => people.get(who)?.title ?? who),
      timeline: (await timelineOf(ctx, tx, events, world)).filter(({ kind }) => seesLine(kind, viewer)),
      acts: [
        ...offeredActs(ctx.actor, subject, {
          status: referral.status,
          childIdentity: child?.identity ?? 'unknown',
          hasNotification: notification !== null,
        }),
        ...offeredWork(ctx.actor, subject, referral.status, {
          matter: referral.matter,
          assessed: referral.assessedAt !== null,
          decision: referral.decision,
          examination: referral.examination,
          runningMeasures: measures.filter((m) => m.state === 'running').length,
          unanswered: unanswered(referral, { pending: feedbacks, suspected }).length,
          undelivered: feedbacks.filter((f) => f.state === 'given').length,
          awaitingApproval: feedbacks.filter((f) => f.state === 'awaiting-approval').length,
          mayBeAsked: mayBeAsked(referral),
          openRequests: requests.filter((one) => one.state === 'open').length,
          withheld: feedbacks.filter((f) => f.state === 'withheld').length,
          notifier:
            notification && notification.notifier.basis !== 'anonymous'
              ? { suspected, login: referral.senderPersonId !== null }
              : null,
          unchecked,
          parentsHeld: hold.length > 0,
          hearing: isHearing(referral),
          mustBeReassessed: family.reassessment !== null,
          mayReassess: family.reassessment?.hindrance === null,
          links: family.links.length,
          barred: conflicts.length,
          restricted: referral.restricted?.own != null,
        }),
        ...offeredMatters(ctx.actor, subject, referral.status, open),
        ...CLOCK_ACTS.filter((act) => clocks.some((clock) => clock.acts.includes(act))),
      ],
      known: {
        unit: knownUnit ? { id: knownUnit.id, name: knownUnit.name } : null,
        disability: known?.disability ?? false,
      },
    });
  });
