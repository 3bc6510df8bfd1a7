import { useState } from 'react';
import type { FieldError } from '#domain/errors.ts';
import { refusal } from '#domain/field-errors.ts';

type Refusals = {
  readonly problems: readonly FieldError[];
  readonly attempt: number;
  readonly refuse: (problems: readonly FieldError[]) => void;
};

/** Refused fields of a short form, whether found here or by the server. */
export const useRefusals = (): Refusals => {
  const [state, setState] = useState<{ problems: readonly FieldError[]; attempt: number }>({ problems: [], attempt: 0 });
  return {
    ...state,
    refuse: (problems) => setState(({ attempt }) => ({ problems, attempt: attempt + (problems.length > 0 ? 1 : 0) })),
  };
};

/** Fields that must be filled in and are not. */
export const missing = (values: Readonly<Record<string, unknown>>, fields: readonly string[]): readonly FieldError[] =>
  fields
    .filter((field) => typeof values[field] !== 'string' || values[field].trim() === '')
    .map((field) => refusal(field, 'required'));
