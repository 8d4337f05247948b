import { useSubscription } from '@trpc/tanstack-react-query';
import type { EventId } from '@wedsync/contracts/ids';
import type { SeatingPlan } from '@wedsync/contracts/seating';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useChangesOf } from '../../lib/live.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useProfile } from '../../lib/session.ts';
import { trpc, trpcClient } from '../../lib/trpc.ts';
import { createPlanCore, type PlanCore, type PlanSource } from './create-plan-store.ts';
import { createPlanActions } from './plan-actions.ts';
import { type PlanStore, PlanStoreContext } from './plan-store.ts';
import { useShowPresence } from './use-show-presence.ts';

interface PlanProviderProps {
  weddingId: string;
  eventId: EventId;
  canEdit: boolean;
  /** As it was last read; a newer one is taken in. */
  plan: SeatingPlan;
  children: ReactNode;
}

function watchVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

const useIsVisible = () =>
  useSyncExternalStore(watchVisibility, () => document.visibilityState === 'visible');

/** The confirmed plan: held here, and in the cache of queries for whoever comes back to the page. */
function planSource(
  event: { weddingId: string; eventId: EventId },
  first: SeatingPlan,
): PlanSource {
  let confirmed = first;
  const options = trpc.seating.getPlan.queryOptions(event);
  return {
    read: () => confirmed,
    write(plan) {
      confirmed = plan;
      queryClient.setQueryData(options.queryKey, plan);
    },
    changesSince: (sinceRevision) =>
      trpcClient.seating.listChanges.query({ ...event, sinceRevision }),
    async reload() {
      const plan = await queryClient.fetchQuery({ ...options, staleTime: 0 });
      if (plan) confirmed = plan;
    },
  };
}

function createStore(props: Omit<PlanProviderProps, 'children'>): PlanStore & { core: PlanCore } {
  const { weddingId, eventId, plan } = props;
  const core = createPlanCore({ ...props, source: planSource({ weddingId, eventId }, plan) });
  return { state: core.state, subscribe: core.subscribe, actions: createPlanActions(core), core };
}

/**
 * Gives its children the plan of one event: reads deltas as others make them, sends what is done,
 * and tells others where this person is. Give it a `key` per event.
 */
export function PlanProvider(props: PlanProviderProps) {
  const { weddingId, eventId, plan, canEdit, children } = props;
  const [store] = useState(() => createStore({ weddingId, eventId, plan, canEdit }));
  const { core } = store;
  useEffect(() => core.receivePlan(plan), [core, plan]);
  useChangesOf('seating', (change) => {
    if (!change.entityId || change.entityId === eventId) void core.catchUp();
  });
  const profile = useProfile();
  useSubscription(
    trpc.seating.onPresence.subscriptionOptions(
      { weddingId, eventId },
      {
        // A hidden page gives its connection back: browsers have six of them per origin.
        enabled: useIsVisible(),
        onData: ({ data }) =>
          core.showPresence(data.filter(({ userId }) => userId !== profile.userId)),
      },
    ),
  );
  useShowPresence(store);
  return <PlanStoreContext value={store}>{children}</PlanStoreContext>;
}
