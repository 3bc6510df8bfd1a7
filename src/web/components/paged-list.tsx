import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useRefresh } from '../live.tsx';
import { paged } from '../paged.ts';
import { type Column, ListTable } from './list-table.tsx';
import { More } from './more.tsx';
import { Failed, Loading } from './problem-alert.tsx';

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };
type Props<Item> = {
  readonly queryKey: QueryKey;
  readonly read: (at: { cursor?: string }) => Promise<Page<Item>>;
  readonly columns: readonly Column<Item>[];
  readonly caption: string;
  readonly empty: string;
  /** How much of it is shown, in words. */
  readonly showing: (count: number) => string;
};

/** A list that refreshes by itself, page after page as far as somebody asks. */
export const PagedList = <Item extends { readonly id: string }>(props: Props<Item>) => {
  const refetchInterval = useRefresh();
  const list = useInfiniteQuery(paged(props.queryKey, props.read, refetchInterval));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) return <Failed error={list.error} retry={list.refetch} />;
  if (!list.data) return <Loading />;
  if (items.length === 0) return <p className="empty">{props.empty}</p>;
  return (
    <>
      <ListTable items={items} columns={props.columns} caption={props.caption} />
      <More list={list} showing={props.showing(items.length)} />
    </>
  );
};
