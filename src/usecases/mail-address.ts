import { onDutyAt } from '#domain/recipients.ts';
import type { World } from '#domain/world.ts';
import type { Ctx } from './context.ts';

/** How an address is known: written in whatever case, it is one. */
export const addressIndexOf = ({ deps }: Pick<Ctx, 'deps'>, address: string): Uint8Array =>
  deps.vault.index('mail', address.trim().toLowerCase());

/** Where a colleague's or a unit's mail goes now: a unit's to whoever is on duty for it, else to its own address. */
export const staffAddress = (
  { toPersonId, toUnitId }: { readonly toPersonId: string | null; readonly toUnitId: string | null },
  { organisation }: World,
  now: Ctx['now'],
): string | null => {
  if (toPersonId) return organisation.people.get(toPersonId)?.email ?? null;
  if (!toUnitId) return null;
  const [onDuty] = onDutyAt(toUnitId, organisation, now);
  return onDuty?.email ?? organisation.units.get(toUnitId)?.email ?? null;
};
