import type { DutyShift, Organisation } from './organisation.ts';
import { type Instant, isAfter } from './time.ts';

type Rota = Pick<Organisation, 'rota'>;

/** The shifts that run for a unit at an instant, in the order of the rota; none in a gap or without a rota. */
export const shiftsAt = (unitId: string, { rota }: Rota, at: Instant): readonly DutyShift[] =>
  rota.filter(({ unit, from, until }) => unit === unitId && !isAfter(from, at) && isAfter(until, at));

/** The number to call: the shift's own where it has one, else the unit's. */
export const phoneAt = (unitId: string, organisation: Rota & Pick<Organisation, 'units'>, at: Instant): string =>
  shiftsAt(unitId, organisation, at).find(({ phone }) => phone !== null)?.phone ??
  organisation.units.get(unitId)?.phone ??
  '';
