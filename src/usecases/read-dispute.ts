import { ladderSteps } from '#domain/ladder.ts';
import { offeredInMatter } from '#domain/matter-acts.ts';
import { meetingNameOf } from '#domain/meeting.ts';
import type { Organisation } from '#domain/organisation.ts';
import { openDispute } from '#domain/ownership.ts';
import { can, grantingRole } from '#domain/policy.ts';
import type { Subject } from '#domain/policy-relations.ts';
import { caseViewer, cut, type Viewer } from '#domain/sees-what.ts';
import { partiesBoundBy } from '#domain/speakers.ts';
import { iso, localDay } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import { lineDetail } from '#domain/timeline-of-clocks.ts';
import { findMatterEvents } from '#store/board.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findOpenMatters } from '#store/matters.ts';
import { findInvolvedReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { namesOf } from './names.ts';
import { matterOf } from './on-referral.ts';
import { getKey, openWords } from './open-records.ts';
import { findOutcome, readOutcome } from './read-outcome.ts';
import { showNext } from './show-next.ts';
import { cardOf } from './tell-responsible.ts';
import { worldOf } from './world.ts';

const named = ({ units }: Organisation, id: string) => ({ id, name: units.get(id)?.name ?? id });

const unitOf = (organisation: Organisation, id: unknown) => (typeof id === 'string' ? named(organisation, id) : null);

/** Clocks that tell nothing of the case itself, which the other sides do not see. */
const OF_OWNERSHIP = /^(acknowledge|opening|handover|ladder\.\d+)$/;

const OF_LADDER: ReadonlySet<string> = new Set([
  'step-begun',
  'climbed-early',
  'meeting-called',
  'meeting-cancelled',
  'meeting-held',
]);

type Said = Readonly<Record<string, unknown>>;

/** The unit that a line of the record speaks for: whoever answers a hand-over, else whoever proposes or raises. */
const speaking = (kind: string, data: Said): unknown =>
  kind === 'handover-declined' || kind === 'handover-accepted' ? data.to : (data.unit ?? data.from ?? data.by);

/** The unit whose it is, as that line has it. */
const meant = (kind: string, data: Said): unknown =>
  kind === 'handover-proposed' ? data.to : (data.whose ?? data.instead ?? data.owner);

/**
 * What is open about a referral's ownership: hand-over, dispute with its claims side by side, the ladder and what this
 * person may do. The sides of it see this and the owner card, not the case; once it has ended, its outcome. Logged,
 * because reasons are in words.
 */
export const readDispute = (ctx: Ctx, referralId: string) =>
  inTransaction(ctx.deps.db, async (tx: Tx) => {
    const referral = await findInvolvedReferral(tx, ctx.scope, referralId);
    if (!referral) return readOutcome(ctx, tx, referralId);
    const world = await worldOf(ctx, tx, referral);
    const open = await findOpenMatters(tx, ctx.scope, referralId);
    const subject: Subject = matterOf(ctx, referral, open, world);
    const { organisation } = world;
    const role = grantingRole(ctx.actor, 'dispute.read', subject);
    if (role === null) return readOutcome(ctx, tx, referralId);
    const dispute = openDispute(open);
    const names = namesOf(world);
    const events = await findMatterEvents(tx, ctx.scope, referralId);
    const key = events.some((e) => e.sealed) ? await getKey(ctx, tx, 'referral', referralId) : null;
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
    await logRead(ctx, tx, role, 'dispute', { referralIds: [referralId], childIds: [referral.childId] });
    const { handover } = open;
    const answerDue = referral.clocks.find((c) => c.kind === 'handover' && c.subjectId === handover?.id)?.dueAt;
    /** May the case itself be opened, or only this? */
    const readsCase = can(ctx.actor, 'referral.read', subject);
    const viewer: Viewer = readsCase ? caseViewer(ctx.actor, subject) : 'side';
    const clocks = readsCase ? referral.clocks : referral.clocks.filter(({ kind }) => OF_OWNERSHIP.test(kind));
    return cut('matter', viewer, {
      view: 'matter' as const,
      id: referralId,
      caseNumber: referral.caseNumber,
      stateVersion: referral.stateVersion,
      matter: referral.matter,
      owner: await cardOf(ctx, tx, { ...referral, clocks }, world, viewer),
      handover: handover
        ? {
            id: handover.id,
            from: named(organisation, handover.from),
            to: named(organisation, handover.to),
            state: handover.state,
            proposedAt: iso(handover.proposedAt),
            dueAt: answerDue ? iso(answerDue) : null,
          }
        : null,
      dispute: dispute
        ? {
            id: dispute.id,
            kind: dispute.kind,
            awaited: dispute.awaited,
            acute: dispute.acute,
            step: dispute.step,
            stepStartedAt: iso(dispute.stepStartedAt),
            stepEndsAt: iso(dispute.stepEndsAt),
            raisedAt: iso(dispute.raisedAt),
            parties: dispute.parties.map((party) => ({
              unit: named(organisation, party.unit),
              claim: party.claim,
              whose: party.whose ? named(organisation, party.whose) : null,
              basis: party.basis,
            })),
            proposal: dispute.proposal
              ? { owner: named(organisation, dispute.proposal.owner), agreed: dispute.proposal.agreed }
              : null,
            ladder: ladderSteps(organisation, dispute.acute).map(({ step, agree, decide }) => ({
              step,
              agree,
              decide,
            })),
            meeting: dispute.meeting,
            /** What the meeting of the present step is called; null where it is none. */
            meetingName: meetingNameOf(dispute, organisation),
            speaksFor: partiesBoundBy(personId, dispute, organisation, localDay(ctx.now)),
          }
        : null,
      said: events.map((e) => ({
        seq: e.seq,
        kind: e.kind,
        name: EVENT_NAMES[e.kind as EventKind] ?? { da: e.kind, en: e.kind },
        at: iso(e.at),
        actor: e.actorId ? (organisation.people.get(e.actorId)?.title ?? e.actorId) : null,
        unit: unitOf(organisation, speaking(e.kind, e.data)),
        whose: unitOf(organisation, meant(e.kind, e.data)),
        /** What the ladder did, which names no unit of its own. */
        detail: OF_LADDER.has(e.kind) ? lineDetail(e.kind, e.data, names) : null,
        basis: typeof e.data.basis === 'string' ? e.data.basis : null,
        ...openWords(ctx, key, e),
      })),
      next: showNext(ctx, referral, open, world, { ownershipOnly: true }),
      /** May the case itself be opened, or only this? */
      readsCase,
      acts: offeredInMatter(ctx.actor, subject, referral.status, { open, world, now: ctx.now }),
      mayDeclareConflict: can(ctx.actor, 'referral.declare-conflict', subject),
      /** How what was open before came out, while nothing is. */
      ended: dispute || handover ? null : ((await findOutcome(ctx, tx, referralId, world))?.outcome ?? null),
    });
  });
