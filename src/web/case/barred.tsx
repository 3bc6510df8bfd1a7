import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { useWhen } from '../components/language.ts';

/** Who is related to the child and does not see its cases; nothing where there is nobody. */
export const Barred = ({ barred }: Pick<Case, 'barred'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (barred.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="barred">
      <h2 id="barred">{t('conflicts.heading')}</h2>
      <p className="muted">{t('conflicts.lead')}</p>
      <ul className="nobullet-list progress-list">
        {barred.map(({ personId, title, by, at }) => (
          <li key={personId}>
            {title}
            <p className="muted">{t('conflicts.by', { who: by, when: when(at, 'day') })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
