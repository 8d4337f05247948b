import { queryClient } from '../../lib/query-client.ts';

/** Signs out here, and forgets everything that was on screen. */
export async function signOut(): Promise<void> {
  // Loaded on demand: nobody needs the sign-in client before leaving.
  const { authClient } = await import('../../lib/auth-client.ts');
  await authClient.signOut();
  queryClient.clear();
  window.location.assign('/sign-in');
}
