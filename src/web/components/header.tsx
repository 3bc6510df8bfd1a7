import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, queryClient, type Session } from '../api.ts';
import { chooseLanguage, LANGUAGES } from '../i18n/setup.ts';
import { useMaybeSession } from '../session.tsx';
import { useAct } from '../use-act.ts';
import { Icon } from './icon.tsx';
import { useLanguage } from './language.ts';

type Place = { readonly key: string; readonly to: string; readonly shown: (session: Session | null) => boolean };
const PLACES = [
  { key: 'worklist', to: '/sagsliste', shown: (session) => session?.can.list === true },
  { key: 'start', to: '/', shown: (session) => session?.can.write === true },
  { key: 'sent', to: '/mine', shown: (session) => session?.can.write === true },
  { key: 'institution', to: '/vores', shown: (session) => session?.can.institution === true },
  { key: 'register', to: '/registrer', shown: (session) => session?.can.register === true },
  { key: 'inquiry', to: '/forespoergsel', shown: (session) => session?.can.inquire === true },
  { key: 'disputes', to: '/uenigheder', shown: (session) => session?.can.disputes === true },
  { key: 'tasks', to: '/opgaver', shown: (session) => session?.can.tasks === true },
  { key: 'messages', to: '/mails', shown: (session) => session?.can.messages === true },
  { key: 'absence', to: '/fravaer', shown: (session) => session !== null },
  { key: 'audit', to: '/revision', shown: (session) => session?.can.audit === true },
  { key: 'setup', to: '/opsaetning', shown: (session) => session?.can.setup === true },
  { key: 'help', to: '/naar-du-er-bekymret', shown: () => true },
] as const satisfies readonly Place[];

const LanguageSwitch = () => {
  const { t } = useTranslation();
  const current = useLanguage();
  return (
    <ul className="language-switch nobullet-list no-max-width" aria-label={t('common.language.label')}>
      {LANGUAGES.map((language) => (
        <li key={language}>
          <button
            type="button"
            lang={language}
            className="function-link"
            aria-pressed={language === current}
            onClick={() => chooseLanguage(language)}
          >
            {t(`common.language.${language}`)}
          </button>
        </li>
      ))}
    </ul>
  );
};

const LogOut = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const training = useMaybeSession()?.training ?? false;
  const logOut = useAct(client.session.logout, {
    refresh: false,
    done: async () => {
      queryClient.clear();
      // In training one is anybody without the provider, which has nothing to end then.
      if (training) await navigate({ to: '/log-ind' });
      else location.assign('/logout');
    },
  });
  return (
    <button type="button" className="function-link" onClick={() => logOut.run(undefined)}>
      <Icon name="lock" />
      {t('common.logOut')}
    </button>
  );
};

export const Header = () => {
  const { t } = useTranslation();
  const session = useMaybeSession();
  return (
    <header className="site-header">
      <div className="container site-header-top">
        <Link to="/" className="wordmark">
          <span className="wordmark-sign" aria-hidden="true" />
          {t('common.product')}
        </Link>
        <div className="site-user d-print-none">
          {session ? (
            <p>
              <span className="sr-only">{t('common.loggedInAs')} </span>
              <Link to="/dine-login">{session.title}</Link>
            </p>
          ) : null}
          <LanguageSwitch />
          {session ? <LogOut /> : null}
        </div>
      </div>
      <nav className="site-nav d-print-none" aria-label={t('common.mainMenu')}>
        <div className="container">
          <ul className="nobullet-list no-max-width">
            {PLACES.filter(({ shown }) => shown(session)).map(({ key, to }) => (
              <li key={key}>
                <Link to={to} activeOptions={{ exact: key === 'start', includeSearch: false }}>
                  {t(`common.nav.${key}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </nav>
    </header>
  );
};
