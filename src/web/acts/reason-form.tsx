import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { TextArea } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { reason } from './form-schemas.ts';
import type { ActProps, useCaseAct } from './use-case-act.ts';

const schema = z.object({ reason });

type Target = { readonly id: string; readonly stateVersion: number };
type Props<Out> = ActProps & {
  readonly item: Target;
  readonly procedure: Parameters<typeof useCaseAct<{ id: string; stateVersion: number; reason: string }, Out>>[0];
  readonly label: string;
  readonly submitLabel: string;
  readonly warning?: boolean;
  /** What must be known before it is written. */
  readonly before?: ReactNode;
};

/** An act that asks for nothing but why. */
export const ReasonForm = <Out,>({ item, label, before, ...props }: Props<Out>) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      defaults={{ reason: '' }}
      schema={schema}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, reason: values.reason })}
      doneText={t('case.acts.done')}
    >
      {before}
      <TextArea path="reason" label={label} />
    </CaseActForm>
  );
};
