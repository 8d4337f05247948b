import {
  type DeliveryCounts,
  type DeliveryReason,
  GetMessage,
  ListMessages,
  type Message,
  type MessageSummary,
} from '@wedsync/contracts/communications';
import { MessageId, type WeddingId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import type { Tx } from '@wedsync/db/client';
import { messages } from '@wedsync/db/schema/communications';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { type MessageRow, requireMessage, toMessage, toSummary } from '../rows.ts';
import { countsOf } from './counts.ts';
import { loadWordings } from './wordings.ts';

type CountRow = Record<keyof DeliveryCounts, number> & { id: MessageId };

/** Subjects in the default language, by message. */
async function subjectsOf(
  tx: Tx,
  weddingId: WeddingId,
  ids: readonly MessageId[],
): Promise<Map<MessageId, string>> {
  const rows = await tx.execute<{ id: MessageId; subject: string }>(sql`
    select m.id, t.subject from wedding.messages m
    join wedding.message_wordings t on t.wedding_id = m.wedding_id and t.message_id = m.id
      and t.channel = m.channel and t.language = m.default_language
    where m.wedding_id = ${weddingId} and m.id = any (${uuidArray(ids)})`);
  return new Map(rows.map(({ id, subject }) => [id, subject]));
}

/** One message as lists show it: what every write answers. */
export async function summaryOf(tx: Tx, row: MessageRow): Promise<MessageSummary> {
  const [subjects, counts] = await Promise.all([
    subjectsOf(tx, row.weddingId, [row.id]),
    countsOf(tx, row),
  ]);
  return toSummary(row, { subject: subjects.get(row.id) ?? '', counts });
}

/** One message in full, as somebody who lost a race for it must see it. */
export async function messageOf(tx: Tx, row: MessageRow): Promise<Message> {
  const { weddingId, id } = row;
  const counts = await countsOf(tx, row);
  const wordings = await loadWordings(tx, { weddingId, messageId: id });
  const reasons = await tx.execute<{ reason: DeliveryReason; count: number }>(sql`
    select reason, sum(n)::int as count from wedding.delivery_counts
    where wedding_id = ${weddingId} and message_id = ${id} and reason <> ''
    group by reason having sum(n) > 0 order by count desc, reason`);
  return toMessage(row, { wordings, counts, reasons: [...reasons] });
}

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
    const subjects = await subjectsOf(
      tx,
      weddingId,
      page.map(({ id }) => id),
    );
    return {
      items: page.map((row) =>
        toSummary(row, {
          subject: subjects.get(row.id) ?? '',
          counts: counts.get(row.id) ?? null,
        }),
      ),
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
  return readTx(ctx, async (tx) => messageOf(tx, await requireMessage(tx, ctx, id)));
}
