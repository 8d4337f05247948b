import { type InfiniteData, useMutation } from '@tanstack/react-query';
import { failureOf } from '@wedsync/contracts/failure';
import type { GuestRow } from '@wedsync/contracts/guests';
import type { Page } from '@wedsync/contracts/paging';
import { notify } from '@wedsync/ui/toast';
import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from './guests-changed.ts';

/** One thing done to many guests: seen at once, sent meanwhile, taken back if it is refused. */
export interface BulkChange<T> {
  guestIds: readonly string[];
  /** How a row looks afterwards; null: it leaves the list. */
  show: (row: GuestRow) => GuestRow | null;
  send: () => Promise<T>;
  done: (answer: T) => void;
  /** Heading of the notice when it was refused: "The answers were not written down". */
  refusal: string;
}

type Lists = InfiniteData<Page<GuestRow>>;

/** The guest lists that are in memory, as they are now. */
const listFilter = () => trpc.guests.list.pathFilter();

async function showAtOnce<T>({ guestIds, show }: BulkChange<T>): Promise<() => void> {
  const chosen = new Set(guestIds);
  // A list that is under way was asked for before the change and would bring the old rows back.
  await queryClient.cancelQueries(listFilter());
  const before = queryClient.getQueriesData<Lists>(listFilter());
  const changed = (row: GuestRow) => (chosen.has(row.id) ? show(row) : row);
  queryClient.setQueriesData<Lists>(listFilter(), (lists) =>
    lists === undefined
      ? undefined
      : {
          ...lists,
          pages: lists.pages.map((page) => ({
            ...page,
            items: page.items.map(changed).filter((row) => row !== null),
          })),
        },
  );
  return () => {
    for (const [key, lists] of before) queryClient.setQueryData(key, lists);
  };
}

/**
 * Does something to many guests without waiting for the server. A refusal puts the rows back as
 * they were, says why, and offers to try again; either way the list is read again afterwards.
 */
export function useBulkChange() {
  const { mutate, isPending } = useMutation({
    mutationFn: async (change: BulkChange<unknown>) => change.send(),
    onMutate: (change: BulkChange<unknown>) => showAtOnce(change),
    onError: (error, change, putBack) => {
      putBack?.();
      notify({
        tone: 'problem',
        title: change.refusal,
        detail: `${failureOf(error).message} The list shows what was there before.`,
        action: { label: 'Try again', run: () => mutate(change) },
      });
    },
    onSuccess: (answer, change) => change.done(answer),
    onSettled: guestsChanged,
  });
  return {
    start: <T>(change: BulkChange<T>) => {
      // Only `done` knows the type of the answer, and only with the answer of its own `send`.
      let finish = () => {};
      mutate({
        ...change,
        send: async () => {
          const answer = await change.send();
          finish = () => change.done(answer);
        },
        done: () => finish(),
      });
    },
    isPending,
  };
}

/** The rows of these guests in the lists on screen. */
export function rowsOf(guestIds: readonly string[]): GuestRow[] {
  const chosen = new Set(guestIds);
  const found = new Map<string, GuestRow>();
  for (const [, lists] of queryClient.getQueriesData<Lists>(listFilter())) {
    for (const row of lists?.pages.flatMap(({ items }) => items) ?? []) {
      if (chosen.has(row.id)) found.set(row.id, row);
    }
  }
  return [...found.values()];
}
