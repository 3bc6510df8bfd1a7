import { z } from 'zod';
import { ACT_LABELS } from '#domain/act-labels.ts';
import { DomainError } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';

/** A proposed change in the shape of its kind. Throws INVALID, naming the fields as `change.` and their name. */
export const parseChange = <S extends z.ZodType>(shape: S, payload: unknown): z.output<S> => {
  const parsed = z.object({ change: shape }).safeParse({ change: payload });
  // Of a shape that is not known yet the type of an object around it cannot be told.
  if (parsed.success) return (parsed.data as { change: z.output<S> }).change;
  const fields = fieldErrors(parsed.error, ACT_LABELS);
  throw new DomainError('INVALID', fields[0], fields);
};
