import { suppressions } from '@wedsync/db/schema/communications';
import { bytesParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { UnsubscribeLink } from './queries/find-unsubscribe-link.ts';

/**
 * Ends e-mail to an address for one wedding, from now on and in messages under way: what is ready
 * becomes a skip, and every later claim looks at the list. Doing it again changes nothing.
 */
export async function unsubscribeAddress(
  ctx: ServiceContext,
  link: UnsubscribeLink,
): Promise<void> {
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  const { weddingId, channel, addressHash, guestId } = link;
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const added = await tx
      .insert(suppressions)
      .values({ weddingId, channel, addressHash, reason: 'unsubscribed' })
      .onConflictDoNothing()
      .returning({ channel: suppressions.channel });
    if (added.length === 0) return;
    await tx.execute(sql`
      update wedding.deliveries set state = 'skipped', reason = 'suppressed', updated_at = now()
      where wedding_id = ${weddingId} and state = 'ready' and channel = ${channel}
        and address_hash = ${bytesParameter(addressHash)}`);
    await audit({
      action: 'communications.unsubscribe-address',
      entity: 'guest',
      entityId: guestId,
    });
    await change({ entity: 'message', kind: 'bulk' });
  });
}
