import { DeliveryId, newId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';
import { addressOf } from './model/assemble-email.ts';
import { mergeValues } from './model/merge-values.ts';
import { compileEmail } from './model/mime/compile-email.ts';
import { outboundEmail } from './model/mime/render-email.ts';
import { sampleRecipient } from './model/sample-recipient.ts';
import type { CommunicationsSettings, OutboundEmail } from './ports.ts';
import type { WeddingFrame } from './queries/wedding-frame.ts';
import type { ChannelWordings } from './queries/wordings.ts';
import type { MessageRow } from './rows.ts';

/** What stands behind a message, as loaded for a look at it. */
export interface SampleParts {
  message: MessageRow;
  frame: WeddingFrame;
  wordings: ChannelWordings;
}

export interface SampleEmail {
  email: OutboundEmail;
  unsubscribeUrl: string;
  fromAddress: string;
}

/** A made-up guest's copy of a message, as it would leave; undefined without a text for the channel. */
export function sampleEmail(
  ctx: Pick<ServiceContext, 'clock'>,
  { message, frame, wordings }: SampleParts,
  settings: Pick<CommunicationsSettings, 'publicUrl' | 'mailFrom'>,
): SampleEmail | undefined {
  const wording = wordings.of(null);
  if (!wording) return undefined;
  const { publicUrl, mailFrom } = settings;
  const wedding = { ...frame.wedding, locale: wording.language };
  const fromAddress = addressOf(mailFrom);
  const unsubscribeUrl = `${publicUrl}/u/sample_______________`;
  const compiled = compileEmail(
    {
      kind: message.kind,
      wedding,
      language: wording.language,
      senderAddress: frame.senderAddress,
      fromAddress,
      replyTo: message.replyTo ?? frame.replyTo,
      feedbackId: null,
    },
    wording,
  );
  const id = newId(DeliveryId);
  const email = outboundEmail(
    compiled,
    {
      id,
      to: { name: 'Amélie Laurent', address: 'amelie@example.com' },
      unsubscribeUrl,
      date: ctx.clock.now(),
      fields: mergeValues(wedding, { ...sampleRecipient, rsvpLink: `${publicUrl}/r/sample` }),
    },
    { id, envelopeFrom: fromAddress },
  );
  return { email, unsubscribeUrl, fromAddress };
}
