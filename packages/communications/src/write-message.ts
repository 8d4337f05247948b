import type { Audience, MessageLane, MessagePurpose } from '@wedsync/contracts/communications';
import type { MessageChannel, MessageKind } from '@wedsync/contracts/communications-templates';
import { MessageId, newId, type ReminderRuleId, type TemplateId } from '@wedsync/contracts/ids';
import { messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { WriteScope } from '@wedsync/service/transaction';
import type { StoredWording } from './compile-wordings.ts';
import { saveWordings } from './queries/wordings.ts';
import type { MessageRow } from './rows.ts';

/** A message that is made from something else than a planner's form. */
export interface NewMessage {
  title: string;
  kind: MessageKind;
  channel: MessageChannel;
  defaultLanguage: string;
  wordings: readonly StoredWording[];
  audience: Audience;
  templateId?: TemplateId | null;
  templateVersion?: number | null;
  lane?: MessageLane;
  purpose?: MessagePurpose;
  replyTo?: string | null;
  retryOf?: MessageId;
  ruleId?: ReminderRuleId;
  ruleOccurrence?: string;
}

/** Writes a draft with its wordings; the caller moves it on and owes the history its line. */
export async function writeMessage(
  ctx: ServiceContext,
  { tx, change }: Pick<WriteScope, 'tx' | 'change'>,
  { wordings, ...fields }: NewMessage,
): Promise<MessageRow> {
  const weddingId = requireWedding(ctx);
  const id = newId(MessageId);
  const createdBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const [row] = await tx
    .insert(messages)
    .values({ ...fields, weddingId, id, createdBy })
    .returning();
  if (!row) throw new Error('insert returned no row');
  await Promise.all([
    saveWordings(tx, { weddingId, messageId: id }, wordings),
    change({ entity: 'message', entityId: id, kind: 'created' }),
  ]);
  return row;
}
