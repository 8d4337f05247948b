import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';
import { queryClient } from '../../lib/query-client.ts';

/** Ends the session and forgets everything that was shown. */
export async function signOut(): Promise<void> {
  // Without an answer the cookie may still work: the sign-in page shows whether it does.
  await authClient.signOut().catch(() => null);
  queryClient.clear();
  window.location.assign(paths.signIn);
}
