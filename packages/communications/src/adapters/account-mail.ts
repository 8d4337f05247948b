import { DeliveryId, newId } from '@wedsync/contracts/ids';
import type { MailTransport, OutboundEmail, SendOutcome } from '../ports.ts';
import { sendOneEmail } from '../send-one-email.ts';

const timeoutMs = 60_000;

/** A mail that belongs to no message, such as a sign-in link. No field but the last two has line ends. */
export interface PlainMail {
  from: { name: string; address: string };
  to: { name: string; address: string };
  /** Without angle brackets. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
}

/** Composes single mails and hands them to `transport`, in turn with whatever else it sends. */
export function createAccountMail(transport: MailTransport) {
  return {
    async compose(mail: PlainMail): Promise<OutboundEmail> {
      const { from, to, subject, text, html } = mail;
      // Only here, because a worker that sends mailings need not carry it.
      const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
      const composer = new MailComposer({
        from,
        to,
        subject,
        messageId: `<${mail.messageId}>`,
        text,
        html,
        textEncoding: 'quoted-printable',
        newline: '\r\n',
        disableFileAccess: true,
        disableUrlAccess: true,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'OOF, AutoReply',
        },
      });
      const content = await composer.compile().build();
      return {
        id: newId(DeliveryId),
        envelopeFrom: from.address,
        envelopeTo: to.address,
        content,
        needsSmtpUtf8: /[^ -~]/.test(to.address),
      };
    },
    /** Nobody stops a single mail, so what was withheld was not reached in time. */
    async send(email: OutboundEmail): Promise<Exclude<SendOutcome, { kind: 'withheld' }>> {
      const outcome = await sendOneEmail(transport, email, AbortSignal.timeout(timeoutMs));
      return outcome.kind === 'withheld' ? { kind: 'unreachable', code: 'ETIMEDOUT' } : outcome;
    },
  };
}
