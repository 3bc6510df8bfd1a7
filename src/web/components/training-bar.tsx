import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMaybeSession } from '../session.tsx';
import { useWhen } from './language.ts';

/** Says on every page that nothing here is real, and what time it is in training. */
export const TrainingBar = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const session = useMaybeSession();
  if (!session?.training) return null;
  return (
    <section className="training-bar d-print-none" aria-label={t('common.nav.training')}>
      <div className="container training-bar-inner">
        <p>
          <strong>{t('training.bar')}.</strong> {t('training.barText')}
        </p>
        <p>
          {t('training.clockNow')}: <strong>{when(session.now)}</strong>
        </p>
        <p className="training-bar-links">
          <Link to="/oevelse/ur">{t('common.nav.clock')}</Link>
          <Link to="/oevelse/postkasse">{t('common.nav.mailbox')}</Link>
        </p>
      </div>
    </section>
  );
};
