import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import { type Column, ListTable } from './list-table.tsx';
import { Failed, Loading } from './problem-alert.tsx';

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };
type Props<Item> = {
  readonly queryKey: QueryKey;
  readonly read: (at: { cursor?: string }) => Promise<Page<Item>>;
  readonly columns: readonly Column<Item>[];
  readonly caption: string;
  readonly empty: string;
};

/** A list that refreshes by itself, page after page as far as somebody asks. */
export const PagedList = <Item extends { readonly id: string }>(props: Props<Item>) => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const list = useInfiniteQuery(paged(props.queryKey, props.read, refetchInterval));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) return <Failed error={list.error} retry={list.refetch} />;
  if (!list.data) return <Loading />;
  if (items.length === 0) return <p className="empty">{props.empty}</p>;
  return (
    <>
      <ListTable items={items} columns={props.columns} caption={props.caption} />
      <p role="status" className="muted">
        {t('delivery.showing', { count: items.length })}
      </p>
      {list.hasNextPage ? (
        <button type="button" className="button button-secondary" onClick={() => void list.fetchNextPage()}>
          {t('delivery.more')}
        </button>
      ) : null}
    </>
  );
};
