import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { trpc, trpcClient } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';

const noWarnings: readonly SeatingWarning[] = [];

/** While somebody drags and drops quickly, the plan is checked when the hand rests. */
const settleMs = 150;

/** What is wrong with the plan as it stands; asked again for every revision of it. */
export function useCheck() {
  const { weddingId, eventId, plan } = useSeating();
  const revision = useDebounced(plan.layout.revision, settleMs);
  const input = { weddingId, eventId };
  const query = useQuery({
    // The revision is part of the key: a check of another one is shown only until this one comes.
    queryKey: [...trpc.seating.check.queryKey(input), revision],
    queryFn: ({ signal }) => trpcClient.seating.check.query(input, { signal }),
    placeholderData: keepPreviousData,
  });
  return {
    check: query.data ?? null,
    warnings: query.data?.warnings ?? noWarnings,
    isLoading: query.isLoading,
    error: query.error,
    refetch: query.refetch,
  };
}
