import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import type { Tab } from '../searches.ts';
import { Keys } from '../worklist/keys.tsx';
import { NamesButton, useNames } from '../worklist/names.tsx';
import { Search } from '../worklist/search.tsx';
import { WorkTable } from '../worklist/table.tsx';
import { Tabs } from '../worklist/tabs.tsx';

const List = ({ tab }: { readonly tab: Tab }) => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const list = useInfiniteQuery(
    paged(
      trpc.referrals.worklist.infiniteQueryKey({ tab }),
      (at) => client.referrals.worklist.query({ tab, ...at }),
      refetchInterval,
    ),
  );
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const ids = useMemo(() => items.map(({ id }) => id), [items]);
  const names = useNames(ids);
  if (list.error && !list.data) return <Failed error={list.error} retry={list.refetch} />;
  if (!list.data) return <Loading />;
  if (items.length === 0) return <p className="empty">{t(`worklist.empty.${tab}`)}</p>;
  return (
    <>
      <div className="list-tools d-print-none">
        <NamesButton {...names} />
      </div>
      <WorkTable
        items={items}
        names={names.names}
        caption={t('worklist.caption', { tab: t(`worklist.tabs.${tab}`) })}
      />
      <p role="status" className="muted">
        {t('worklist.showing', { count: items.length })}
      </p>
      {list.hasNextPage ? (
        <button type="button" className="button button-secondary" onClick={() => void list.fetchNextPage()}>
          {t('worklist.more')}
        </button>
      ) : null}
    </>
  );
};

/** *Sagsliste*: what is due, soonest first. */
export const WorklistPage = () => {
  const { t } = useTranslation();
  const { fane: tab = 'all' } = useSearch({ from: '/gate/sagsliste' });
  const search = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="list-head">
        <div>
          <PageTitle title={t('worklist.title')} windowTitle={`${t('worklist.title')}: ${t(`worklist.tabs.${tab}`)}`} />
          <p className="lead">{t('worklist.lead')}</p>
          <Keys search={search} />
        </div>
        <Search input={search} />
      </div>
      <Tabs />
      <List key={tab} tab={tab} />
    </>
  );
};
