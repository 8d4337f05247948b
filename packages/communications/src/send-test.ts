import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import {
  DeliveryId,
  type GuestId,
  type MessageId,
  newId,
  type UserId,
  type WeddingId,
} from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { addressOf } from './model/assemble-email.ts';
import { mergeValues } from './model/merge-values.ts';
import { compileEmail } from './model/mime/compile-email.ts';
import { outboundEmail } from './model/mime/render-email.ts';
import { sampleRecipient } from './model/sample-recipient.ts';
import type { CommunicationsDeps } from './ports.ts';
import { recipientOfGuest } from './queries/recipients.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { loadChannelWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import { sendOneEmail } from './send-one-email.ts';

export interface TestTarget {
  weddingId: WeddingId;
  messageId: MessageId;
  userId: UserId;
  guestId: GuestId | null;
  channel: MessageChannel;
  language: string | null;
}

const channelNames: Readonly<Record<MessageChannel, string>> = {
  email: 'e-mail',
  sms: 'text message',
  notice: 'notice',
};

/**
 * Sends a message to one signed-in person, worded as for a guest, in a language and as it reads on a
 * channel; accounts have only an address, so every test is an e-mail. Links of guests do not work in
 * it: a test must not be able to answer for somebody.
 * @throws DomainError `unavailable` when the mail server does not take it; the job tries again
 */
export async function sendTest(
  ctx: ServiceContext,
  { weddingId, messageId, userId, guestId, channel, language }: TestTarget,
  deps: CommunicationsDeps,
): Promise<void> {
  const email = await ctx.db.read({ ...ctx.claims, userId }, async (tx) => {
    const message = await requireMessage(tx, ctx, messageId);
    const [user] = await tx.execute<{ email: string; name: string }>(
      sql`select email, name from auth.users where id = ${userId}`,
    );
    if (!user) throw notFound('account');
    const { wedding, senderAddress, replyTo } = await loadWeddingFrame(tx, weddingId);
    const found = await recipientOfGuest({ tx, keyRing: ctx.keyRing }, weddingId, guestId);
    const wordings = await loadChannelWordings(tx, { weddingId, messageId, channel });
    const wording = wordings.of(language ?? found?.language ?? wedding.locale);
    if (!wording) throw notFound('text for this channel');
    // A text message or notice has no subject; here it needs one.
    const subject = wording.subject || `${message.title} (${channelNames[channel]})`;
    const worded = { ...wedding, locale: wording.language };
    const fromAddress = addressOf(deps.mailFrom);
    const compiled = compileEmail(
      {
        kind: message.kind,
        wedding: worded,
        language: wording.language,
        senderAddress,
        fromAddress,
        replyTo: message.replyTo ?? replyTo,
        feedbackId: null,
      },
      { ...wording, subject: `[Test] ${subject}` },
    );
    const recipient = found?.recipient ?? sampleRecipient;
    const id = newId(DeliveryId);
    return outboundEmail(
      compiled,
      {
        id,
        to: { name: user.name, address: user.email },
        unsubscribeUrl: null,
        date: ctx.clock.now(),
        fields: mergeValues(worded, { ...recipient, rsvpLink: `${deps.publicUrl}/r/preview` }),
      },
      { id, envelopeFrom: fromAddress },
    );
  });
  const outcome = await sendOneEmail(deps.transport, email, ctx.signal);
  if (outcome.kind === 'accepted') return;
  throw new DomainError(
    outcome.kind === 'rejected' ? 'precondition' : 'unavailable',
    'communications.test-not-sent',
    'The mail server did not take the test e-mail.',
    { code: outcome.kind === 'withheld' ? 'withheld' : outcome.code },
  );
}
