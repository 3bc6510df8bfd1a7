import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { CallNow } from '../components/call-now.tsx';
import { DraftList } from '../components/draft-list.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { SentCard } from '../components/sent-card.tsx';
import { useRefresh } from '../live.tsx';
import { useSession } from '../session.tsx';

const SHOWN = 3;

const NotifierStart = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const sent = useQuery(trpc.notifications.mine.queryOptions({}, { refetchInterval }));
  const items = sent.data?.items.slice(0, SHOWN) ?? [];
  return (
    <>
      <div className="start-top">
        <div>
          <PageTitle title={t('notifier.start.heading')} windowTitle={t('notifier.start.title')} />
          <p className="lead">{t('notifier.start.lead')}</p>
          <Link to="/ny" className="button button-primary button-large">
            {t('notifier.start.create')}
          </Link>
          <p className="muted">{t('notifier.start.createText')}</p>
          <p>
            <Link to="/naar-du-er-bekymret">{t('notifier.start.more')}</Link>
          </p>
        </div>
        <CallNow />
      </div>
      <section aria-labelledby="drafts">
        <h2 id="drafts">{t('notifier.start.drafts')}</h2>
        <DraftList />
      </section>
      {items.length > 0 ? (
        <section aria-labelledby="sent">
          <h2 id="sent">{t('notifier.start.sent')}</h2>
          {items.map((item) => (
            <SentCard key={item.notificationId} item={item} level={3} />
          ))}
          <p>
            <Link to="/mine">{t('notifier.start.sentAll')}</Link>
          </p>
        </section>
      ) : null}
    </>
  );
};

/** The first page: the notifier's own, or the worklist for those who receive, or the disputes for those who follow them. */
export const StartPage = () => {
  const { can } = useSession();
  if (can.write) return <NotifierStart />;
  if (can.list) return <Navigate to="/sagsliste" replace />;
  if (can.messages) return <Navigate to="/mails" replace />;
  return <Navigate to={can.disputes ? '/uenigheder' : '/naar-du-er-bekymret'} replace />;
};
