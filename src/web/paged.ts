import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

type Page = { readonly nextCursor: string | null };
type At = { cursor?: string };

/**
 * A list read page by page, each from where the one before ended. (tRPC's own options for this send a direction,
 * which the procedures do not know.)
 */
export const paged = <One extends Page>(queryKey: QueryKey, read: (at: At) => Promise<One>, refetchInterval: number) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: One) => nextCursor ?? undefined,
    refetchInterval,
  });
