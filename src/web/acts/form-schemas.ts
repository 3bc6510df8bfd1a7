import { z } from 'zod';
import { lines } from '#domain/form-fields.ts';

/** A choice that must be made: of a list, or of the buttons of a group, where nothing chosen is null. */
export const chosen = z.string({ error: 'required' }).min(1, 'required');
export const reason = lines(5_000);
export const longText = lines(20_000);
export const basis = lines(300);

/** A number of months as typed; blank where none is set. */
export const months = z
  .string()
  .trim()
  .refine(
    (text) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 240),
    'out-of-range',
  );

export const monthsOf = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));
