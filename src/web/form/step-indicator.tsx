import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon.tsx';
import { useSteps } from '../door/place.ts';
import { useWide } from '../use-wide.ts';
import type { Step } from './steps.ts';

export type StepState = 'current' | 'done' | 'error' | 'open';
type Props = { readonly states: Readonly<Record<Step, StepState>> };

const Sign = ({ step, state }: { readonly step: Step; readonly state: StepState }) => {
  const { t } = useTranslation();
  const number = useSteps().indexOf(step) + 1;
  if (state !== 'done' && state !== 'error') {
    return (
      <span className="step-number">
        <span>{number}</span>
      </span>
    );
  }
  return (
    <span className="step-icon">
      <Icon name={state === 'done' ? 'check' : 'error'} />
      <span className="sr-only">{t(state === 'done' ? 'form.stepDone' : 'form.stepError', { step: number })}: </span>
    </span>
  );
};

const Steps = ({ states }: Props) => {
  const { t } = useTranslation();
  const steps = useSteps();
  return (
    <ol className="step-indicator">
      {steps.map((step) => {
        const state = states[step];
        return (
          <li key={step} className={state === 'current' || state === 'error' ? state : undefined}>
            <Link
              className="step"
              to="."
              search={{ trin: step }}
              activeProps={{ 'aria-current': 'step' }}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <Sign step={step} state={state} />
              <div>
                <span className="step-title">{t(`form.steps.${step}`)}</span>
              </div>
            </Link>
          </li>
        );
      })}
    </ol>
  );
};

/** Where one is; every step can be gone to, for nothing is lost by it. On narrow screens it folds away. */
export const StepIndicator = ({ states }: Props) => {
  const { t } = useTranslation();
  const wide = useWide(992);
  const steps = useSteps();
  const current = steps.findIndex((step) => states[step] === 'current') + 1;
  if (wide) {
    return (
      <nav className="steps" aria-label={t('form.stepsLabel')}>
        <Steps states={states} />
      </nav>
    );
  }
  return (
    <details className="steps-folded">
      <summary>
        <Icon name="menu" />
        <span>{t('form.stepOf', { step: current, total: steps.length })}</span>
      </summary>
      <nav aria-label={t('form.stepsLabel')}>
        <Steps states={states} />
      </nav>
    </details>
  );
};
