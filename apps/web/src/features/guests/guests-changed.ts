import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/**
 * Marks everything that shows guests as stale, after a change of our own. Resolves when what is on
 * screen has been read again.
 */
export function guestsChanged(): Promise<void> {
  return queryClient.invalidateQueries(trpc.guests.pathFilter());
}
