import { useSuspenseQuery } from '@tanstack/react-query';
import type { Profile } from '@wedsync/contracts/account';
import { trpc } from './trpc.ts';

/** Who is signed in; fails with kind `unauthenticated` for nobody. */
export const sessionQuery = () => trpc.account.me.queryOptions();

/** The signed-in operator; only inside pages that need one. */
export function useProfile(): Profile {
  return useSuspenseQuery(sessionQuery()).data;
}
