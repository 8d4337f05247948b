import { DomainError } from '@wedsync/contracts/errors';
import type { Page } from '@wedsync/contracts/paging';
import { type AuditLine, ListAudit } from '@wedsync/contracts/weddings';
import { users } from '@wedsync/db/schema/auth';
import { auditLog } from '@wedsync/db/schema/weddings';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

const encode = (line: AuditLine) => `${line.at}~${line.id}`;

function decode(cursor: string) {
  const parsed = Cursor.safeParse(cursor.split('~'));
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'invalid',
    'weddings.bad-cursor',
    'This page of the history does not exist. Start again from its first page.',
  );
}

/** What was done in the wedding and by whom, newest first. */
export async function listAudit(ctx: ServiceContext, input: ListAudit): Promise<Page<AuditLine>> {
  const { entity, entityId, cursor, limit } = parseInput(ListAudit, input);
  requirePermission(ctx, 'weddings.read-audit');
  const after = cursor === undefined ? undefined : decode(cursor);
  // A moment crosses the wire in milliseconds, so that is what pages are cut at.
  const at = sql<string>`date_trunc('milliseconds', ${auditLog.at})`;
  const rows = await readTx(ctx, (tx) =>
    tx
      .select({
        id: auditLog.id,
        at: auditLog.at,
        actorKind: auditLog.actorKind,
        actorId: auditLog.actorId,
        actorName: users.name,
        action: auditLog.action,
        entity: auditLog.entity,
        entityId: auditLog.entityId,
        before: auditLog.before,
        after: auditLog.after,
      })
      .from(auditLog)
      .leftJoin(users, eq(users.id, auditLog.actorId))
      .where(
        and(
          eq(auditLog.weddingId, requireWedding(ctx)),
          entity === undefined ? undefined : eq(auditLog.entity, entity),
          entityId === undefined ? undefined : eq(auditLog.entityId, entityId),
          after && sql`(${at}, ${auditLog.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        ),
      )
      .orderBy(desc(at), desc(auditLog.id))
      .limit(limit + 1),
  );
  const items = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encode(last) : null };
}
