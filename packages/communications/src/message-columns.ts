import type { MessageFields } from '@wedsync/contracts/communications';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { and, eq } from 'drizzle-orm';

/** The fields of a message as its columns hold them; a template without version means its newest. */
export async function toMessageColumns(
  tx: Tx,
  weddingId: WeddingId,
  { templateId, templateVersion, fallbackAfterHours, ...fields }: Omit<MessageFields, 'wordings'>,
) {
  let version = templateId ? templateVersion : null;
  if (templateId && version === null) {
    const [template] = await tx
      .select({ version: messageTemplates.version })
      .from(messageTemplates)
      .where(and(eq(messageTemplates.weddingId, weddingId), eq(messageTemplates.id, templateId)));
    version = template?.version ?? null;
  }
  return {
    kind: fields.kind,
    title: fields.title,
    channel: fields.channel,
    fallbackChannel: fields.fallbackChannel,
    fallbackAfter:
      fields.fallbackChannel && fallbackAfterHours ? `${fallbackAfterHours} hours` : null,
    purpose: fields.purpose,
    defaultLanguage: fields.defaultLanguage,
    replyTo: fields.replyTo,
    audience: fields.audience,
    templateId,
    templateVersion: version,
  };
}
