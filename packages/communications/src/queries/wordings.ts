import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { messages, messageWordings } from '@wedsync/db/schema/communications';
import { and, asc, eq } from 'drizzle-orm';
import type { StoredWording } from '../compile-wordings.ts';
import { chooseLanguage } from '../model/languages.ts';

const columns = {
  channel: messageWordings.channel,
  language: messageWordings.language,
  format: messageWordings.format,
  subject: messageWordings.subject,
  body: messageWordings.body,
  html: messageWordings.html,
  plainText: messageWordings.plainText,
};

/** What a message says, over all channels and languages. */
export async function loadWordings(
  tx: Tx,
  { weddingId, messageId }: { weddingId: WeddingId; messageId: MessageId },
): Promise<StoredWording[]> {
  return tx
    .select(columns)
    .from(messageWordings)
    .where(and(eq(messageWordings.weddingId, weddingId), eq(messageWordings.messageId, messageId)))
    .orderBy(asc(messageWordings.channel), asc(messageWordings.language));
}

/** What an e-mail's layout is made of: the text part and, for layouts, the HTML in place of ours. */
export interface EmailWordingInLanguage {
  language: string;
  subject: string;
  body: string;
  html: string | null;
}

/** The wordings for the readers of one channel. */
export interface ChannelWordings {
  /** The one that a guest who reads `language` gets. */
  of(language: string | null): EmailWordingInLanguage | undefined;
  all: readonly EmailWordingInLanguage[];
}

/** Wordings of one channel, ready to be looked up by language. */
export function channelWordings(
  wordings: readonly StoredWording[],
  channel: MessageChannel,
  defaultLanguage: string,
): ChannelWordings {
  const all = wordings
    .filter((wording) => wording.channel === channel)
    .map(({ language, subject, body, html, plainText }) => ({
      language,
      subject,
      body: plainText ?? body,
      html,
    }));
  return { all, of: (language) => chooseLanguage(all, language, defaultLanguage) };
}

/** What a message says on one channel, ready to be looked up by language. */
export async function loadChannelWordings(
  tx: Tx,
  ref: { weddingId: WeddingId; messageId: MessageId; channel: MessageChannel },
): Promise<ChannelWordings> {
  const [[message], wordings] = await Promise.all([
    tx
      .select({ defaultLanguage: messages.defaultLanguage })
      .from(messages)
      .where(and(eq(messages.weddingId, ref.weddingId), eq(messages.id, ref.messageId))),
    loadWordings(tx, ref),
  ]);
  return channelWordings(wordings, ref.channel, message?.defaultLanguage ?? 'en');
}

/** Replaces what a draft says; the database refuses it for anything but a draft. */
export async function saveWordings(
  tx: Tx,
  { weddingId, messageId }: { weddingId: WeddingId; messageId: MessageId },
  wordings: readonly StoredWording[],
): Promise<void> {
  await tx
    .delete(messageWordings)
    .where(and(eq(messageWordings.weddingId, weddingId), eq(messageWordings.messageId, messageId)));
  await tx
    .insert(messageWordings)
    .values(wordings.map((wording) => ({ ...wording, weddingId, messageId })));
}
