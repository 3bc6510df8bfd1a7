import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useAges } from '../matrix/use-row-words.ts';

export type Precedent = Outputs['precedents']['search']['items'][number];
type Props = { readonly precedent: Precedent; readonly children?: ReactNode };

/** An earlier decision: the need, where it came to and why. */
export const PrecedentCard = ({ precedent, children }: Props) => {
  const { t } = useTranslation();
  const ages = useAges();
  const { id, needText, ages: span, outcome, basis, reason, units, row } = precedent;
  return (
    <article className="claim" aria-labelledby={`precedent-${id}`}>
      <h3 id={`precedent-${id}`}>
        {needText} <span className="weight-normal">({ages(span ? [span.from, span.to] : null)})</span>
      </h3>
      <p className="claim-says">{t('precedents.outcome', { unit: outcome.name })}</p>
      {children}
      <dl className="facts facts-stacked">
        <div>
          <dt>{t('precedents.basis')}</dt>
          <dd>{basis}</dd>
        </div>
        <div>
          <dt>{t('matter.claim.why')}</dt>
          <dd className="as-written">{reason}</dd>
        </div>
      </dl>
      <p className="muted">
        {t('precedents.between', { units: units.map(({ name }) => name).join(', ') })}{' '}
        {row ? <Badge tone="success">{t('precedents.isRow')}</Badge> : null}
      </p>
    </article>
  );
};
