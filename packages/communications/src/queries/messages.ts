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
      select m.id, c.audience, c.ready, c.claimed, c.sent, c.failed, c.skipped,
        c.in_doubt as "inDoubt", c.cancelled
      from wedding.messages m cross join lateral wedding.count_deliveries(m.wedding_id, m.id) c
      where m.wedding_id = ${weddingId} and m.expanded_at is not null
        and m.id in (select value::uuid from jsonb_array_elements_text(
          ${JSON.stringify(page.map(({ id }) => id))}::jsonb))`);
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
      select reason, count(*)::int as count from wedding.deliveries
      where wedding_id = ${row.weddingId} and message_id = ${id} and reason is not null
      group by reason order by count desc, reason`);
    return toMessage(row, counts, [...reasons]);
  });
}
