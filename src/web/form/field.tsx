import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId, useProblemAt } from './problems.tsx';

export type FieldProps = {
  readonly path: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Marked in words when it may be left out; in this form most fields may. */
  readonly optional?: boolean;
};

export type Described = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
};

/** What ties a control to its hint and its error. */
export const useDescribed = (path: string, hint?: string): Described & { readonly problem: string | null } => {
  const problem = useProblemAt(path);
  const id = fieldId(path);
  const parts = [hint ? `${id}-hint` : null, problem ? `${id}-error` : null].filter((part) => part !== null);
  return {
    id,
    problem,
    'aria-describedby': parts.length > 0 ? parts.join(' ') : undefined,
    'aria-invalid': problem ? true : undefined,
  };
};

type HintProps = { readonly id: string; readonly hint: string | undefined; readonly problem: string | null };

const HintAndProblem = ({ id, hint, problem }: HintProps) => {
  const { t } = useTranslation();
  return (
    <>
      {hint ? (
        <span className="form-hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span className="form-error-message" id={`${id}-error`}>
          <span className="sr-only">{t('common.errorPrefix')}: </span>
          {problem}
        </span>
      ) : null}
    </>
  );
};

const Optional = ({ show }: { readonly show: boolean | undefined }) => {
  const { t } = useTranslation();
  return show ? <span className="weight-normal"> ({t('common.optional')})</span> : null;
};

type FrameProps = FieldProps & { readonly described: ReturnType<typeof useDescribed>; readonly children: ReactNode };

/** Label, hint and error above one control. */
export const Frame = ({ label, hint, optional, described, children }: FrameProps) => (
  <div className={described.problem ? 'form-group form-error' : 'form-group'}>
    <label className="form-label" htmlFor={described.id}>
      {label}
      <Optional show={optional} />
    </label>
    <HintAndProblem id={described.id} hint={hint} problem={described.problem} />
    {children}
  </div>
);

/** The same for a group of controls. The group itself can take the focus, so that a summary link reaches it. */
export const GroupFrame = ({ label, hint, optional, described, children }: FrameProps) => (
  <div className={described.problem ? 'form-group form-error' : 'form-group'}>
    <fieldset id={described.id} tabIndex={-1} aria-describedby={described['aria-describedby']}>
      <legend className="form-label">
        {label}
        <Optional show={optional} />
      </legend>
      <HintAndProblem id={described.id} hint={hint} problem={described.problem} />
      {children}
    </fieldset>
  </div>
);
