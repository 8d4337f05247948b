import { recordConsents } from '@wedsync/privacy';
import type { ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { UnsubscribeLink } from './queries/find-unsubscribe-link.ts';
import { suppressAddress } from './suppress-address.ts';

/**
 * Ends a channel to an address for one wedding, from now on and in messages under way: every later
 * claim looks at the list and makes skips of what was ready, so that one click costs the same however
 * large the send is. Doing it again changes nothing.
 */
export async function unsubscribeAddress(
  ctx: ServiceContext,
  link: UnsubscribeLink,
): Promise<void> {
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  const { weddingId, channel, addressHash, guestId } = link;
  await writeTx(ctx, async ({ tx, audit, change }) => {
    if (!(await suppressAddress(tx, { weddingId, channel, addressHash, reason: 'unsubscribed' })))
      return;
    // Sent together and answered together: mail programs give a click a fifth of a second.
    await Promise.all([
      recordConsents(ctx, tx, [{ guestId, channel, status: 'withdrawn', how: 'link' }]),
      audit({ action: 'communications.unsubscribe-address', entity: 'guest', entityId: guestId }),
      change({ entity: 'message', kind: 'bulk' }),
    ]);
  });
}
