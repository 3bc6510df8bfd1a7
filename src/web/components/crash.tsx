import { useTranslation } from 'react-i18next';
import { PageTitle } from './page-title.tsx';

/** The last resort, in plain words. */
export const Crash = () => {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t('common.crash.title')} />
      <p>{t('common.crash.text')}</p>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        {t('common.crash.reload')}
      </button>
    </>
  );
};
