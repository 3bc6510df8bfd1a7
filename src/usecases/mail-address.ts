import { currentUnit, isValid } from '#domain/organisation-tree.ts';
import { onDutyAt } from '#domain/recipients.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findParts } from '#store/matters.ts';
import type { Ctx } from './context.ts';

/** How an address is known: written in whatever case, it is one. */
export const addressIndexOf = ({ deps }: Pick<Ctx, 'deps'>, address: string): Uint8Array =>
  deps.vault.index('mail', address.trim().toLowerCase());

type Parts = Readonly<Record<string, string>>;

/** Where what a mail is about went when its unit was split; looked up only where the unit is no more. */
export const partsOfMail = async (
  ctx: Ctx,
  { organisation }: World,
  { toUnitId, referralId }: { readonly toUnitId: string | null; readonly referralId: string | null },
): Promise<Parts> => {
  const unit = toUnitId === null ? undefined : organisation.units.get(toUnitId);
  const isThere = unit === undefined || isValid(unit.validity, localDay(ctx.now));
  return isThere || referralId === null ? {} : findParts(ctx.deps.db, ctx.scope, referralId);
};

/** The unit, or whoever has come after it by now. */
export const unitToday = (unitId: string, { organisation }: World, now: Ctx['now'], parts: Parts = {}): string =>
  currentUnit(organisation, unitId, localDay(now), parts)?.id ?? unitId;

/** Where a colleague's or a unit's mail goes now: a unit's, or its successor's, to whoever is on duty for it, else to its own address. */
export const staffAddress = (
  { toPersonId, toUnitId }: { readonly toPersonId: string | null; readonly toUnitId: string | null },
  world: World,
  now: Ctx['now'],
  parts: Parts = {},
): string | null => {
  const { organisation } = world;
  if (toPersonId) return organisation.people.get(toPersonId)?.email ?? null;
  if (!toUnitId) return null;
  const unitId = unitToday(toUnitId, world, now, parts);
  const [onDuty] = onDutyAt(unitId, organisation, now);
  return onDuty?.email ?? organisation.units.get(unitId)?.email ?? null;
};
