import { useMutation, useQuery } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import type { SeatingRunId } from '@wedsync/contracts/ids';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { queryClient } from '../../../lib/query-client.ts';
import { trpc, trpcClient } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { hasPlan, isBusy } from './run-words.ts';

const shownRuns = 10;
/** Where the live connection is lost, the run is asked for instead. */
const askEveryMs = 3_000;

const noRuns: readonly SeatingRun[] = [];

/** Marks the list of runs as stale. */
export function runsChanged(): void {
  void queryClient.invalidateQueries(trpc.seating.listRuns.pathFilter());
  void queryClient.invalidateQueries(trpc.seating.getRun.pathFilter());
}

/** The newest runs of the open event. */
export function useRuns() {
  const { weddingId, eventId } = useSeating();
  const input = { weddingId, eventId, limit: shownRuns };
  const query = useQuery(trpc.seating.listRuns.queryOptions(input));
  return { runs: query.data?.items ?? noRuns, isLoading: query.isLoading, error: query.error };
}

/** One run as it goes: every better plan shows while it is found. */
export function useLiveRun(run: SeatingRun): SeatingRun {
  const { weddingId } = useSeating();
  const input = { weddingId, runId: run.id };
  const options = trpc.seating.getRun.queryOptions(input);
  const { data } = useQuery({
    ...options,
    initialData: run,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? askEveryMs : false),
  });
  useSubscription(
    trpc.seating.onRun.subscriptionOptions(input, {
      enabled: isBusy(data),
      onData: ({ data: next }) => queryClient.setQueryData(options.queryKey, next),
    }),
  );
  return data;
}

/** What a finished run would do to the plan as it is now. */
export function usePreview(run: SeatingRun) {
  const { weddingId, plan } = useSeating();
  const input = { weddingId, runId: run.id };
  return useQuery({
    // A plan that changes meanwhile makes another difference: that one is shown.
    queryKey: [...trpc.seating.previewRun.queryKey(input), plan.layout.revision],
    queryFn: ({ signal }) => trpcClient.seating.previewRun.query(input, { signal }),
    enabled: hasPlan(run) && run.appliedRevision === null,
  });
}

/** Starting and stopping; what was found until then is kept. */
export function useRunActions(onStarted: (runId: SeatingRunId) => void) {
  const start = useMutation(
    trpc.seating.startRun.mutationOptions({
      onSuccess: (run) => {
        queryClient.setQueryData(
          trpc.seating.getRun.queryKey({ weddingId: run.eventId, runId: run.id }),
          run,
        );
        onStarted(run.id);
      },
      onSettled: runsChanged,
    }),
  );
  const cancel = useMutation(
    trpc.seating.cancelRun.mutationOptions({
      onError: (error) => notifyFailure('It was not stopped', error),
    }),
  );
  return { start, cancel };
}
