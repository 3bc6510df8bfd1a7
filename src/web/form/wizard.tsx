import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { instant } from '#domain/time.ts';
import { Alert } from '../components/alert.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useDoorKind, useMailDemanded, useSteps } from '../door/place.ts';
import type { Problem } from '../problem.ts';
import { useNow, useTraining } from '../session.tsx';
import { checkForm } from './check.ts';
import { ErrorSummary, focusField } from './error-summary.tsx';
import { useFormData } from './form-data.ts';
import { Guidance } from './guidance.tsx';
import { Part } from './parts/part.tsx';
import { Problems } from './problems.tsx';
import { Review } from './review.tsx';
import { StepIndicator, type StepState } from './step-indicator.tsx';
import { type Step, stepOf } from './steps.ts';
import type { Checked } from './use-checked.ts';
import type { FormValues } from './values.ts';

type Props = {
  readonly step: Step;
  readonly checked: Checked;
  readonly status: React.ReactNode;
  readonly sending: boolean;
  readonly problem: Problem | null;
  readonly send: () => void;
  /** Files beside it, on the step that asks for the concern and on the last. */
  readonly files?: (shown: 'to-change' | 'to-check') => React.ReactNode;
};

/** A step behind the present one is done, or lacks something; one ahead is open. */
const useStates = (step: Step, { problems }: Checked): Record<Step, StepState> => {
  const { getValues } = useFormContext<FormValues>();
  const training = useTraining();
  const mailDemanded = useMailDemanded();
  const steps = useSteps();
  const { codes } = useFormData();
  const now = useNow();
  return useMemo(() => {
    const lacking = new Set(
      checkForm(getValues(), { training, codes, receivedAt: instant(now), mailDemanded }).map(({ path }) =>
        stepOf(path),
      ),
    );
    const shown = new Set(problems.map(({ path }) => stepOf(path)));
    const at = steps.indexOf(step);
    const stateOf = (one: Step, index: number): StepState =>
      one === step
        ? 'current'
        : shown.has(one)
          ? 'error'
          : index < at && !lacking.has(one)
            ? 'done'
            : index < at && step === 'review'
              ? 'error'
              : 'open';
    return Object.fromEntries(steps.map((one, index) => [one, stateOf(one, index)])) as Record<Step, StepState>;
  }, [step, problems, getValues, training, codes, now, steps, mailDemanded]);
};

/** The notification in steps: one column, the steps before it, advice beside it. */
export const Wizard = ({ step, checked, status, sending, problem, send, files }: Props) => {
  const { t } = useTranslation();
  const { getValues } = useFormContext<FormValues>();
  const navigate = useNavigate();
  const kind = useDoorKind();
  const steps = useSteps();
  const states = useStates(step, checked);
  const at = steps.indexOf(step);
  const wanted = useRef<string | null>(null);
  const goTo = (to: Step) => void navigate({ to: '.', search: { trin: to } });

  // A line of the summary may lead to a field of another step, which has to appear first.
  useEffect(() => {
    if (wanted.current && stepOf(wanted.current) === step && focusField(wanted.current)) wanted.current = null;
  });
  const follow = (path: string) => {
    if (focusField(path)) return;
    wanted.current = path;
    goTo(stepOf(path));
  };

  const forward = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'review') {
      if (checked.check()) send();
      return;
    }
    if (checked.check((path) => stepOf(path) === step)) goTo(steps[at + 1] ?? 'review');
  };
  const previous = steps[at - 1];

  return (
    <div className="wizard">
      <StepIndicator states={states} />
      <form className="wizard-form" onSubmit={forward} noValidate>
        <ErrorSummary problems={checked.problems} attempt={checked.attempt} goTo={follow} />
        <ProblemAlert problem={problem} />
        <PageTitle
          key={step}
          title={t(`form.steps.${step}`)}
          windowTitle={`${t(`form.steps.${step}`)} – ${t('form.title')}`}
          subheading={`${t('form.title')}. ${t('form.stepOf', { step: at + 1, total: steps.length })}`}
        />
        <Guidance step={step} place="inside" />
        {step === 'review' ? (
          <>
            <Review values={getValues()} />
            {files?.('to-check')}
            <Alert tone="info">
              <p>{t(kind === 'anonymous' ? 'door.before.anonymousHead' : 'form.review.parents')}</p>
            </Alert>
          </>
        ) : (
          <Problems value={checked.problems}>
            <Part step={step} />
          </Problems>
        )}
        {step === 'concern' ? files?.('to-change') : null}
        {status}
        {step === 'review' ? (
          <p className="told">{t(kind === null ? 'form.review.sendTold' : `door.told.${kind}`)}</p>
        ) : null}
        <div className="button-group wizard-buttons">
          {previous ? (
            <button type="button" className="button button-secondary" onClick={() => goTo(previous)}>
              {t('common.back')}
            </button>
          ) : null}
          <button type="submit" className="button button-primary">
            {step === 'review' ? t(sending ? 'common.sending' : 'form.review.send') : t('common.next')}
          </button>
        </div>
      </form>
      <Guidance step={step} place="beside" />
    </div>
  );
};
