import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { ActForm } from '../form/act-form.tsx';
import { type ActProps, useCaseAct } from './use-case-act.ts';

type Props<In, Out> = ActProps & {
  readonly procedure: Parameters<typeof useCaseAct<In, Out>>[0];
  readonly input: In;
  readonly submitLabel: string;
  readonly doneText: string;
  /** What is looked at before it is done. */
  readonly children?: ReactNode;
};

/** An act with nothing to fill in. */
export const PlainActForm = <In, Out>({ procedure, input, children, ...props }: Props<In, Out>) => {
  const form = useForm();
  const act = useCaseAct(procedure, { overtaken: props.overtaken, done: () => props.done(props.doneText) });
  return (
    <ActForm
      form={form}
      problems={[]}
      attempt={0}
      problem={act.shown}
      pending={act.pending}
      submitLabel={props.submitLabel}
      told={props.told}
      cancel={props.cancel}
      submit={() => act.run(input)}
    >
      {children ?? null}
    </ActForm>
  );
};
