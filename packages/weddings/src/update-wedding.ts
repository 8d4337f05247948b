import { rescheduleMessagesJob } from '@wedsync/contracts/communications-jobs';
import { ArchiveWedding, UpdateWedding, type Wedding } from '@wedsync/contracts/weddings';
import { weddings } from '@wedsync/db/schema/weddings';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { eq } from 'drizzle-orm';
import { getWeddingRow } from './rows.ts';

/** Dates and zone from which messages may be counted. */
const planned = ['date', 'rsvpDeadline', 'timeZone'] as const satisfies readonly (keyof Wedding)[];

/** @throws DomainError `conflict` (stale), `not-found` */
export async function updateWedding(ctx: ServiceContext, input: UpdateWedding): Promise<Wedding> {
  const { version, patch } = parseInput(UpdateWedding, input);
  requirePermission(ctx, 'weddings.update');
  const id = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change, enqueue }) => {
    const current = await getWeddingRow(tx, id, 'update');
    if (current.version !== version) throw staleVersion(current, 'wedding');
    const changed = changedFields<Wedding>(current, patch);
    if (!changed) return current;
    await tx.update(weddings).set(patch).where(eq(weddings.id, id));
    await audit({ action: 'weddings.update', entity: 'wedding', entityId: id, ...changed });
    await change({ entity: 'wedding', entityId: id, kind: 'updated' });
    if (planned.some((field) => field in changed.after)) {
      await enqueue(rescheduleMessagesJob, { v: 1, weddingId: id });
    }
    return getWeddingRow(tx, id, 'read');
  });
}

/**
 * Archives a wedding, or brings it back. Nothing is deleted: guests, answers and history stay.
 * @throws DomainError `conflict` (stale), `not-found`, `limit` when the plan has no room for it
 */
export async function archiveWedding(ctx: ServiceContext, input: ArchiveWedding): Promise<Wedding> {
  const { version, archived } = parseInput(ArchiveWedding, input);
  requirePermission(ctx, 'weddings.archive');
  const id = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await getWeddingRow(tx, id, 'update');
    if (current.version !== version) throw staleVersion(current, 'wedding');
    if ((current.archivedAt !== null) === archived) return current;
    const archivedAt = archived ? ctx.clock.now() : null;
    await tx.update(weddings).set({ archivedAt }).where(eq(weddings.id, id));
    const action = archived ? 'weddings.archive' : 'weddings.restore';
    await audit({ action, entity: 'wedding', entityId: id });
    await change({ entity: 'wedding', entityId: id, kind: 'updated' });
    return getWeddingRow(tx, id, 'read');
  });
}
