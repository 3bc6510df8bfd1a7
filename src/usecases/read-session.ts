import { DomainError } from '#domain/errors.ts';
import { can, demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

/** Who one is, and what one may begin with. */
export const readSession = async (ctx: Ctx) => {
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
    now: iso(ctx.now),
    can: {
      write: can(actor, 'notification.submit'),
      list: can(actor, 'referral.list'),
      register: can(actor, 'notification.register'),
      inquire: can(actor, 'inquiry.register'),
      disputes: can(actor, 'dispute.list'),
      tasks: can(actor, 'task.list'),
      letters: can(actor, 'letter.list'),
      messages: can(actor, 'message.list'),
      setup: can(actor, 'setup.read'),
    },
  };
};
