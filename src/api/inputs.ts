import { z } from 'zod';
import { instant } from '#domain/time.ts';

export const id = z.uuid();
export const text = (most: number) => z.string().trim().min(1, 'required').max(most);
/** Days are counted up to an instant; none of a person's work lies beyond. */
const UNTIL_YEAR = '2200';
/** ISO 8601 with an offset on the wire, an instant before the year 2200 inside. */
export const at = z.iso
  .datetime({ offset: true, error: 'wrong-form' })
  .refine((text) => text < UNTIL_YEAR, 'out-of-range')
  .transform(instant);
/** A unit's or a person's id, a code of a list. */
export const code = z.string().min(1, 'required').max(120);
/** The version of the page that the person looked at. */
export const target = z.strictObject({ id, stateVersion: z.int().min(0) });
export const page = z.strictObject({ cursor: z.string().max(120).optional() });
