import { DomainError } from '@wedsync/contracts/errors';
import { GuestHistory, type HistoryEntry } from '@wedsync/contracts/guests';
import type { Page } from '@wedsync/contracts/paging';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import type { SubjectKey } from '@wedsync/service/subject-key';
import { readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { readGuestKey } from '../guest-keys.ts';
import { openSnapshot } from '../import-snapshots.ts';
import { openHistory } from '../sealed-history.ts';

type HistoryRecord = {
  id: string;
  at: string;
  actor_kind: HistoryEntry['actorKind'];
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const Position = z.tuple([z.string().max(64), z.uuid()]);

function before(cursor: string | undefined): SQL {
  if (!cursor) return sql``;
  try {
    const [at, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return sql`where (entry.at, entry.id) < (${at}::timestamptz, ${id}::uuid)`;
  } catch {
    throw new DomainError(
      'invalid',
      'guests.cursor',
      'This page of the history is gone. Start again.',
    );
  }
}

/** An entry of the audit, or what an import wrote, as it can be read now. */
const openEntry = (key: SubjectKey | undefined, fields: HistoryRecord['before']) =>
  openSnapshot(key, openHistory(key, fields));

/**
 * What happened to a guest, newest first: edits, answers, removals, and imports (which keep their
 * own before and after for the undo). Removed guests keep their history.
 */
export async function getGuestHistory(
  ctx: ServiceContext,
  input: GuestHistory,
): Promise<Page<HistoryEntry>> {
  const { guestId, cursor, limit } = parseInput(GuestHistory, input);
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  const [records, key] = await readTx(ctx, async (tx) => {
    const entries = await tx.execute<HistoryRecord>(sql`
      select entry.id, entry.at::text as at, entry.actor_kind, entry.actor_id, u.name as actor_name,
        entry.action, entry.before, entry.after
      from (
        select a.id, a.at, a.actor_kind, a.actor_id, a.action, a.before, a.after
        from wedding.audit_log a
        where a.wedding_id = ${weddingId} and a.entity_id = ${guestId}
        union all
        select i.id, i.applied_at, 'user', i.applied_by, 'guests.apply-import', c.before, c.after
        from wedding.guest_import_changes c
        join wedding.guest_imports i on i.wedding_id = c.wedding_id and i.id = c.import_id
        where c.wedding_id = ${weddingId} and c.entity_id = ${guestId} and c.entity = 'guest'
      ) as entry
      left join auth.users u on u.id = entry.actor_id and entry.actor_kind = 'user'
      ${before(cursor)}
      order by entry.at desc, entry.id desc limit ${limit + 1}`);
    const own = await readGuestKey({ tx, keyRing: ctx.keyRing }, { weddingId, guestId });
    return [entries, own] as const;
  });
  const last = records.length > limit ? records[limit - 1] : undefined;
  return {
    items: records.slice(0, limit).map((record) => ({
      id: record.id,
      at: isoMoment(record.at),
      actorKind: record.actor_kind,
      actorId: record.actor_id,
      actorName: record.actor_name,
      action: record.action,
      before: openEntry(key, record.before),
      after: openEntry(key, record.after),
    })),
    nextCursor: last ? Buffer.from(JSON.stringify([last.at, last.id])).toString('base64url') : null,
  };
}
