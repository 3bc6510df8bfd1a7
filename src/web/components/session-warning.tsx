import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api.ts';
import { noteActivity } from '../idle.ts';
import { loginAddress, sessionQuery } from '../session.tsx';
import { Alert } from './alert.tsx';
import { useWhen } from './language.ts';

const WARN_MS = 6 * 60_000;

/** Five minutes before the login runs out: that it will, that nothing is lost, and how to stay. */
export const SessionWarning = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const { data } = useQuery(sessionQuery);
  // Asked anew each minute, so it is told five to six minutes before.
  if (!data?.endsAt || Date.parse(data.endsAt) - Date.parse(data.now) > WARN_MS) return null;
  const stay = (): void => {
    noteActivity();
    void queryClient.invalidateQueries(sessionQuery);
  };
  return (
    <Alert tone="warning" live heading={t('login.soon.heading', { time: when(data.endsAt, 'time') })}>
      <p>{t('login.soon.text')}</p>
      <p>
        <button type="button" className="button button-secondary" onClick={stay}>
          {t('login.soon.stay')}
        </button>{' '}
        <a href={loginAddress(window.location.pathname)}>{t('login.soon.again')}</a>
      </p>
    </Alert>
  );
};
