import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case, Sent } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';

/** On the case: what the notifier has been asked, and whether they have answered. */
export const Requests = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  if (item.requests.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="requests">
      <h2 id="requests">{t('telling.ask.heading')}</h2>
      <ul className="nobullet-list progress-list">
        {item.requests.map(({ id, state, questions, askedAt, askedBy }) => (
          <li key={id}>
            <strong>{questions.map(text).join(', ')}</strong>{' '}
            <Badge {...(state === 'answered' ? { tone: 'success' as const } : {})}>
              {t(`telling.ask.states.${state}`)}
            </Badge>
            <p className="muted">{t('work.feedback.by', { who: askedBy, when: when(askedAt, 'full') })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** In *Mine underretninger*: what the municipality would like to know, and where to answer. */
export const Asked = ({ item }: { readonly item: Sent }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return item.requests.map(({ id, child, told, dueAt }) => (
    <Alert tone="warning" key={id}>
      {child !== null && item.childNames.length > 1 ? <p>{t('telling.ask.about', { who: child })}</p> : null}
      <p>{told.map(text).join(' ')}</p>
      <p>{t('telling.ask.by', { when: when(dueAt) })}</p>
      <p>
        <Link
          to="/mine/$notificationId/svar/$requestId"
          params={{ notificationId: item.notificationId, requestId: id }}
        >
          {t('telling.ask.answer')}
        </Link>
      </p>
    </Alert>
  ));
};
