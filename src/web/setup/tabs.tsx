import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';

const PARTS = [
  { key: 'law', to: '/opsaetning' },
  { key: 'codes', to: '/opsaetning/koder' },
  { key: 'calendar', to: '/opsaetning/kalender' },
  { key: 'hours', to: '/opsaetning/aabningstider' },
  { key: 'rota', to: '/opsaetning/vagtplan' },
  { key: 'matrix', to: '/ansvarsmatrix' },
  { key: 'units', to: '/opsaetning/enheder' },
  { key: 'people', to: '/opsaetning/medarbejdere' },
  { key: 'machines', to: '/opsaetning/noegler' },
  { key: 'destruction', to: '/opsaetning/kassation' },
  { key: 'changes', to: '/opsaetning/aendringer' },
] as const;
export type SetupPart = (typeof PARTS)[number]['key'];

/** The heading of a page of the setup, and the way to the others. */
export const SetupHead = ({ part }: { readonly part: SetupPart }) => {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t(`setup.tabs.${part}`)} windowTitle={`${t('setup.title')}: ${t(`setup.tabs.${part}`)}`} />
      <p className="lead">{t(`setup.lead.${part}`)}</p>
      <nav className="tab-container list-tabs" aria-label={t('setup.title')}>
        <ul className="tab-list">
          {PARTS.map(({ key, to }) => (
            <li key={key}>
              <Link to={to} className="tab-button" activeOptions={{ exact: key !== 'changes' }}>
                <span>{t(`setup.tabs.${key}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
};
