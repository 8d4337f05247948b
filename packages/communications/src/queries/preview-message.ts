import { type MessagePreview, PreviewMessage } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { newUuid } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { compileWordings } from '../compile-wordings.ts';
import { addressOf, assembleEmail } from '../model/assemble-email.ts';
import { mergeValues } from '../model/merge-values.ts';
import { sampleRecipient } from '../model/sample-recipient.ts';
import { compileWording } from '../model/wording.ts';
import type { CommunicationsSettings } from '../ports.ts';
import { recipientOfGuest } from './recipients.ts';
import { loadWeddingFrame } from './wedding-frame.ts';
import { channelWordings } from './wordings.ts';

/**
 * Wording as one guest would get it, on one channel and in the guest's language. Its links open
 * nothing: a preview is not that guest's key.
 * @throws DomainError `invalid` `communications.wording`
 * @throws DomainError `not-found` for a guest that is not there
 */
export async function previewMessage(
  ctx: ServiceContext,
  input: PreviewMessage,
  settings: Pick<CommunicationsSettings, 'publicUrl' | 'mailFrom'>,
): Promise<MessagePreview> {
  const { guestId, kind, channel, language, defaultLanguage, wordings } = parseInput(
    PreviewMessage,
    input,
  );
  requirePermission(ctx, 'communications.read');
  const compiled = await compileWordings(wordings.filter((wording) => wording.channel === channel));
  const weddingId = requireWedding(ctx);
  const { frame, found } = await readTx(ctx, async (tx) => ({
    frame: await loadWeddingFrame(tx, weddingId),
    found: await recipientOfGuest({ tx, keyRing: ctx.keyRing }, weddingId, guestId),
  }));
  if (guestId && !found) throw notFound('guest');
  const { wedding, senderAddress, replyTo } = frame;
  const readers = language ?? found?.language ?? wedding.locale;
  const wording = channelWordings(compiled, channel, defaultLanguage).of(readers);
  if (!wording) {
    const message = 'There is no text for this channel yet. Write one to see how it looks.';
    throw new DomainError('invalid', 'communications.no-wording', message);
  }
  const rendered = compileWording(wording);
  const worded = { ...wedding, locale: wording.language };
  const recipient = {
    ...(found?.recipient ?? sampleRecipient),
    rsvpLink: `${settings.publicUrl}/r/preview`,
  };
  const email = assembleEmail(
    {
      kind,
      wording: rendered,
      wedding: worded,
      language: wording.language,
      feedbackId: null,
      senderAddress,
      fromAddress: addressOf(settings.mailFrom),
      replyTo,
    },
    {
      id: newUuid(),
      address: found?.address ?? '',
      recipient,
      unsubscribeUrl: `${settings.publicUrl}/u/preview`,
    },
  );
  const isEmail = channel === 'email';
  return {
    guestId: found?.guestId ?? null,
    channel,
    language: wording.language,
    to: isEmail ? (found?.address ?? null) : null,
    from: isEmail ? `${email.from.name} <${email.from.address}>` : email.from.name,
    subject: email.subject,
    html: isEmail ? email.html : '',
    text: isEmail ? email.text : rendered.render(mergeValues(worded, recipient)).body,
  };
}
