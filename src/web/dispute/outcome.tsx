import { useTranslation } from 'react-i18next';
import type { Ending } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { Phone } from '../components/phone.tsx';

/** How it came out, for a side whose case it is not: who has it now and why, nothing of the case. */
export const Outcome = ({ outcome, readsCase = false }: { readonly outcome: Ending; readonly readsCase?: boolean }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { owner, by, basis, reason } = outcome;
  return (
    <section className="owner-card" aria-labelledby="owner">
      <h2 id="owner">{t('matter.outcome.owner')}</h2>
      <p className="owner-unit">
        {owner.name} <Phone number={owner.phone} />
      </p>
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
      {readsCase ? null : <p className="muted">{t('matter.outcome.noCase')}</p>}
    </section>
  );
};
