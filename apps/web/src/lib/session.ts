import { useSuspenseQuery } from '@tanstack/react-query';
import type { Profile } from '@wedsync/contracts/account';
import { queryClient } from './query-client.ts';
import { trpc } from './trpc.ts';

/** Who is signed in; fails with kind `unauthenticated` for nobody. */
export const sessionQuery = () => trpc.account.me.queryOptions();

/** The signed-in person; only inside pages that need one. */
export function useProfile(): Profile {
  return useSuspenseQuery(sessionQuery()).data;
}

/** Marks everything about the signed-in person as stale, after a change of our own. */
export function accountChanged(): void {
  void queryClient.invalidateQueries(trpc.account.pathFilter());
}
