import { Audience, type MessageSummary } from '@wedsync/contracts/communications';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { GuestId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';
import type { AuditEntry, WriteScope } from '@wedsync/service/transaction';
import { moveMessage } from './move-message.ts';
import { summaryOf } from './queries/messages.ts';
import { loadWordings } from './queries/wordings.ts';
import type { MessageRow } from './rows.ts';
import { writeMessage } from './write-message.ts';

/** What a message that repeats another one takes over from it. */
export const takenOver = (original: MessageRow) => ({
  title: original.title,
  kind: original.kind,
  channel: original.channel,
  purpose: original.purpose,
  defaultLanguage: original.defaultLanguage,
  replyTo: original.replyTo,
  templateId: original.templateId,
  templateVersion: original.templateVersion,
  retryOf: original.id,
});

/** Sends what a message says to one guest, at once. The caller owes the history its line. */
export async function repeatMessage(
  ctx: ServiceContext,
  scope: WriteScope,
  to: { original: MessageRow; channel: MessageChannel; guestId: GuestId },
): Promise<{ summary: MessageSummary; entry: AuditEntry }> {
  const { original, channel, guestId } = to;
  const { weddingId, id: messageId } = original;
  const draft = await writeMessage(ctx, scope, {
    ...takenOver(original),
    channel,
    lane: 'single',
    wordings: await loadWordings(scope.tx, { weddingId, messageId }),
    audience: Audience.parse({ guestIds: [guestId] }),
  });
  const { row, entry } = await moveMessage(ctx, scope, { current: draft, move: 'send' });
  return {
    summary: await summaryOf(scope.tx, row),
    entry: { ...entry, after: { retryOf: messageId, guestId, channel } },
  };
}
