import type { DeliveryCounts, Message, MessageSummary } from '@wedsync/contracts/communications';
import type { Wording } from '@wedsync/contracts/communications-templates';
import type { MessageId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { and, eq } from 'drizzle-orm';

export type MessageRow = typeof messages.$inferSelect;

/** What lists show beside the row itself. */
export interface SummaryParts {
  /** In the default language. */
  subject: string;
  counts: DeliveryCounts | null;
}

/** A message as lists show it. */
export function toSummary(row: MessageRow, { subject, counts }: SummaryParts): MessageSummary {
  const { id, title, kind, channel, state, heldReason, lane, version } = row;
  return {
    id,
    title,
    kind,
    channel,
    subject,
    state,
    heldReason,
    lane,
    sendAt: row.sendAt?.toISOString() ?? null,
    counts,
    queuedAt: row.queuedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version,
  };
}

/** PostgreSQL writes an interval of hours as `HH:MM:SS`, whatever their number. */
const hoursOf = (interval: string | null) =>
  interval === null ? null : Number.parseInt(interval, 10);

/** A message in full. */
export function toMessage(
  row: MessageRow,
  parts: {
    wordings: readonly Wording[];
    counts: DeliveryCounts | null;
    reasons: Message['reasons'];
  },
): Message {
  const { counts, reasons } = parts;
  const wordings = parts.wordings.map(({ channel, language, format, subject, body }) => ({
    channel,
    language,
    format,
    subject,
    body,
  }));
  const main = wordings.find(
    ({ channel, language }) => channel === row.channel && language === row.defaultLanguage,
  );
  const { templateId, templateVersion, purpose, fallbackChannel, defaultLanguage } = row;
  const { replyTo, audience, schedule, retryOf, ruleId, createdBy } = row;
  return {
    ...toSummary(row, { subject: main?.subject ?? '', counts }),
    templateId,
    templateVersion,
    purpose,
    fallbackChannel,
    fallbackAfterHours: hoursOf(row.fallbackAfter),
    defaultLanguage,
    wordings,
    replyTo,
    audience,
    schedule,
    notAfter: row.notAfter?.toISOString() ?? null,
    retryOf,
    ruleId,
    createdBy,
    reasons,
  };
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
