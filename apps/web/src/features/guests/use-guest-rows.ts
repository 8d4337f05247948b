import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { GuestRow } from '@wedsync/contracts/guests';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { useEffect, useMemo } from 'react';
import { pageSizeMax } from '../../lib/limits.ts';
import { trpc } from '../../lib/trpc.ts';
import { filterOf, type GuestSearch } from './guest-search.ts';

const searchHitsMax = 50;
const typingPauseMs = 120;

/**
 * The rows that the filters and the search leave, all of them: the list is scrolled and sorted as
 * one, so every page is fetched, one after the other, while the first is already on screen.
 */
export function useGuestRows(weddingId: string, search: GuestSearch) {
  const list = useInfiniteQuery(
    trpc.guests.list.infiniteQueryOptions(
      { weddingId, ...filterOf(search), limit: pageSizeMax },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: (previous) => previous },
    ),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const query = useDebounced(search.q?.trim() ?? '', typingPauseMs);
  const hits = useQuery({
    ...trpc.guests.search.queryOptions({ weddingId, query, limit: searchHitsMax }),
    enabled: query.length > 0,
    placeholderData: (previous) => previous,
  });

  const all = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const rows = useMemo(() => {
    if (!query || !hits.data) return all;
    const byId = new Map<string, GuestRow>(all.map((row) => [row.id, row]));
    return hits.data.map((hit) => byId.get(hit.id)).filter((row) => row !== undefined);
  }, [all, query, hits.data]);

  return {
    rows,
    /** Rows before the search, for a choice of households and companions. */
    all,
    error: list.error ?? hits.error,
    isLoading: list.isPending,
    isComplete: !hasNextPage,
    refetch: list.refetch,
  };
}
