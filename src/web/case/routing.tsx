import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { useText } from '../components/language.ts';

/** Every rule that was tried, the matching one last. */
export const Routing = ({ routing }: Pick<Case, 'routing'>) => {
  const { t } = useTranslation();
  const text = useText();
  if (routing.trace.length === 0) return null;
  return (
    <details className="panel-details">
      <summary>
        <span>{t('case.routing.heading')}</span>
      </summary>
      <ol className="trace">
        {routing.trace.map(({ rule, matched, why }) => (
          <li key={rule} className={matched ? 'trace-matched' : undefined}>
            <strong>
              {t('case.routing.rule', { rule })}. {t(matched ? 'case.routing.matched' : 'case.routing.not')}:
            </strong>{' '}
            {text(why)}
          </li>
        ))}
      </ol>
    </details>
  );
};
