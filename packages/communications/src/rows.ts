import type {
  DeliveryCounts,
  Message,
  MessageSummary,
  MessageTemplate,
} from '@wedsync/contracts/communications';
import type { MessageId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { messages, type messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { and, eq } from 'drizzle-orm';

export type TemplateRow = typeof messageTemplates.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;

/** A template as the screens know it. */
export function toTemplate(row: TemplateRow): MessageTemplate {
  const { id, name, kind, subject, body, version } = row;
  return { id, name, kind, subject, body, version, updatedAt: row.updatedAt.toISOString() };
}

/** A message as lists show it. */
export function toSummary(row: MessageRow, counts: DeliveryCounts | null): MessageSummary {
  const { id, title, kind, subject, state, version } = row;
  return {
    id,
    title,
    kind,
    subject,
    state,
    counts,
    queuedAt: row.queuedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version,
  };
}

/** A message in full. */
export function toMessage(
  row: MessageRow,
  counts: DeliveryCounts | null,
  reasons: Message['reasons'],
): Message {
  const { templateId, body, replyTo, audience, createdBy } = row;
  return { ...toSummary(row, counts), templateId, body, replyTo, audience, createdBy, reasons };
}

/**
 * The message of that id in this wedding.
 * @throws DomainError `not-found`
 */
export async function requireMessage(
  tx: Tx,
  ctx: Pick<ServiceContext, 'weddingId'>,
  id: MessageId,
): Promise<MessageRow> {
  const [row] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.weddingId, requireWedding(ctx)), eq(messages.id, id)));
  if (!row) throw notFound('message');
  return row;
}

/** As `requireMessage`, and nobody else changes its state until this transaction ends. */
export async function lockMessage(
  tx: Tx,
  ctx: Pick<ServiceContext, 'weddingId'>,
  id: MessageId,
): Promise<MessageRow> {
  const [row] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.weddingId, requireWedding(ctx)), eq(messages.id, id)))
    .for('update');
  if (!row) throw notFound('message');
  return row;
}
