import { LEGAL_BASES } from '#domain/codes.ts';
import { DOOR_LIMITS, type DoorLimit, type Outsider } from '#domain/door.ts';
import { DomainError } from '#domain/errors.ts';
import { localDay } from '#domain/time.ts';
import { countAtDoor } from '#store/door-counts.ts';
import type { Ctx } from './context.ts';

/** A request without a login. `visitor`: the network address it came from, where that is known; it is never stored. */
export type DoorCtx = Ctx & { readonly visitor: string | null };

export const asOutsider = <C extends Ctx>(ctx: C, as: Outsider): C => ({ ...ctx, actor: { kind: 'outsider', as } });

/** Who the form says that it comes from, before it is read as a whole: the policy is asked first. */
export const claimedBasis = (notification: unknown): Outsider => {
  const { notifier } = (notification ?? {}) as { readonly notifier?: unknown };
  const { basis } = (notifier ?? {}) as { readonly basis?: unknown };
  return LEGAL_BASES.find(({ code }) => code === basis)?.code ?? 'visitor';
};

/**
 * Counts a visit under the limit, for all processes together, and throws RATE_LIMITED beyond it. Stands under a keyed hash
 * of that day. Never called for anonymous notifiers.
 */
export const countVisit = async (ctx: Ctx, limit: DoorLimit, of: string | null): Promise<void> => {
  if (of !== null && (await countedVisit(ctx, limit, of)).beyond) throw new DomainError('RATE_LIMITED');
};

/** The same without refusing: how often by now, and whether that is beyond the limit. */
export const countedVisit = async (
  ctx: Ctx,
  limit: DoorLimit,
  of: string,
): Promise<{ readonly count: number; readonly beyond: boolean }> => {
  const { most, hours } = DOOR_LIMITS[limit];
  const { db, vault } = ctx.deps;
  const bucket = vault.index('rate', `${localDay(ctx.now)}:${limit}:${of}`);
  const count = await countAtDoor(db, ctx.scope, bucket, ctx.now, ctx.now.add({ hours }));
  return { count, beyond: count > most };
};
