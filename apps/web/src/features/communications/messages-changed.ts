import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/** Marks everything that shows messages as stale, after a change of our own. */
export function messagesChanged(): void {
  void queryClient.invalidateQueries(trpc.communications.pathFilter());
}
