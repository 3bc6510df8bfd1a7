import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type BoardItem, trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { BoardTable } from '../dispute/board-table.tsx';
import { useRefresh } from '../live.tsx';
import { BOARD_TABS, type BoardTab } from '../searches.ts';

const Tabs = ({ items }: { readonly items: readonly BoardItem[] | undefined }) => {
  const { t } = useTranslation();
  const count = (tab: BoardTab) => items?.filter(({ kind }) => kind === tab).length;
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
            >
              <span>
                {t(`matter.board.tabs.${tab}`)}
                {items ? <span className="tab-count"> {count(tab)}</span> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** *Uenigheder*: everything open within reach, the step that ends first on top. */
export const DisputesPage = () => {
  const { t } = useTranslation();
  const { fane: tab = 'dispute' } = useSearch({ from: '/gate/uenigheder' });
  const refetchInterval = useRefresh();
  const board = useQuery(trpc.disputes.board.queryOptions({}, { refetchInterval }));
  const items = board.data?.filter(({ kind }) => kind === tab) ?? [];
  return (
    <>
      <PageTitle
        title={t('matter.board.title')}
        windowTitle={`${t('matter.board.title')}: ${t(`matter.board.tabs.${tab}`)}`}
      />
      <p className="lead">{t('matter.board.lead')}</p>
      <Tabs items={board.data} />
      {board.error && !board.data ? <Failed error={board.error} retry={board.refetch} /> : null}
      {board.isPending ? <Loading /> : null}
      {board.data && items.length === 0 ? <p className="empty">{t(`matter.board.empty.${tab}`)}</p> : null}
      {items.length > 0 ? <BoardTable items={items} caption={t(`matter.board.caption.${tab}`)} /> : null}
    </>
  );
};
