import { type InboundText, MarkInboundText } from '@wedsync/contracts/communications-sms';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { fetchInboundText } from './queries/inbound-texts.ts';

/**
 * Says that somebody has seen to a text, or that nobody has after all. Saying it again is fine.
 * @throws DomainError `not-found`
 */
export async function markInboundText(
  ctx: ServiceContext,
  input: MarkInboundText,
): Promise<InboundText> {
  const { id, isHandled } = parseInput(MarkInboundText, input);
  requirePermission(ctx, 'communications.update');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const rows = await tx.execute(sql`
      update wedding.inbound_texts set
        handled_at = case when ${isHandled} then coalesce(handled_at, now()) end,
        handled_by = case when ${isHandled} then ${actorId(ctx.actor) ?? null}::uuid end
      where wedding_id = ${weddingId} and id = ${id}
      returning 1`);
    if (rows.length === 0) throw notFound('text');
    await audit({
      action: 'communications.mark-inbound-text',
      entity: 'inbound_text',
      entityId: id,
      after: { isHandled },
    });
    await change({ entity: 'inbound_text', entityId: id, kind: 'updated' });
    return fetchInboundText(ctx, tx, id);
  });
}
