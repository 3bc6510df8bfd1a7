import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';

/** From tasks to letters and back, for those who send letters. */
export const DeliveryTabs = () => {
  const { t } = useTranslation();
  const { can } = useSession();
  if (!can.letters) return null;
  return (
    <nav className="tab-container list-tabs" aria-label={t('delivery.tabs.label')}>
      <ul className="tab-list">
        {(['tasks', 'letters'] as const).map((tab) => (
          <li key={tab}>
            <Link to={tab === 'tasks' ? '/opgaver' : '/breve'} className="tab-button">
              <span>{t(`delivery.tabs.${tab}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
