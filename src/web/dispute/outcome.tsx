import { useTranslation } from 'react-i18next';
import type { Ending } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { Phone } from '../components/phone.tsx';

type Props = { readonly outcome: Ending };

/** How it came out, by whom and why. */
export const HowItEnded = ({ outcome }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { by, basis, reason } = outcome;
  return (
    <dl className="facts facts-stacked">
      <div>
        <dt>{t('matter.outcome.how')}</dt>
        <dd>
          {text(outcome.name)}
          <span className="line muted">
            {by ?? t('case.timeline.system')}, {when(outcome.at, 'full')}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t('matter.basis')}</dt>
        <dd>{basis ?? t('matter.claim.noBasis')}</dd>
      </div>
      <div>
        <dt>{t('matter.claim.why')}</dt>
        <dd className="as-written">{reason ?? t('matter.outcome.noReason')}</dd>
      </div>
    </dl>
  );
};

/** For a side whose case it is not: who has it now and why, nothing of the case. */
export const Outcome = ({ outcome }: Props) => {
  const { t } = useTranslation();
  const { owner } = outcome;
  return (
    <section className="owner-card" aria-labelledby="owner">
      <h2 id="owner">{t('matter.outcome.owner')}</h2>
      <p className="owner-unit">
        {owner.name} <Phone number={owner.phone} />
      </p>
      <HowItEnded outcome={outcome} />
      <p className="muted">{t('matter.outcome.noCase')}</p>
    </section>
  );
};
