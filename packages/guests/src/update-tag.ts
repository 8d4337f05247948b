import { type TagColor, TagId } from '@wedsync/contracts/guest-fields';
import { CreateTag, RemoveTag, type Tag, UpdateTag } from '@wedsync/contracts/guests';
import { newId, type WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { tags } from '@wedsync/db/schema/guests';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';

const columns = { id: tags.id, name: tags.name, color: tags.color, version: tags.version };
type TagRow = { id: string; name: string; color: string; version: number };
const toTag = (row: TagRow): Tag => ({
  ...row,
  id: TagId.parse(row.id),
  // The table's check constraint admits no other.
  color: row.color as TagColor,
});

async function lockTag(tx: Tx, weddingId: WeddingId, tagId: TagId): Promise<Tag> {
  const [row] = await tx
    .select(columns)
    .from(tags)
    .where(and(eq(tags.weddingId, weddingId), eq(tags.id, tagId)))
    .for('update');
  if (!row) throw notFound('tag');
  return toTag(row);
}

/** Every tag of the wedding, by name. */
export async function listTags(ctx: ServiceContext): Promise<Tag[]> {
  requirePermission(ctx, 'guests.read');
  const rows = await readTx(ctx, (tx) =>
    tx
      .select(columns)
      .from(tags)
      .where(eq(tags.weddingId, requireWedding(ctx)))
      .orderBy(asc(tags.name), asc(tags.id)),
  );
  return rows.map(toTag);
}

/** @throws DomainError `conflict` `guests.tag-exists` for a name that differs only in case */
export async function createTag(ctx: ServiceContext, input: CreateTag): Promise<Tag> {
  const fields = parseInput(CreateTag, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const id = newId(TagId);
    await tx.insert(tags).values({ ...fields, weddingId, id });
    await audit({ action: 'guests.create-tag', entity: 'tag', entityId: id, after: fields });
    await change({ entity: 'tag', entityId: id, kind: 'created' });
    return { ...fields, id, version: 1 };
  });
}

/** @throws DomainError `conflict` (stale, or the name is taken), `not-found` */
export async function updateTag(ctx: ServiceContext, input: UpdateTag): Promise<Tag> {
  const { tagId, version, patch } = parseInput(UpdateTag, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockTag(tx, weddingId, tagId);
    if (current.version !== version) throw staleVersion(current, 'tag');
    const changed = changedFields<z.output<typeof UpdateTag>['patch']>(current, patch);
    if (!changed) return current;
    const [row] = await tx
      .update(tags)
      .set(changed.after)
      .where(and(eq(tags.weddingId, weddingId), eq(tags.id, tagId)))
      .returning(columns);
    await audit({ action: 'guests.update-tag', entity: 'tag', entityId: tagId, ...changed });
    await change({ entity: 'tag', entityId: tagId, kind: 'updated' });
    if (!row) throw notFound('tag');
    return toTag(row);
  });
}

/** Takes the tag off every guest and deletes it. @throws DomainError `not-found` */
export async function removeTag(ctx: ServiceContext, input: RemoveTag): Promise<void> {
  const { tagId } = parseInput(RemoveTag, input);
  requirePermission(ctx, 'guests.update');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const before = await lockTag(tx, weddingId, tagId);
    await tx.delete(tags).where(and(eq(tags.weddingId, weddingId), eq(tags.id, tagId)));
    await audit({ action: 'guests.remove-tag', entity: 'tag', entityId: tagId, before });
    await change({ entity: 'tag', entityId: tagId, kind: 'removed' });
  });
}
