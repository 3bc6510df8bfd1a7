import type { FormEvent, ReactNode } from 'react';
import { type FieldValues, FormProvider, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#domain/errors.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import type { Problem } from '../problem.ts';
import { ErrorSummary } from './error-summary.tsx';
import { Problems } from './problems.tsx';

type Props<Values extends FieldValues> = {
  readonly form: UseFormReturn<Values>;
  readonly problems: readonly FieldError[];
  readonly attempt: number;
  /** What went wrong beyond single fields. */
  readonly problem: Problem | null;
  readonly pending: boolean;
  readonly submitLabel: string;
  /** Who is told what by pressing the button. */
  readonly told: string;
  readonly warning?: boolean;
  readonly submit: (values: Values) => void;
  readonly cancel?: () => void;
  readonly children: ReactNode;
};

/** The form of one act: errors above it, what pressing the button tells to whom beside it. */
export const ActForm = <Values extends FieldValues>(props: Props<Values>) => {
  const { t } = useTranslation();
  const { form, problem, problems } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.submit(form.getValues());
  };
  return (
    <FormProvider {...form}>
      <form className="act-form" onSubmit={submit} noValidate>
        <ErrorSummary problems={problems} attempt={props.attempt} />
        {problems.length === 0 ? <ProblemAlert problem={problem} /> : null}
        <Problems value={problems}>{props.children}</Problems>
        <p className="told">{props.told}</p>
        <div className="button-group">
          <button type="submit" className={`button ${props.warning ? 'button-warning' : 'button-primary'}`}>
            {props.pending ? t('common.sending') : props.submitLabel}
          </button>
          {props.cancel ? (
            <button type="button" className="button button-secondary" onClick={props.cancel}>
              {t('common.cancel')}
            </button>
          ) : null}
        </div>
      </form>
    </FormProvider>
  );
};
