import { type MessagePreview, PreviewMessage } from '@wedsync/contracts/communications';
import { newUuid } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { addressOf, assembleEmail } from '../model/assemble-email.ts';
import { sampleRecipient } from '../model/sample-recipient.ts';
import { compileWording } from '../model/wording.ts';
import type { CommunicationsSettings } from '../ports.ts';
import { recipientOfGuest } from './recipients.ts';
import { loadWeddingFrame } from './wedding-frame.ts';

/**
 * Wording as one guest would get it. Its links open nothing: a preview is not that guest's key.
 * @throws DomainError `invalid` `communications.wording`
 * @throws DomainError `not-found` for a guest that is not there
 */
export async function previewMessage(
  ctx: ServiceContext,
  input: PreviewMessage,
  settings: Pick<CommunicationsSettings, 'publicUrl' | 'mailFrom'>,
): Promise<MessagePreview> {
  const { guestId, kind, ...wording } = parseInput(PreviewMessage, input);
  requirePermission(ctx, 'communications.read');
  const compiled = compileWording(wording);
  const weddingId = requireWedding(ctx);
  const { frame, found } = await readTx(ctx, async (tx) => ({
    frame: await loadWeddingFrame(tx, weddingId),
    found: await recipientOfGuest(tx, weddingId, guestId),
  }));
  if (guestId && !found) throw notFound('guest');
  const { wedding, senderAddress, replyTo } = frame;
  const email = assembleEmail(
    {
      kind,
      wording: compiled,
      wedding,
      language: wedding.locale,
      feedbackId: null,
      senderAddress,
      fromAddress: addressOf(settings.mailFrom),
      replyTo,
    },
    {
      id: newUuid(),
      address: found?.address ?? '',
      recipient: {
        ...(found?.recipient ?? sampleRecipient),
        rsvpLink: `${settings.publicUrl}/r/preview`,
      },
      unsubscribeUrl: `${settings.publicUrl}/u/preview`,
    },
  );
  return {
    guestId: found?.guestId ?? null,
    to: found?.address ?? null,
    from: `${email.from.name} <${email.from.address}>`,
    subject: email.subject,
    html: email.html,
    text: email.text,
  };
}
