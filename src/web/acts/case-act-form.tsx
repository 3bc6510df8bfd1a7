import type { ReactNode } from 'react';
import { type DefaultValues, type FieldValues, useForm } from 'react-hook-form';
import type { z } from 'zod';
import type { FieldError } from '#domain/errors.ts';
import { ActForm } from '../form/act-form.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { type ActProps, useCaseAct } from './use-case-act.ts';

type Props<Values extends FieldValues, In, Out> = ActProps & {
  readonly procedure: Parameters<typeof useCaseAct<In, Out>>[0];
  readonly defaults: Values;
  readonly schema: z.ZodType;
  /** What is sent, or what is wrong beyond the schema. */
  readonly input: (values: Values) => In | { readonly refused: readonly FieldError[] };
  readonly submitLabel: string;
  readonly doneText: string;
  readonly warning?: boolean;
  readonly children: ReactNode;
};

const isRefused = (made: unknown): made is { readonly refused: readonly FieldError[] } =>
  typeof made === 'object' && made !== null && 'refused' in made;

/** The form of one act on the case: checked here, then by the server, which has the last word. */
export const CaseActForm = <Values extends FieldValues, In, Out>(props: Props<Values, In, Out>) => {
  const refusals = useRefusals();
  const form = useForm<Values>({ defaultValues: props.defaults as DefaultValues<Values> });
  const act = useCaseAct(props.procedure, {
    overtaken: props.overtaken,
    done: () => props.done(props.doneText),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.shown}
      pending={act.pending}
      submitLabel={props.submitLabel}
      told={props.told}
      warning={props.warning ?? false}
      cancel={props.cancel}
      submit={(values) => {
        const made = props.input(values);
        const found = [...refusalsBy(props.schema, values), ...(isRefused(made) ? made.refused : [])];
        refusals.refuse(found);
        if (found.length === 0 && !isRefused(made)) act.run(made);
      }}
    >
      {props.children}
    </ActForm>
  );
};
