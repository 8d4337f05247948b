import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

/** Marks everything about consents, opt-outs and erasure as stale, after a change of our own. */
export function privacyChanged(): void {
  void queryClient.invalidateQueries(trpc.privacy.pathFilter());
  void queryClient.invalidateQueries(trpc.communications.listSuppressions.pathFilter());
  void queryClient.invalidateQueries(trpc.communications.checkAudience.pathFilter());
}
