import type { World } from '#domain/intake.ts';
import { openDispute } from '#domain/ownership.ts';
import { demand } from '#domain/policy.ts';
import type { Referral, Template } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import { findClocks } from '#store/case-page.ts';
import { findOpenMatters } from '#store/matters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { claimMessage, finishMessage, type OutboundMessage } from '#store/outbound-messages.ts';
import { findReferralIds } from '#store/receipts.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { openNotification } from './open-records.ts';
import { currentWorld } from './world.ts';

/** One mail, ready to be written out. Holds no personal data but the address it goes to. */
export type PreparedMail = {
  readonly id: string;
  /** Stable: the same message mailed twice carries the same Message-ID. */
  readonly messageId: string;
  readonly to: string;
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
  };
};

/** How long one attempt may take before another process may try. */
const LEASE_MS = 120_000;

const addressOf = async (ctx: Ctx, world: World, message: OutboundMessage): Promise<string | null> => {
  const { people, units } = world.organisation;
  if (message.toPersonId) return people.get(message.toPersonId)?.email ?? null;
  if (message.toUnitId) return units.get(message.toUnitId)?.email ?? null;
  if (!message.notificationId) return null;
  const { content } = await openNotification(ctx, ctx.deps.db, message.notificationId);
  return content?.form.notifier.workEmail ?? null;
};

const isDisputed = async (ctx: Ctx, { id }: Referral): Promise<boolean> =>
  openDispute(await findOpenMatters(ctx.deps.db, ctx.scope, id)) !== null;

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

/** A notice held over quiet hours is dropped when what it tells is no longer so. */
const stillTrue = async (ctx: Ctx, message: OutboundMessage, referral: Referral): Promise<boolean> => {
  switch (message.template) {
    case 'alarm':
      return referral.clocks.some((c) => c.id === message.deadlineId);
    case 'referral-received':
    case 'ownership-arrived':
      return referral.status === 'received' && (message.toPersonId !== null || referral.ownerUnit === message.toUnitId);
    case 'assessment-task':
      return referral.assessedAt === null && referral.assessmentUnit === message.toUnitId;
    case 'assigned':
      return referral.closedAt === null && referral.handlerId === message.toPersonId;
    case 'became-acute':
      return referral.acute && referral.closedAt === null;
    case 'handover-proposed': {
      const { handover } = await findOpenMatters(ctx.deps.db, ctx.scope, referral.id);
      return handover?.state === 'proposed' && handover.to === message.toUnitId;
    }
    case 'dispute-raised':
    case 'dispute-claimed':
    case 'step-begun':
      return isDisputed(ctx, referral);
    case 'settlement-proposed':
      return (openDispute(await findOpenMatters(ctx.deps.db, ctx.scope, referral.id))?.proposal ?? null) !== null;
    case 'withholding':
      return hasFeedback(ctx, referral, ['awaiting-approval']);
    case 'feedback':
      return hasFeedback(ctx, referral, ['given', 'withheld'], message.feedbackId);
    default:
      return true;
  }
};

/** The clock that a notice is about: what its receiver must do, and by when. */
const TOLD_CLOCK: Partial<Record<Template, string>> = {
  'referral-received': 'acknowledge',
  'ownership-arrived': 'acknowledge',
  'assessment-task': 'assess-24h',
  assigned: 'assess-24h',
};

/** To a notifier: nothing of the case, which they cannot open. */
const TO_NOTIFIERS: ReadonlySet<Template> = new Set(['receipt', 'feedback']);
/** About the ownership: whoever gets it may see that, and need not be of the case's side. */
const OF_OWNERSHIP: ReadonlySet<Template> = new Set([
  'handover-proposed',
  'handover-answered',
  'dispute-raised',
  'dispute-claimed',
  'settlement-proposed',
  'step-begun',
  'dispute-settled',
]);

const pathOf = (template: Template, kind: string | null, referralId: string): string => {
  if (template === 'receipt') return '/';
  if (template === 'feedback') return '/mine';
  const ofOwnership = OF_OWNERSHIP.has(template) || kind === 'handover' || kind?.startsWith('ladder.') === true;
  return ofOwnership ? `/uenighed/${referralId}` : `/sag/${referralId}`;
};

/** Whoever is told to act is the one that is named. */
const actingOf = async (ctx: Ctx, message: OutboundMessage, referral: Referral | null, kind: string | null) => {
  if (message.template === 'assessment-task') return message.toUnitId;
  if (!referral || kind !== 'handover') return referral?.ownerUnit;
  return (await findOpenMatters(ctx.deps.db, ctx.scope, referral.id)).handover?.to ?? referral.ownerUnit;
};

const factsOf = async (ctx: Ctx, world: World, message: OutboundMessage, referral: Referral | null) => {
  const owner = referral ? world.organisation.units.get(referral.ownerUnit) : undefined;
  const department = owner ? world.organisation.departments.get(owner.department) : undefined;
  const clocks = referral ? await findClocks(ctx.deps.db, ctx.scope, referral.id) : [];
  const told = TOLD_CLOCK[message.template];
  const clock = clocks.find((c) =>
    message.deadlineId ? c.id === message.deadlineId : c.kind === told && c.state === 'running',
  );
  const forNotifier = TO_NOTIFIERS.has(message.template);
  const acting = await actingOf(ctx, message, referral, clock?.kind ?? null);
  return {
    link: `${ctx.deps.publicUrl}${pathOf(message.template, clock?.kind ?? null, referral?.id ?? '')}`,
    receivedAt: referral ? iso(referral.receivedAt) : null,
    department: department ? { da: department.name, en: department.nameEn } : null,
    phone: department?.phone ?? null,
    kind: message.deadlineId ? (clock?.kind ?? null) : null,
    stage: message.stage,
    dueAt: clock ? iso(clock.dueAt) : null,
    unitName: forNotifier ? null : ((acting && world.organisation.units.get(acting)?.name) ?? null),
    caseNumber: forNotifier ? null : (referral?.caseNumber ?? null),
  };
};

/**
 * Takes one outbound message for sending, or null when there is nothing to send any more: sent before, in another's
 * hands, no longer true, or without an address (then the sweep's alarms tell a person).
 */
export const prepareMail = async (ctx: Ctx, outboundMessageId: string): Promise<PreparedMail | null> => {
  demand(ctx.actor, 'message.deliver');
  const { db, publicUrl } = ctx.deps;
  const message = await claimMessage(db, ctx.scope, outboundMessageId, ctx.now, LEASE_MS);
  if (!message) return null;
  const world = await currentWorld(ctx);
  const referralId =
    message.referralId ??
    (message.notificationId ? (await findReferralIds(db, ctx.scope, message.notificationId))[0] : undefined);
  const referral = referralId ? await getReferral(db, ctx.scope, referralId) : null;
  const to = await addressOf(ctx, world, message);
  const moot = referral !== null && !(await stillTrue(ctx, message, referral));
  if (to === null || moot) {
    const answer = moot ? 'no longer true' : 'no address';
    await finishMessage(db, ctx.scope, { id: message.id, state: 'dropped', answer }, ctx.now);
    return null;
  }
  return {
    id: message.id,
    messageId: `<${message.id}@${new URL(publicUrl).hostname}>`,
    to,
    template: message.template,
    language: message.language,
    facts: await factsOf(ctx, world, message, referral),
  };
};
