import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { TrainingBar } from './training-bar.tsx';

/** What stands around every page. */
export const Shell = () => {
  const { t } = useTranslation();
  return (
    <>
      <a className="skipnav" href="#indhold">
        {t('common.skip')}
      </a>
      <TrainingBar />
      <Header />
      <main id="indhold" className="container page" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
    </>
  );
};
