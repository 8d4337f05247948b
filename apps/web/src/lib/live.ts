import { useSubscription } from '@trpc/tanstack-react-query';
import type { Change } from '@wedsync/contracts/weddings';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { staleAfter } from './live-rules.ts';
import { queryClient } from './query-client.ts';
import { trpc } from './trpc.ts';

/** `off`: no wedding is open. */
export type LiveState = 'off' | 'connecting' | 'live' | 'broken';

let state: LiveState = 'off';
const listeners = new Set<() => void>();

function setState(next: LiveState) {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How the connection of the open wedding is. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

const followers = new Map<string, Set<(change: Change) => void>>();

/**
 * Calls `follow` with every change of one kind of thing, as soon as it arrives: for what reads the
 * change itself instead of fetching a whole query again.
 */
export function useChangesOf(entity: string, follow: (change: Change) => void): void {
  const newest = useEffectEvent(follow);
  useEffect(() => {
    const listener = (change: Change) => newest(change);
    const others = followers.get(entity) ?? new Set();
    followers.set(entity, others.add(listener));
    return () => {
      others.delete(listener);
    };
  }, [entity]);
}

/** Changes of one import come in a burst: each query is fetched again once, not once a change. */
const gatherMs = 40;

/**
 * Follows a wedding's feed of changes and fetches again exactly what each change makes stale. The
 * link resumes after the last change it saw, so a lost connection misses nothing.
 */
export function useLiveWedding(weddingId: string): void {
  const waiting = useRef<Change[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const flush = () => {
    const changes = waiting.current.splice(0);
    timer.current = undefined;
    for (const filter of staleAfter(changes, weddingId)) {
      void queryClient.invalidateQueries(filter);
    }
  };
  const { status } = useSubscription(
    trpc.weddings.onChanges.subscriptionOptions(
      { weddingId },
      {
        onData: ({ data }) => {
          waiting.current.push(...data.changes);
          for (const change of data.changes) {
            for (const follow of followers.get(change.entity) ?? []) follow(change);
          }
          timer.current ??= setTimeout(flush, gatherMs);
        },
      },
    ),
  );
  useEffect(() => {
    setState(status === 'pending' ? 'live' : status === 'error' ? 'broken' : 'connecting');
  }, [status]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      setState('off');
    },
    [],
  );
}
