import { safePath } from '@wedsync/contracts/safe-path';

/**
 * Opens the page that was asked for before signing in, with a page load: nothing that was fetched
 * for nobody, or for the person before, stays in memory.
 */
export function openAfterSignIn(next: string | undefined): void {
  window.location.assign(safePath(next));
}
