import { safePath } from '@wedsync/contracts/safe-path';
import { queryClient } from '../../lib/query-client.ts';

/** Forgets what the last person saw and opens the page that was asked for. */
export function openAfterSignIn(next: string | undefined) {
  queryClient.clear();
  window.location.assign(safePath(next));
}
