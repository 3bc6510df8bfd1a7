import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';

export const AccessibilityPage = () => {
  const { t } = useTranslation();
  return (
    <article className="narrow prose">
      <PageTitle title={t('pages.accessibility.title')} />
      <p className="lead">{t('pages.accessibility.lead')}</p>
      <h2>{t('pages.accessibility.how')}</h2>
      <ul>
        <li>{t('pages.accessibility.how1')}</li>
        <li>{t('pages.accessibility.how2')}</li>
        <li>{t('pages.accessibility.how3')}</li>
        <li>{t('pages.accessibility.how4')}</li>
      </ul>
      <h2>{t('pages.accessibility.missing')}</h2>
      <p>{t('pages.accessibility.missingText')}</p>
      <h2>{t('pages.accessibility.tell')}</h2>
      <p>{t('pages.accessibility.tellText')}</p>
    </article>
  );
};
