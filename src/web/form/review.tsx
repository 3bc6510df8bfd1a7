import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAtDoor, useSteps } from '../door/place.ts';
import { Answers } from './answers.tsx';
import { stepOf } from './steps.ts';
import { toInput } from './to-input.ts';
import type { FormValues } from './values.ts';

/** *Tjek dine svar*: everything that will be sent, each part with the way back to it. */
export const Review = ({ values }: { readonly values: FormValues }) => {
  const { t } = useTranslation();
  const entries = Object.entries(toInput(values));
  return (
    <>
      <p>{t(useAtDoor() ? 'door.review' : 'form.review.lead')}</p>
      {useSteps()
        .filter((step) => step !== 'review')
        .map((step) => (
          <section className="review-part" key={step}>
            <div className="review-head">
              <h2>{t(`form.steps.${step}`)}</h2>
              <Link to="." search={{ trin: step }}>
                {t('common.change')}
                <span className="sr-only"> {t(`form.steps.${step}`)}</span>
              </Link>
            </div>
            <Answers
              parts={Object.fromEntries(entries.filter(([part]) => part !== 'language' && stepOf(part) === step))}
              empty={t('form.review.empty')}
            />
          </section>
        ))}
    </>
  );
};
