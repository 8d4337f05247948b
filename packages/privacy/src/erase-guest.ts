import { EraseGuest } from '@wedsync/contracts/privacy';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/**
 * Erases a guest for good (Article 17 GDPR). Their key is destroyed, so that nothing sealed for them
 * can be read again, in no backup either; hashes of their addresses stay suppressed, so that a later
 * import does not write to them. Doing it again changes nothing.
 * @throws DomainError `not-found`
 */
export async function eraseGuest(
  ctx: ServiceContext,
  input: EraseGuest,
): Promise<{ erasedAt: string }> {
  const { guestId } = parseInput(EraseGuest, input);
  requirePermission(ctx, 'privacy.erase');
  requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const [row] = await tx.execute<{ at: string | null; fresh: boolean }>(sql`
      select erased.at, erased.at >= now() as fresh
      from wedding.erase_guest(${guestId}) as erased (at)`);
    if (!row?.at) throw notFound('guest');
    if (row.fresh) {
      // That it was done is the proof that it was; of whom, only the id is left.
      await audit({ action: 'privacy.erase-guest', entity: 'guest', entityId: guestId });
      await change({ entity: 'guest', entityId: guestId, kind: 'updated' });
    }
    return { erasedAt: isoMoment(row.at) };
  });
}
