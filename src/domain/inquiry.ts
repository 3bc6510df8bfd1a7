import { DomainError } from './errors.ts';
import { type Intake, receive } from './intake.ts';
import type { Fact } from './journal.ts';
import type { NotificationForm } from './notification-form.ts';
import type { Organisation, Role } from './organisation.ts';
import { mayOwn } from './organisation-tree.ts';
import { can } from './policy.ts';
import type { RoutingInput } from './routing-facts.ts';
import type { Actor } from './scope.ts';
import { type Instant, withOffset } from './time.ts';
import { keptTrace } from './trace-words.ts';
import type { World } from './world.ts';

/**
 * The role and unit in which this person registers an inquiry: staff of a unit that may own one, or a school social
 * worker, whose school may not. Throws OUT_OF_SCOPE.
 */
export const demandRegistrar = (
  actor: Actor,
  organisation: Organisation,
): { readonly role: Role; readonly unit: string } => {
  if (actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
  const held = actor.roles.find((one) => {
    const unit = organisation.units.get(one.unit);
    const place = one.role === 'school-social-worker' || (unit !== undefined && mayOwn(unit, 'inquiry'));
    return place && can({ ...actor, roles: [one] }, 'inquiry.register');
  });
  if (!held) throw new DomainError('OUT_OF_SCOPE');
  return { role: held.role, unit: held.unit };
};

/** An inquiry as it was registered: the need in words, and what was said of the child. Sealed whole. */
export type InquiryContent = {
  readonly text: string;
  readonly child: Pick<NotificationForm['children'][number], 'name' | 'address' | 'institution' | 'ageEstimate'>;
};

/** `senderUnit` is the registering unit. */
export type Inquiry = InquiryContent & {
  readonly routing: Omit<RoutingInput, 'matter' | 'at'>;
  readonly acute: boolean;
};

/**
 * A need that a unit registers itself: a referral without notification, routed by rules 1, 2, the matrix, the
 * registering unit, then 4–6. Owned at once; its only clock is the acknowledgement. No receipt, no feedback, no 24-hour
 * assessment, no investigation. Facts are those of its arrival, in order.
 */
export const registerInquiry = (
  inquiry: Inquiry,
  world: World,
  now: Instant,
): Intake & { readonly facts: readonly Fact[] } => {
  const { routing, acute, text, child } = inquiry;
  const intake = receive(
    { routing: { ...routing, matter: 'inquiry', at: now }, receivedAt: now, now, acute, receiptOwed: false },
    world,
  );
  const { routed, acting, owner, assessmentUnit } = intake;
  return {
    ...intake,
    facts: [
      {
        kind: 'inquiry-registered',
        data: { unit: routing.senderUnit, need: routing.need, acute },
        sealed: { text, child },
      },
      {
        kind: 'routed',
        data: { unit: routed.unit, rule: routed.rule, trace: keptTrace([...routed.trace, ...acting.trace]) },
      },
      { kind: 'owned', data: { ...owner, assessmentUnit } },
      { kind: 'clocks-started', data: Object.fromEntries(intake.clocks.map((c) => [c.kind, withOffset(c.dueAt)])) },
    ],
  };
};
