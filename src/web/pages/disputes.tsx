import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, type Outputs, trpc } from '../api.ts';
import { ListTable } from '../components/list-table.tsx';
import { More } from '../components/more.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useBoardColumns } from '../dispute/board-columns.tsx';
import { BoardFilter } from '../dispute/board-filter.tsx';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import { BOARD_TABS, type BoardTab } from '../searches.ts';
import { useSession } from '../session.tsx';

type TabsProps = {
  readonly present: BoardTab;
  readonly counts: Outputs['disputes']['board']['counts'] | undefined;
};

const Tabs = ({ present, counts }: TabsProps) => {
  const { t } = useTranslation();
  return (
    <nav className="tab-container list-tabs" aria-label={t('worklist.tabs.label')}>
      <ul className="tab-list">
        {BOARD_TABS.map((tab) => (
          <li key={tab}>
            <Link
              to="/uenigheder"
              search={tab === 'dispute' ? {} : { fane: tab }}
              className="tab-button"
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={tab === present ? 'page' : undefined}
            >
              <span>
                {t(`matter.board.tabs.${tab}`)}
                {counts ? <span className="tab-count"> {counts[tab]}</span> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** *Uenigheder*: everything open within reach, what matters most on top. */
export const DisputesPage = () => {
  const { t } = useTranslation();
  const session = useSession();
  const search = useSearch({ from: '/gate/uenigheder' });
  const { fane: kind = 'dispute', trin, enhed } = search;
  const refetchInterval = useRefresh();
  const asked = {
    kind,
    ...(trin === undefined ? {} : { step: trin }),
    ...(enhed === undefined ? {} : { unit: enhed }),
  };
  const list = useInfiniteQuery(
    paged(
      trpc.disputes.board.infiniteQueryKey(asked),
      (at) => client.disputes.board.query({ ...asked, ...at }),
      refetchInterval,
    ),
  );
  const columns = useBoardColumns();
  const pages = list.data?.pages ?? [];
  const [first] = pages;
  const items = pages.flatMap((page) => page.items);
  return (
    <>
      <PageTitle
        title={t('matter.board.title')}
        windowTitle={`${t('matter.board.title')}: ${t(`matter.board.tabs.${kind}`)}`}
      />
      <p className="lead">{t('matter.board.lead')}</p>
      <p className="d-print-none">
        <Link to="/afgoerelser">{t('precedents.title')}</Link> · <Link to="/ansvarsmatrix">{t('matrix.title')}</Link>
        {session.can.figures ? (
          <>
            {' · '}
            <Link to="/uenigheder/tal">{t('figures.link')}</Link>
          </>
        ) : null}
      </p>
      <Tabs present={kind} counts={first?.counts} />
      {list.error && !list.data ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.isPending ? <Loading /> : null}
      {first && (items.length > 0 || trin !== undefined || enhed !== undefined) ? (
        <BoardFilter search={search} steps={first.steps} units={first.units} />
      ) : null}
      {first && items.length === 0 ? <p className="empty">{t(`matter.board.empty.${kind}`)}</p> : null}
      {items.length > 0 ? (
        <>
          <ListTable items={items} columns={columns} caption={t(`matter.board.caption.${kind}`)} />
          <More list={list} showing={t('board.showing', { count: items.length })} />
        </>
      ) : null}
    </>
  );
};
