import type { OutgoingEmail } from '../ports.ts';
import { buttonLabel } from './button-labels.ts';
import { type EmailContent, emailHtml, emailText, withLegalFooter } from './email-layout.ts';
import { coupleNames, type MergeRecipient, mergeValues } from './merge-values.ts';
import type { EmailFrame } from './mime/compile-email.ts';
import { type CompiledWording, singleLine } from './wording.ts';

/** What all e-mails of one message share, with its wording. */
export interface WordedFrame extends EmailFrame {
  wording: CompiledWording;
}

export interface EmailTarget {
  address: string;
  recipient: MergeRecipient;
  /** Left of the `@` of the Message-ID. */
  id: string;
  unsubscribeUrl: string | null;
}

/** `Name <address>` or a bare address: the address. */
export function addressOf(mailFrom: string): string {
  const [, inBrackets] = /<([^<>\s]+)>\s*$/.exec(mailFrom) ?? [];
  return inBrackets ?? mailFrom.trim();
}

/**
 * Words an e-mail for one recipient. Every header value is a single line, whatever names hold.
 * @throws where the template engine meets its limits; only this recipient is concerned
 */
export function assembleEmail(frame: WordedFrame, target: EmailTarget): OutgoingEmail {
  const { wedding } = frame;
  const values = mergeValues(wedding, target.recipient);
  const { subject, body, html } = frame.wording.render(values);
  const content: EmailContent = {
    subject,
    heading: values.couple_names || values.wedding_title,
    body,
    buttonUrl: values.rsvp_link,
    buttonLabel: buttonLabel(frame.kind, frame.language),
    senderAddress: frame.senderAddress,
    unsubscribeUrl: target.unsubscribeUrl,
    language: frame.language,
  };
  const domain = frame.fromAddress.slice(frame.fromAddress.lastIndexOf('@') + 1);
  return {
    from: { name: coupleNames(wedding), address: frame.fromAddress },
    to: { name: values.full_name, address: singleLine(target.address) },
    replyTo: frame.replyTo ? singleLine(frame.replyTo) : null,
    messageId: `${target.id}@${domain}`,
    subject,
    text: emailText(content),
    html: html === null ? emailHtml(content) : withLegalFooter(html, content),
    unsubscribeUrl: target.unsubscribeUrl,
  };
}
