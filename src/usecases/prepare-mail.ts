import type { UndeliveredReason } from '#domain/delivery.ts';
import { meetingNow } from '#domain/meeting.ts';
import { type OpenMatters, openDispute } from '#domain/ownership.ts';
import { demand } from '#domain/policy.ts';
import type { Referral, Template, To } from '#domain/referral.ts';
import { type Instant, isAfter, iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findClocks } from '#store/case-page.ts';
import { inTransaction } from '#store/db.ts';
import { findLivingCode } from '#store/door-codes.ts';
import { isFeedbackTold } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { claimMessage, finishMessage, holdMessage, type OutboundMessage } from '#store/outbound-messages.ts';
import { findReferralIds, receiptDeliveredAt } from '#store/receipts.ts';
import { insertRecords } from '#store/records.ts';
import { getReferral } from '#store/referrals.ts';
import { findTask } from '#store/tasks.ts';
import { type AddressedMail, addressMail } from './address-mail.ts';
import type { Ctx } from './context.ts';
import { digitsOf } from './door-codes.ts';
import { doorPath } from './door-mail.ts';
import { mayBeTold } from './feedback-facts.ts';
import { handOverMails } from './hand-over-mails.ts';
import { addressIndexOf, partsOfMail, unitToday } from './mail-address.ts';
import { mattersOf } from './open-matters.ts';
import { mayLeaveAt, outboxRow } from './rows.ts';

/** One mail, ready to be written out. Holds no personal data but the address it goes to. */
export type PreparedMail = {
  readonly id: string;
  /** Stable: the same message mailed twice carries the same Message-ID. */
  readonly messageId: string;
  readonly to: string;
  /** Of that address, blind: under it stands how mail to it has ended lately. */
  readonly addressIndex: Uint8Array;
  readonly template: Template;
  readonly language: 'da' | 'en';
  readonly facts: {
    readonly link: string;
    readonly receivedAt: string | null;
    readonly department: { readonly da: string; readonly en: string } | null;
    readonly phone: string | null;
    readonly kind: string | null;
    readonly stage: string | null;
    readonly dueAt: string | null;
    readonly unitName: string | null;
    readonly caseNumber: string | null;
    readonly code: string | null;
  };
};

/** How long one attempt may take before another process may try: longer than the transport's own end of it. */
const LEASE_MS = 60_000;

/** Does a feedback of the referral stand so? With `feedbackId` only that one. */
const hasFeedback = async (
  ctx: Ctx,
  referral: Referral,
  states: readonly string[],
  feedbackId: string | null = null,
) => {
  const feedbacks = await findFeedbacks(ctx.deps.db, ctx.scope, referral.id);
  return feedbacks.some(({ id, state }) => states.includes(state) && (feedbackId === null || id === feedbackId));
};

type About = {
  readonly world: World;
  readonly referral: Referral;
  readonly matters: () => Promise<OpenMatters>;
  /** A notice held over the night of a change of units goes to whoever comes after its unit. */
  readonly isReceiver: (unitId: string | null) => boolean;
};

const receiverIn = async (ctx: Ctx, world: World, message: OutboundMessage): Promise<About['isReceiver']> => {
  const { toUnitId } = message;
  const parts = await partsOfMail(ctx, world, message);
  const today = (unit: string): string => unitToday(unit, world, ctx.now, parts);
  return (unitId) => unitId !== null && toUnitId !== null && today(unitId) === today(toUnitId);
};

/** A notice held over quiet hours is dropped when what it tells is no longer so. */
const stillTrue = async (
  ctx: Ctx,
  message: OutboundMessage,
  { referral, matters, isReceiver, world }: About,
): Promise<boolean> => {
  switch (message.template) {
    case 'alarm':
      return referral.clocks.some((c) => c.id === message.deadlineId);
    case 'referral-received':
    case 'ownership-arrived':
      return referral.status === 'received' && (message.toPersonId !== null || isReceiver(referral.ownerUnit));
    case 'assessment-task':
      return referral.assessedAt === null && isReceiver(referral.assessmentUnit);
    case 'assigned':
      return referral.closedAt === null && referral.handlerId === message.toPersonId;
    case 'became-acute':
      return referral.acute && referral.closedAt === null;
    case 'handover-proposed': {
      const { handover } = await matters();
      return handover?.state === 'proposed' && isReceiver(handover.to);
    }
    case 'dispute-raised':
    case 'dispute-claimed':
    case 'step-begun':
    case 'climbed-early':
    case 'meeting-cancelled':
    case 'minutes-recorded':
      return openDispute(await matters()) !== null;
    case 'meeting-called': {
      const dispute = openDispute(await matters());
      return dispute !== null && meetingNow(dispute) !== null;
    }
    case 'settlement-proposed':
      return (openDispute(await matters())?.proposal ?? null) !== null;
    case 'reassessment':
      return referral.reassessor === message.toPersonId;
    case 'withholding':
      return hasFeedback(ctx, referral, ['awaiting-approval']);
    case 'receipt':
      return (await receiptDeliveredAt(ctx.deps.db, ctx.scope, message.notificationId ?? '')) === null;
    case 'feedback':
      if (!(await mayBeTold(ctx, ctx.deps.db, referral.id, world))) return false;
      if (message.feedbackId && (await isFeedbackTold(ctx.deps.db, ctx.scope, message.feedbackId))) return false;
      return hasFeedback(ctx, referral, ['given', 'withheld'], message.feedbackId);
    case 'request':
      return referral.clocks.some(({ kind }) => kind === 'request-for-more');
    case 'task':
    case 'task-reminder': {
      const task = message.taskId ? await findTask(ctx.deps.db, ctx.scope, message.taskId, []) : null;
      return task !== null && task.doneAt === null && task.personId === message.toPersonId;
    }
    default:
      return true;
  }
};

/** A code that is used or over helps nobody any more. */
const isWanted = async (ctx: Ctx, message: OutboundMessage, about: About | null): Promise<boolean> => {
  if (message.doorCodeId) return (await findLivingCode(ctx.deps.db, ctx.scope, message.doorCodeId, ctx.now)) !== null;
  return about === null || stillTrue(ctx, message, about);
};

/** The clock that a notice is about: what its receiver must do, and by when. */
const TOLD_CLOCK: Partial<Record<Template, string>> = {
  'referral-received': 'acknowledge',
  'ownership-arrived': 'acknowledge',
  'assessment-task': 'assess-24h',
  assigned: 'assess-24h',
  reassessment: 'reassess',
};

/** To a notifier: nothing of the case, which they cannot open. */
const TO_NOTIFIERS: ReadonlySet<Template> = new Set(['receipt', 'feedback', 'request', 'notifier-link', 'door-code']);
/** About the ownership: whoever gets it may see that, and need not be of the case's side. */
const OF_OWNERSHIP: ReadonlySet<Template> = new Set([
  'handover-proposed',
  'handover-answered',
  'dispute-raised',
  'dispute-claimed',
  'settlement-proposed',
  'step-begun',
  'climbed-early',
  'meeting-called',
  'meeting-cancelled',
  'minutes-recorded',
  'dispute-settled',
  'dissent-recorded',
]);

const pathOf = (template: Template, kind: string | null, referralId: string): string => {
  if (template === 'receipt' || template === 'door-code') return '/';
  if (template === 'feedback' || template === 'request') return '/mine';
  if (template === 'task' || template === 'task-reminder') return '/opgaver';
  if (template === 'units-changed') return '/sagsliste';
  const ofOwnership = OF_OWNERSHIP.has(template) || kind === 'handover' || kind?.startsWith('ladder.') === true;
  return ofOwnership ? `/uenighed/${referralId}` : `/sag/${referralId}`;
};

/** Whoever is told to act is the one that is named. */
const actingOf = async (world: World, message: OutboundMessage, about: About | null, kind: string | null) => {
  if (message.template === 'assessment-task') return about?.referral.assessmentUnit ?? message.toUnitId;
  if (message.template === 'units-changed') return world.organisation.people.get(message.toPersonId ?? '')?.unit;
  if (!about || kind !== 'handover') return about?.referral.ownerUnit;
  return (await about.matters()).handover?.to ?? about.referral.ownerUnit;
};

/** The clock that it names, else the running one that it tells of. */
const clockOf = async (ctx: Ctx, { template, deadlineId }: OutboundMessage, { id, clocks }: Referral) => {
  if (!deadlineId) return clocks.find(({ kind }) => kind === TOLD_CLOCK[template]);
  const running = clocks.find((clock) => clock.id === deadlineId);
  return running ?? (await findClocks(ctx.deps.db, ctx.scope, id)).find((clock) => clock.id === deadlineId);
};

const factsOf = async (ctx: Ctx, world: World, message: OutboundMessage, about: About | null) => {
  const referral = about?.referral ?? null;
  const owner = referral ? world.organisation.units.get(referral.ownerUnit) : undefined;
  const department = owner ? world.organisation.departments.get(owner.department) : undefined;
  const clock = referral ? await clockOf(ctx, message, referral) : undefined;
  const forNotifier = TO_NOTIFIERS.has(message.template);
  const byLink = message.toNotifier && (message.template === 'feedback' || message.template === 'notifier-link');
  const path = byLink
    ? await doorPath(ctx, message)
    : pathOf(message.template, clock?.kind ?? null, referral?.id ?? '');
  const acting = await actingOf(world, message, about, clock?.kind ?? null);
  return {
    link: `${ctx.deps.publicUrl}${path}`,
    receivedAt: referral ? iso(referral.receivedAt) : null,
    department: department ? { da: department.name, en: department.nameEn } : null,
    phone: department?.phone ?? null,
    kind: message.deadlineId ? (clock?.kind ?? null) : null,
    stage: message.stage,
    dueAt: clock ? iso(clock.dueAt) : null,
    unitName: forNotifier ? null : ((acting && world.organisation.units.get(acting)?.name) ?? null),
    caseNumber: forNotifier ? null : (referral?.caseNumber ?? null),
    code: message.doorCodeId ? digitsOf(ctx.deps.vault, message.doorCodeId) : null,
  };
};

type Ending = { readonly state: 'dropped' | 'fallback'; readonly reason: UndeliveredReason };

/** Ends a message that is not tried; what must be told otherwise is handed on in the same transaction. */
const endUntried = (ctx: Ctx, id: string, { state, reason }: Ending): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const ended = { id, state, reason, answer: null, nextAttemptAt: null, maybeTwice: false };
    const message = await finishMessage(tx, ctx.scope, ended, ctx.now);
    if (!message || state === 'dropped') return;
    const outbox = [outboxRow(ctx, { name: 'mail.undelivered', payload: { outboundMessageId: id, failing: false } })];
    await insertRecords(tx, ctx.scope, { events: [], deadlines: [], outbound: [], outbox });
  });

const receiverOf = ({ toPersonId, toUnitId }: OutboundMessage): To => {
  if (toPersonId !== null) return { person: toPersonId };
  return toUnitId === null ? { notifier: true } : { unit: toUnitId };
};

/** A retry, a mail sent again by hand, a late relay, hours that were changed: it is now that the receiver is closed. */
const heldUntil = (ctx: Ctx, world: World, message: OutboundMessage, referral: Referral | null): Instant | null => {
  const { template, urgent } = message;
  const exempt = urgent || template === 'receipt' || (template === 'feedback' && referral?.acute === true);
  const at = mayLeaveAt(receiverOf(message), exempt, world, ctx.now);
  return isAfter(at, ctx.now) ? at : null;
};

const hold = (ctx: Ctx, id: string, until: Instant): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    await holdMessage(tx, ctx.scope, id, { from: ctx.now, until });
    await handOverMails(ctx, [id], until, tx);
  });

const referralOf = async (ctx: Ctx, { referralId, notificationId }: OutboundMessage): Promise<Referral | null> => {
  const { db } = ctx.deps;
  const id = referralId ?? (notificationId ? (await findReferralIds(db, ctx.scope, notificationId))[0] : undefined);
  return id ? getReferral(db, ctx.scope, id) : null;
};

/**
 * Takes one outbound message for sending, or null when there is nothing to send: sent before, in another's hands, no
 * longer true; held until its receiver opens; or without an address that mail reaches, and then somebody is told to tell
 * it otherwise. `addressed`: what the caller has found out about its address.
 */
export const prepareMail = async (ctx: Ctx, id: string, addressed?: AddressedMail): Promise<PreparedMail | null> => {
  demand(ctx.actor, 'message.deliver');
  const { db, publicUrl } = ctx.deps;
  const found = addressed ?? (await addressMail(ctx, id));
  if (!found) return null;
  const { to, world } = found;
  const addressIndex = to === null ? null : addressIndexOf(ctx, to);
  const message = await claimMessage(db, ctx.scope, { id, addressIndex, leaseMs: LEASE_MS }, ctx.now);
  if (!message) return null;
  const referral = await referralOf(ctx, message);
  const isReceiver = await receiverIn(ctx, world, message);
  const about = referral && { world, referral, matters: mattersOf(ctx, referral), isReceiver };
  const end = async (ending: Ending): Promise<null> => {
    await endUntried(ctx, id, ending);
    return null;
  };
  if (!(await isWanted(ctx, message, about))) return end({ state: 'dropped', reason: 'moot' });
  if (to === null || addressIndex === null) return end({ state: 'fallback', reason: 'no-address' });
  if (message.failing && !message.forced) return end({ state: 'fallback', reason: 'failing-address' });
  const until = heldUntil(ctx, world, message, referral);
  if (until !== null) {
    await hold(ctx, id, until);
    return null;
  }
  return {
    id,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    to,
    addressIndex,
    template: message.toNotifier && message.template === 'feedback' ? 'feedback-link' : message.template,
    language: message.language,
    facts: await factsOf(ctx, world, message, about),
  };
};
