import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/** Marks everything that shows guests as stale, after a change of our own. */
export function guestsChanged(): void {
  void queryClient.invalidateQueries(trpc.guests.pathFilter());
}
