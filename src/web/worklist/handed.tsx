import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, type HandedItem, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';
import { ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import { More } from './more.tsx';

type Props = { readonly item: HandedItem };

const Due = ({ item }: Props) => {
  const when = useWhen();
  return (
    <>
      <DueWords at={item.dueAt} />
      <span className="line muted">{when(item.dueAt)}</span>
    </>
  );
};

const Where = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <Link
        to="/uenighed/$referralId"
        params={{ referralId: item.referralId }}
        className="row-link"
        data-row={item.referralId}
      >
        {item.caseNumber}
      </Link>
      {item.acute ? (
        <span className="line">
          <Badge tone="error">{t('common.acute')}</Badge>
        </span>
      ) : null}
    </>
  );
};

const From = ({ item }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <>
      {item.from.name}
      <span className="line muted">{t('worklist.handed.since', { when: when(item.proposedAt) })}</span>
    </>
  );
};

const To = ({ item }: Props) => item.to.name;

const CELLS = [
  ['due', Due],
  ['case', Where],
  ['from', From],
  ['to', To],
] as const;

type TableProps = { readonly items: readonly HandedItem[]; readonly caption: string };

const Table = ({ items, caption }: TableProps) => {
  const { t } = useTranslation();
  const columns = CELLS.map(([key, Cell]) => ({
    key,
    header: t(`worklist.handed.columns.${key}`),
    cell: (item: HandedItem) => <Cell item={item} />,
    ...(key === 'due' ? { sorted: 'ascending' as const } : {}),
    labelled: key === 'from' || key === 'to',
  }));
  return <ListTable items={items} columns={columns} caption={caption} />;
};

/** *Overdraget til os*: what others ask this unit to take, and by when it must answer. */
export const HandedOver = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const list = useInfiniteQuery(
    paged(trpc.handovers.list.infiniteQueryKey({}), (at) => client.handovers.list.query(at), refetchInterval),
  );
  if (list.error && !list.data) return <Failed error={list.error} retry={list.refetch} />;
  if (!list.data) return <Loading />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="empty">{t('worklist.empty.handed')}</p>;
  return (
    <>
      <Table items={items} caption={t('worklist.caption', { tab: t('worklist.tabs.handed') })} />
      <More list={list} count={items.length} />
    </>
  );
};
