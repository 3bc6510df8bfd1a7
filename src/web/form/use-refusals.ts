import { useState } from 'react';
import { z } from 'zod';
import { ACT_LABELS } from '#domain/act-labels.ts';
import type { FieldError, Reason } from '#domain/errors.ts';
import { fieldErrors } from '#domain/field-errors.ts';

type Refusals = {
  readonly problems: readonly FieldError[];
  readonly attempt: number;
  readonly refuse: (problems: readonly FieldError[]) => void;
};

/** The first problem of each field: the others often follow from it. */
export const oncePerField = (problems: readonly FieldError[]): readonly FieldError[] =>
  problems.filter(({ path }, at) => problems.findIndex((other) => other.path === path) === at);

/** Refused fields of a short form, whether found here or by the server. */
export const useRefusals = (): Refusals => {
  const [state, setState] = useState<{ problems: readonly FieldError[]; attempt: number }>({
    problems: [],
    attempt: 0,
  });
  return {
    ...state,
    refuse: (found) => {
      const problems = oncePerField(found);
      setState(({ attempt }) => ({ problems, attempt: attempt + (problems.length > 0 ? 1 : 0) }));
    },
  };
};

/** What a schema says of the values, in the words of the server; `labels` for fields that only the screen has. */
export const refusalsBy = (
  schema: z.ZodType,
  values: unknown,
  labels: Readonly<Record<string, Reason>> = {},
): readonly FieldError[] => {
  const parsed = schema.safeParse(values);
  return parsed.success ? [] : fieldErrors(parsed.error, { ...ACT_LABELS, ...labels });
};

const channels = z.object({ channel: z.string().min(1, 'required') });
export const channelRefusals = (channel: string): readonly FieldError[] => refusalsBy(channels, { channel });
