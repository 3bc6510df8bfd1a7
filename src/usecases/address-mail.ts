import { withoutBarred } from '#domain/conflict.ts';
import { leadersOf } from '#domain/conflict-floor.ts';
import { toldInPlaceOf } from '#domain/left-notifier.ts';
import { demand } from '#domain/policy.ts';
import type { Template } from '#domain/referral.ts';
import { takerAt } from '#domain/taker.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findFreeMessage, type OutboundMessage } from '#store/outbound-messages.ts';
import { findReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { doorAddress } from './door-mail.ts';
import { partsOfMail, staffAddress } from './mail-address.ts';
import { openNotification } from './open-records.ts';
import { currentWorld } from './world.ts';

/** A message that may be sent now, and where it would go; `to` is null where no address is known. */
export type AddressedMail = { readonly message: OutboundMessage; readonly to: string | null; readonly world: World };

/** What a notifier of the staff is told, and asked. */
const TO_NOTIFIER: ReadonlySet<Template> = new Set(['receipt', 'feedback', 'request']);

/** Many read a unit's box: of a restricted case it is told to somebody of the unit for whom the case is there. */
const toSomebodyNamed = (message: OutboundMessage, { organisation }: World, { now }: Ctx): OutboundMessage => {
  const unit = message.toPersonId === null ? message.toUnitId : null;
  if (unit === null) return message;
  const day = localDay(now);
  const person = takerAt(unit, organisation, day) ?? leadersOf(unit, organisation, day)[0];
  return person ? { ...message, toPersonId: person.id, toUnitId: null } : message;
};

const addressOf = async (ctx: Ctx, world: World, message: OutboundMessage): Promise<string | null> => {
  if (message.toPersonId && TO_NOTIFIER.has(message.template)) {
    return toldInPlaceOf(message.toPersonId, world.organisation, localDay(ctx.now))?.email ?? null;
  }
  if (message.toPersonId || message.toUnitId) {
    const referral = message.referralId ? await findReferral(ctx.deps.db, ctx.scope, message.referralId) : null;
    const barred = referral?.barred ?? [];
    // Written before it was known that they are related to the child: the unit that has the case is told in their place.
    const unitsOwn = barred.includes(message.toPersonId ?? '')
      ? { ...message, toPersonId: null, toUnitId: referral?.ownerUnit ?? null }
      : message;
    const theirs = withoutBarred(world, barred, localDay(ctx.now));
    const to = referral?.restricted ? toSomebodyNamed(unitsOwn, theirs, ctx) : unitsOwn;
    return staffAddress(to, theirs, ctx.now, await partsOfMail(ctx, theirs, to));
  }
  if (!message.notificationId) return message.doorCodeId ? doorAddress(ctx, message.doorCodeId) : null;
  const { content } = await openNotification(ctx, ctx.deps.db, message.notificationId);
  return content?.form.notifier.workEmail || null;
};

/** Where a message goes, before it is taken: while its address is busy it can wait without costing more than this. */
export const addressMail = async (ctx: Ctx, outboundMessageId: string): Promise<AddressedMail | null> => {
  demand(ctx.actor, 'message.deliver');
  const message = await findFreeMessage(ctx.deps.db, ctx.scope, outboundMessageId, ctx.now);
  if (!message) return null;
  const world = await currentWorld(ctx);
  return { message, to: await addressOf(ctx, world, message), world };
};
