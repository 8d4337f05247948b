import { useSuspenseQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@wedsync/api/types';
import { queryClient } from './query-client.ts';
import { useProfile } from './session.ts';
import { trpc } from './trpc.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Wedding = Outputs['weddings']['get'];
export type WeddingEvent = Outputs['weddings']['listEvents'][number];

export const weddingQuery = (weddingId: string) => trpc.weddings.get.queryOptions({ weddingId });
export const eventsQuery = (weddingId: string) =>
  trpc.weddings.listEvents.queryOptions({ weddingId });

/** The wedding and its programme; the wedding's layout has fetched both before its pages appear. */
export function useWedding(weddingId: string): { wedding: Wedding; events: WeddingEvent[] } {
  const wedding = useSuspenseQuery(weddingQuery(weddingId)).data;
  const events = useSuspenseQuery(eventsQuery(weddingId)).data;
  return { wedding, events };
}

/** Whether the person takes part in the planning; photographers and viewers only read. */
export function useCanEdit(weddingId: string): boolean {
  const { organizations, weddings } = useProfile();
  const { wedding } = useWedding(weddingId);
  const role = weddings.find((entry) => entry.weddingId === weddingId)?.role;
  return role === 'partner' || organizations.some(({ orgId }) => orgId === wedding.orgId);
}

/** Marks everything about weddings, events and members as stale, after a change of our own. */
export function weddingsChanged(): void {
  void queryClient.invalidateQueries(trpc.weddings.pathFilter());
}
