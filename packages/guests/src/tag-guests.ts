import type { TagId } from '@wedsync/contracts/guest-fields';
import { TagGuests } from '@wedsync/contracts/guests';
import type { GuestId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireRows } from './scope.ts';

type Link = { guestId: GuestId; tagId: TagId };

/** The guests of the list that are there; the others were removed meanwhile or are foreign. */
export async function presentGuests(
  tx: Tx,
  weddingId: WeddingId,
  guestIds: readonly GuestId[],
): Promise<GuestId[]> {
  const rows = await tx.execute<{ id: GuestId }>(sql`
    select id from wedding.guests
    where wedding_id = ${weddingId} and id = any(${uuidArray(guestIds)}) and removed_at is null
    order by id`);
  if (rows.length === 0) throw notFound('guest');
  return rows.map((row) => row.id);
}

const byGuest = (links: readonly Link[], guestId: GuestId) =>
  links.filter((link) => link.guestId === guestId).map((link) => link.tagId);

/**
 * Adds tags to and takes tags off many guests at once. Guests removed meanwhile are left out.
 * @throws DomainError `not-found` for a foreign tag, or when none of the guests is there
 */
export async function tagGuests(
  ctx: ServiceContext,
  input: TagGuests,
): Promise<{ changed: number }> {
  const { guestIds, add, remove } = parseInput(TagGuests, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await requireRows(tx, 'tags', { weddingId, ids: [...add, ...remove] });
    const present = await presentGuests(tx, weddingId, guestIds);
    const added = await tx.execute<Link>(sql`
      insert into wedding.guest_tags (wedding_id, guest_id, tag_id)
      select ${weddingId}::uuid, guest_id, tag_id
      from unnest(${uuidArray(present)}) as guest_id, unnest(${uuidArray(add)}) as tag_id
      on conflict do nothing
      returning guest_id as "guestId", tag_id as "tagId"`);
    const removed = await tx.execute<Link>(sql`
      delete from wedding.guest_tags
      where wedding_id = ${weddingId} and guest_id = any(${uuidArray(present)})
        and tag_id = any(${uuidArray(remove)})
      returning guest_id as "guestId", tag_id as "tagId"`);
    const touched = [...new Set([...added, ...removed].map((link) => link.guestId))];
    if (touched.length === 0) return { changed: 0 };
    await auditAll(
      touched.map((guestId) => ({
        action: 'guests.tag',
        entity: 'guest',
        entityId: guestId,
        before: { tagIds: byGuest(removed, guestId) },
        after: { tagIds: byGuest(added, guestId) },
      })),
    );
    await change({ entity: 'guest', kind: 'bulk' });
    return { changed: touched.length };
  });
}
