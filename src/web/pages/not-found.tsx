import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';

export const NotFoundPage = () => {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t('common.notFound.title')} />
      <p>{t('common.notFound.text')}</p>
      <Link to="/">{t('common.notFound.home')}</Link>
    </>
  );
};
