import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../api.ts';
import { CallAlert } from '../components/call-alert.tsx';
import { More } from '../components/more.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useBoardColumns } from '../dispute/board-columns.tsx';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import type { Tab } from '../searches.ts';
import { HandedOver } from '../worklist/handed.tsx';
import { Keys } from '../worklist/keys.tsx';
import { NamesButton, useNames } from '../worklist/names.tsx';
import { Search } from '../worklist/search.tsx';
import { WorkTable } from '../worklist/table.tsx';
import { Tabs } from '../worklist/tabs.tsx';

const Referrals = ({ tab }: { readonly tab: Exclude<Tab, 'handed' | 'dispute'> }) => {
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
      {items.map(({ id, call, caseNumber }) => (
        <CallAlert key={id} call={call} number={caseNumber} />
      ))}
      <div className="list-tools d-print-none">
        <NamesButton {...names} />
      </div>
      <WorkTable
        items={items}
        names={names.names}
        caption={t('worklist.caption', { tab: t(`worklist.tabs.${tab}`) })}
      />
      <More list={list} showing={t('worklist.showing', { count: items.length })} />
    </>
  );
};

/** Disputes that the unit is a side of, whoever has the case. */
const InDispute = () => {
  const { t } = useTranslation();
  const columns = useBoardColumns();
  return (
    <PagedList
      queryKey={trpc.disputes.board.infiniteQueryKey({ ours: true })}
      read={(at) => client.disputes.board.query({ ours: true, ...at })}
      columns={columns}
      caption={t('matter.board.caption.dispute')}
      empty={t('worklist.empty.dispute')}
      showing={(count) => t('worklist.showing', { count })}
    />
  );
};

const List = ({ tab }: { readonly tab: Tab }) => {
  if (tab === 'handed') return <HandedOver />;
  return tab === 'dispute' ? <InDispute /> : <Referrals tab={tab} />;
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
          <p>
            <Link to="/overskredne">{t('worklist.unexplained')}</Link>
            <span className="line">
              <Link to="/uden-ansvarlig">{t('unattended.link')}</Link>
            </span>
          </p>
        </div>
        <Search input={search} />
      </div>
      <Tabs />
      <List key={tab} tab={tab} />
    </>
  );
};
