import { queryClient } from '../../lib/query-client.ts';

/** Only paths of this site: an address from the query string must not lead elsewhere. */
export function safePath(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';
}

/** Forgets what the last person saw and opens the page that was asked for. */
export function openAfterSignIn(next: string | undefined) {
  queryClient.clear();
  window.location.assign(safePath(next));
}
