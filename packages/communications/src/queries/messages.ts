import {
  type DeliveryCounts,
  type DeliveryReason,
  GetMessage,
  ListMessages,
  type Message,
  type MessageSummary,
} from '@wedsync/contracts/communications';
import { MessageId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { messages } from '@wedsync/db/schema/communications';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { requireMessage, toMessage, toSummary } from '../rows.ts';
import { countsOf } from './counts.ts';

type CountRow = Record<keyof DeliveryCounts, number> & { id: MessageId };

/** Messages, newest first, with where their guests stand. */
export async function listMessages(
  ctx: ServiceContext,
  input: ListMessages,
): Promise<Page<MessageSummary>> {
  const { cursor, limit } = parseInput(ListMessages, input);
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    // Ids are UUIDv7: their order is the order of creation.
    const before = cursor ? lt(messages.id, parseInput(MessageId, cursor)) : undefined;
    const rows = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.weddingId, weddingId), before))
      .orderBy(desc(messages.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const counted = await tx.execute<CountRow>(sql`
      select message_id as id, audience, ready, claimed, in_doubt as "inDoubt", sent, delivered,
        bounced, complained, failed, skipped, cancelled
      from wedding.count_deliveries(${weddingId}, ${uuidArray(page.map(({ id }) => id))})
      where not is_fallback and audience is not null`);
    const counts = new Map(counted.map(({ id, ...rest }) => [id, rest]));
    return {
      items: page.map((row) => toSummary(row, counts.get(row.id) ?? null)),
      nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

/**
 * One message with its progress.
 * @throws DomainError `not-found`
 */
export async function getMessage(ctx: ServiceContext, input: GetMessage): Promise<Message> {
  const { id } = parseInput(GetMessage, input);
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, async (tx) => {
    const row = await requireMessage(tx, ctx, id);
    const counts = await countsOf(tx, row);
    const reasons = await tx.execute<{ reason: DeliveryReason; count: number }>(sql`
      select reason, sum(n)::int as count from wedding.delivery_counts
      where wedding_id = ${row.weddingId} and message_id = ${id} and reason <> ''
      group by reason having sum(n) > 0 order by count desc, reason`);
    return toMessage(row, counts, [...reasons]);
  });
}
