import { CHANNELS } from '#domain/codes.ts';
import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { type Instant, isAfter } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { parseNotification } from './parse-notification.ts';
import { type Submitted, storeSubmission } from './store-submission.ts';
import { keptWorld } from './world.ts';

export type Registration = {
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly callNote?: string | undefined;
  readonly notification: unknown;
};

const OTHER_CHANNELS: readonly string[] = CHANNELS.map((c) => c.code).filter((code) => code !== 'form');

/**
 * Staff register what came by another channel. The clocks of the law run from `receivedAt`, when it reached the
 * municipality; what it was registered at is kept beside it. Idempotent by key.
 */
export const registerNotification = async (ctx: Ctx, input: Registration): Promise<Submitted> => {
  const role = demand(ctx.actor, 'notification.register');
  if (!OTHER_CHANNELS.includes(input.channel)) refuseField('channel', 'unknown-choice');
  if (isAfter(input.receivedAt, ctx.now)) refuseField('receivedAt', 'future');
  const { world } = await keptWorld(ctx);
  const form = parseNotification(input.notification, world, {
    training: ctx.deps.training,
    receivedAt: input.receivedAt,
  });
  const registrar = ctx.actor.kind === 'person' ? ctx.actor : null;
  return storeSubmission(
    ctx,
    {
      form,
      channel: input.channel,
      receivedAt: input.receivedAt,
      senderPersonId: null,
      senderUnitId: null,
      registeredById: registrar?.personId ?? null,
      ...(input.callNote ? { callNote: input.callNote } : {}),
    },
    role,
  );
};
