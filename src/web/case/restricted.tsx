import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';

/** Whom a restricted case is there for; nothing where it is not restricted. */
export const Restricted = ({ restrictedTo }: Pick<Case, 'restrictedTo'>) => {
  const { t } = useTranslation();
  if (restrictedTo === null) return null;
  return (
    <section className="panel" aria-labelledby="restricted">
      <h2 id="restricted">{t('restrictions.heading')}</h2>
      <p className="muted">{t('restrictions.lead')}</p>
      <ul className="nobullet-list progress-list">
        {restrictedTo.map(({ personId, title }) => (
          <li key={personId}>{title}</li>
        ))}
      </ul>
    </section>
  );
};
