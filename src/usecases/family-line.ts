import type { Organisation } from '#domain/organisation.ts';
import { iso } from '#domain/time.ts';
import type { FamilyReferral } from '#store/families.ts';

/** One referral of a child or of its sibling, by what every unit of the case may know: that it exists, when, where. */
export const familyLine = (one: FamilyReferral, { units }: Pick<Organisation, 'units'>) => {
  const unit = units.get(one.ownerUnit);
  return {
    unit: unit?.name ?? one.ownerUnit,
    phone: unit?.phone ?? '',
    receivedAt: iso(one.receivedAt),
    /** Null where it belongs to others. */
    own: one.own ? { ...one.own, closed: one.closedAt !== null } : null,
  };
};
