import type { World } from '#domain/intake.ts';
import { demand } from '#domain/policy.ts';
import type { Referral, Template } from '#domain/referral.ts';
import { iso } from '#domain/time.ts';
import { findClocks } from '#store/case-page.ts';
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

/** A notice held over quiet hours is dropped when what it tells is no longer so. */
const stillTrue = (message: OutboundMessage, referral: Referral): boolean => {
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

const factsOf = async (ctx: Ctx, world: World, message: OutboundMessage, referral: Referral | null) => {
  const owner = referral ? world.organisation.units.get(referral.ownerUnit) : undefined;
  // Whoever is told to act is the one that is named.
  const acting = message.template === 'assessment-task' ? message.toUnitId : referral?.ownerUnit;
  const department = owner ? world.organisation.departments.get(owner.department) : undefined;
  const clocks = referral ? await findClocks(ctx.deps.db, ctx.scope, referral.id) : [];
  const told = TOLD_CLOCK[message.template];
  const clock = clocks.find((c) =>
    message.deadlineId ? c.id === message.deadlineId : c.kind === told && c.state === 'running',
  );
  const link = message.template === 'receipt' ? '/' : `/sag/${referral?.id ?? ''}`;
  return {
    link: `${ctx.deps.publicUrl}${link}`,
    receivedAt: referral ? iso(referral.receivedAt) : null,
    department: department ? { da: department.name, en: department.nameEn } : null,
    phone: department?.phone ?? null,
    kind: message.deadlineId ? (clock?.kind ?? null) : null,
    stage: message.stage,
    dueAt: clock ? iso(clock.dueAt) : null,
    unitName: (acting && world.organisation.units.get(acting)?.name) ?? null,
    caseNumber: message.template === 'receipt' ? null : (referral?.caseNumber ?? null),
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
  const moot = referral !== null && !stillTrue(message, referral);
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
