import { z } from 'zod';
import { instant } from '#domain/time.ts';

export const id = z.uuid();
export const text = (most: number) => z.string().trim().min(1, 'required').max(most);
/** ISO 8601 with an offset on the wire, an instant inside. */
export const at = z.iso.datetime({ offset: true, error: 'wrong-form' }).transform(instant);
/** A unit's or a person's id, a code of a list. */
export const code = z.string().min(1, 'required').max(120);
/** The version of the page that the person looked at. */
export const target = z.strictObject({ id, stateVersion: z.int().min(0) });
export const page = z.strictObject({ cursor: z.string().max(120).optional() });
