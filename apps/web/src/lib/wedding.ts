import { useSuspenseQuery } from '@tanstack/react-query';
import type { WeddingOverview } from '@wedsync/contracts/weddings';
import { queryClient } from './query-client.ts';
import { trpc } from './trpc.ts';

export type { WeddingEvent } from '@wedsync/contracts/weddings';

export const weddingQuery = (weddingId: string) => trpc.weddings.get.queryOptions({ weddingId });

/** The wedding and its programme; the wedding's layout has fetched both before its pages appear. */
export function useWedding(weddingId: string): WeddingOverview {
  return useSuspenseQuery(weddingQuery(weddingId)).data;
}

/** Whether the person only reads: photographers and viewers do not take part in the planning. */
export function isReaderOf({ orgRole, weddingRole }: WeddingOverview): boolean {
  return orgRole === null && weddingRole !== 'partner';
}

/** Whether the person takes part in the planning. */
export function useCanEdit(weddingId: string): boolean {
  return !isReaderOf(useWedding(weddingId));
}

/** Marks everything about weddings, events and members as stale, after a change of our own. */
export function weddingsChanged(): void {
  void queryClient.invalidateQueries(trpc.weddings.pathFilter());
}
