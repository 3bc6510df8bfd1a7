import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export const Footer = () => {
  const { t } = useTranslation();
  return (
    <footer className="site-footer d-print-none">
      <div className="container site-footer-inner">
        <p>{t('common.municipality')}</p>
        <nav aria-label={t('common.footer')}>
          <ul className="nobullet-list no-max-width">
            <li>
              <Link to="/naar-du-er-bekymret">{t('common.nav.help')}</Link>
            </li>
            <li>
              <Link to="/underret">{t('door.link')}</Link>
            </li>
            <li>
              <Link to="/tilgaengelighed">{t('common.nav.accessibility')}</Link>
            </li>
            <li>
              <Link to="/privatliv">{t('common.nav.privacy')}</Link>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
};
