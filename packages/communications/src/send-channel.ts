import type { ServiceContext } from '@wedsync/service/context';
import type { ClaimedDelivery, ShardRef } from './claim-batch.ts';
import { addressOf } from './model/assemble-email.ts';
import { mergeValues } from './model/merge-values.ts';
import { type CompiledEmail, compileEmail, type EmailFrame } from './model/mime/compile-email.ts';
import { outboundEmail } from './model/mime/render-email.ts';
import { replyAddressOf, returnPathOf, verpKey, verpToken } from './model/verp.ts';
import type { CommunicationsDeps, EmailSource, OutboundEmail } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { type EmailWordingInLanguage, loadChannelWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import type { SendQueue } from './send-queue.ts';

/** How the messages of one channel are made and leave. */
export interface SendChannel<Outbound> {
  /** Names the provider in rates and in the circuit breaker. */
  provider: string;
  /** Messages that may be under way at once. */
  connectionsMax: number;
  /** Told of every batch before any of it is made. */
  claimed?(deliveries: readonly ClaimedDelivery[]): Promise<void>;
  prepare(delivery: ClaimedDelivery): Outbound;
  send(source: SendQueue<Outbound>['source'], signal: AbortSignal): Promise<void>;
}

interface InLanguage {
  compiled: CompiledEmail;
  wedding: EmailFrame['wedding'];
}

/** Compiles each wording when its first reader comes. */
function compiler(frame: Omit<EmailFrame, 'language'>) {
  const known = new Map<EmailWordingInLanguage, InLanguage>();
  return (wording: EmailWordingInLanguage): InLanguage => {
    const found = known.get(wording);
    if (found) return found;
    const { language } = wording;
    const wedding = { ...frame.wedding, locale: language };
    const made = { compiled: compileEmail({ ...frame, wedding, language }, wording), wedding };
    known.set(wording, made);
    return made;
  };
}

/** A message by e-mail; undefined when it is not being sent any more. */
export async function openEmailChannel(
  ctx: ServiceContext,
  { weddingId, messageId, channel }: ShardRef,
  deps: CommunicationsDeps,
): Promise<SendChannel<OutboundEmail> | undefined> {
  const loaded = await ctx.db.read(ctx.claims, async (tx) => {
    const [message, frame, wordings] = await Promise.all([
      requireMessage(tx, ctx, messageId),
      loadWeddingFrame(tx, weddingId),
      loadChannelWordings(tx, { weddingId, messageId, channel }),
    ]);
    return { message, frame, wordings };
  });
  const { message, frame, wordings } = loaded;
  if (message.state !== 'sending') return undefined;
  const fromAddress = addressOf(deps.mailFrom);
  const mailbox = message.replyTo ?? frame.replyTo;
  const inLanguage = compiler({
    kind: message.kind,
    wedding: frame.wedding,
    senderAddress: frame.senderAddress,
    fromAddress,
    replyTo: mailbox,
    feedbackId: `${messageId}:${weddingId}:${message.kind}:wedsync`,
  });
  const returnKey = verpKey(deps.linkSecret);
  const { transport, publicUrl, bounceDomain, takesReplies = false } = deps;
  // Answers come to us first, so that the planner sees them beside the message they answer.
  const replyDomain = takesReplies && mailbox ? bounceDomain : undefined;

  function prepare(delivery: ClaimedDelivery): OutboundEmail {
    const { id, recipient, rsvpToken, unsubscribeToken } = delivery;
    const wording = wordings.of(delivery.language ?? frame.wedding.locale);
    if (!wording) throw new Error('the message has no wording for this channel');
    const { compiled, wedding } = inLanguage(wording);
    const token = bounceDomain && verpToken(returnKey, { messageId, deliveryId: id });
    const fields = mergeValues(wedding, { ...recipient, rsvpLink: `${publicUrl}/r/${rsvpToken}` });
    return outboundEmail(
      compiled,
      {
        id,
        to: { name: fields.full_name, address: delivery.openAddress() },
        unsubscribeUrl: `${publicUrl}/u/${unsubscribeToken}`,
        date: new Date(),
        replyTo: token && replyDomain ? replyAddressOf(token, replyDomain) : undefined,
        fields,
      },
      {
        id,
        envelopeFrom: token && bounceDomain ? returnPathOf(token, bounceDomain) : fromAddress,
      },
    );
  }

  return {
    provider: transport.name,
    connectionsMax: transport.connectionsMax,
    prepare,
    send: (source: EmailSource, signal) => transport.send(source, signal),
  };
}
