import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { SentCard } from '../components/sent-card.tsx';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';

/** *Mine underretninger*. */
export const SentPage = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const sent = useInfiniteQuery(
    paged(trpc.notifications.mine.infiniteQueryKey(), (at) => client.notifications.mine.query(at), refetchInterval),
  );
  const items = sent.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="narrow">
      <PageTitle title={t('notifier.sent.title')} />
      <p className="lead">{t('notifier.sent.lead')}</p>
      {sent.error ? <Failed error={sent.error} retry={sent.refetch} /> : null}
      {sent.isPending ? <Loading /> : null}
      {sent.data && items.length === 0 ? (
        <>
          <p>{t('notifier.sent.none')}</p>
          <Link to="/ny" className="button button-primary">
            {t('notifier.start.create')}
          </Link>
        </>
      ) : null}
      {items.map((item) => (
        <SentCard key={item.notificationId} item={item} level={2} addLink />
      ))}
      {sent.hasNextPage ? (
        <button type="button" className="button button-secondary" onClick={() => void sent.fetchNextPage()}>
          {t('notifier.sent.more')}
        </button>
      ) : null}
    </div>
  );
};
