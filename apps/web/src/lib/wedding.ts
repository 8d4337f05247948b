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

/** Whether the person takes part in the planning; photographers and viewers only read. */
export function useCanEdit(weddingId: string): boolean {
  const { orgRole, weddingRole } = useWedding(weddingId);
  return orgRole !== null || weddingRole === 'partner';
}

/** Marks everything about weddings, events and members as stale, after a change of our own. */
export function weddingsChanged(): void {
  void queryClient.invalidateQueries(trpc.weddings.pathFilter());
}
