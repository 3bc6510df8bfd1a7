import { DomainError } from '#domain/errors.ts';
import { can, demand } from '#domain/policy.ts';
import { type Instant, iso } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/** Who one is, what one may begin with, and when the login runs out by itself (never in training). */
export const readSession = async (ctx: Ctx, endsAt: Instant | null) => {
  const { actor } = ctx;
  demand(actor, 'session.read');
  if (actor.kind !== 'person') throw new DomainError('UNAUTHENTICATED');
  const { organisation } = await currentWorld(ctx);
  return {
    personId: actor.personId,
    title: organisation.people.get(actor.personId)?.title ?? '',
    unitId: actor.unitId,
    unitName: organisation.units.get(actor.unitId)?.name ?? '',
    department: actor.department,
    roles: actor.roles.map((r) => r.role),
    training: ctx.deps.training,
    prints: ctx.deps.print !== null,
    now: iso(ctx.now),
    endsAt: endsAt === null ? null : iso(endsAt),
    can: {
      write: can(actor, 'notification.submit'),
      institution: can(actor, 'notification.list-institution'),
      list: can(actor, 'referral.list'),
      register: can(actor, 'notification.register'),
      inquire: can(actor, 'inquiry.register'),
      disputes: can(actor, 'dispute.list'),
      figures: can(actor, 'figures.read'),
      tasks: can(actor, 'task.list'),
      letters: can(actor, 'letter.list'),
      messages: can(actor, 'message.list'),
      setup: can(actor, 'setup.read'),
      audit: can(actor, 'audit.open'),
    },
  };
};
