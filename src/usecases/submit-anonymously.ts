import { ANONYMOUS_LIMIT } from '#domain/door.ts';
import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { quietTimes } from '#domain/quiet-times.ts';
import { iso } from '#domain/time.ts';
import { asOutsider, claimedBasis, type DoorCtx } from './door-visit.ts';
import { parseNotification } from './parse-notification.ts';
import { storeSubmission } from './store-submission.ts';
import { keptWorld } from './world.ts';

const isMarkedAcute = (notification: unknown): boolean => {
  const { acute } = (notification ?? {}) as { readonly acute?: { readonly marked?: unknown } | null };
  return acute?.marked === true;
};

/**
 * An anonymous citizen notifies. From here on the instant at which it happens is unknown: rows, ids, journal and mails carry
 * the rounded ones of `quietTimes`. Nothing of the visitor is kept; how often they come stands in memory only. Idempotent by
 * a key that the page makes for one sending and forgets. Throws INVALID, RATE_LIMITED.
 */
export const submitAnonymously = async (
  visit: DoorCtx,
  { notification }: { readonly notification: unknown },
): Promise<{ receivedAt: string }> => {
  const { receivedAt, knownAt } = quietTimes(visit.now, { acute: isMarkedAcute(notification) });
  const ctx = { ...asOutsider(visit, claimedBasis(notification)), now: knownAt };
  const role = demand(ctx.actor, 'door.submit-anonymously');
  const { world } = await keptWorld(ctx);
  const form = parseNotification(notification, world, { training: ctx.deps.training, receivedAt });
  if (!ctx.deps.quietCounts.count(visit.visitor, visit.now, ANONYMOUS_LIMIT)) throw new DomainError('RATE_LIMITED');
  await storeSubmission(
    ctx,
    { form, channel: 'form', receivedAt, senderPersonId: null, senderUnitId: null, registeredById: null },
    role,
  );
  return { receivedAt: iso(receivedAt) };
};
