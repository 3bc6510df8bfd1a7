import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';

export const PrivacyPage = () => {
  const { t } = useTranslation();
  return (
    <article className="narrow prose">
      <PageTitle title={t('pages.privacy.title')} />
      <p className="lead">{t('pages.privacy.lead')}</p>
      <h2>{t('pages.privacy.why')}</h2>
      <p>{t('pages.privacy.whyText')}</p>
      <h2>{t('pages.privacy.who')}</h2>
      <ul>
        <li>{t('pages.privacy.who1')}</li>
        <li>{t('pages.privacy.who2')}</li>
        <li>{t('pages.privacy.who3')}</li>
      </ul>
      <h2>{t('pages.privacy.how')}</h2>
      <ul>
        <li>{t('pages.privacy.how1')}</li>
        <li>{t('pages.privacy.how2')}</li>
      </ul>
      <h2>{t('pages.privacy.rights')}</h2>
      <p>{t('pages.privacy.rightsText')}</p>
    </article>
  );
};
