import type { ReactNode } from 'react';
import { type DefaultValues, type FieldValues, useForm } from 'react-hook-form';
import { z } from 'zod';
import { lines } from '#domain/form-fields.ts';
import { useAct } from '../use-act.ts';
import { ActForm } from './act-form.tsx';
import { refusalsBy, useRefusals } from './use-refusals.ts';

type Props<Values extends FieldValues, In, Out> = {
  readonly procedure: Parameters<typeof useAct<In, Out>>[0];
  readonly defaults: Values & { readonly reason: string };
  readonly input: (values: Values) => In;
  /** What is asked beside the reason. */
  readonly also?: z.ZodRawShape;
  readonly submitLabel: string;
  readonly told: string;
  readonly warning?: boolean;
  readonly done?: (out: Out) => void;
  readonly cancel?: () => void;
  readonly children: ReactNode;
};

/** An act for which why is written, and perhaps something is chosen. */
export const Reasoned = <Values extends FieldValues, In, Out>(props: Props<Values, In, Out>) => {
  const refusals = useRefusals();
  const form = useForm<Values>({ defaultValues: props.defaults as DefaultValues<Values> });
  const act = useAct(props.procedure, {
    done: (out) => {
      form.reset();
      props.done?.(out);
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  const submit = (values: Values): void => {
    const asked = props.input(values);
    const found = refusalsBy(z.object({ ...props.also, reason: lines(4_000) }), { ...values, ...asked });
    refusals.refuse(found);
    if (found.length === 0) act.run(asked);
  };
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={props.submitLabel}
      told={props.told}
      submit={submit}
      {...(props.warning ? { warning: true } : {})}
      {...(props.cancel ? { cancel: props.cancel } : {})}
    >
      {props.children}
    </ActForm>
  );
};
