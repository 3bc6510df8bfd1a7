import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api.ts';
import { noteActivity } from '../idle.ts';
import { loginAddress, sessionQuery } from '../session.tsx';
import { Alert } from './alert.tsx';
import { useWhen } from './language.ts';

const WARN_MS = 5 * 60_000;
const LOOK_MS = 15_000;

/** Five minutes before the login runs out: that it will, that nothing is lost, and how to stay. */
export const SessionWarning = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const { data, dataUpdatedAt } = useQuery(sessionQuery);
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => look((n) => n + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!data?.endsAt) return null;
  // The server's clock as it was told, and this machine's only for what has passed since.
  const now = Date.parse(data.now) + (Date.now() - dataUpdatedAt);
  if (Date.parse(data.endsAt) - now > WARN_MS) return null;
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
