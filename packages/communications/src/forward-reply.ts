import { DeliveryId, newId } from '@wedsync/contracts/ids';
import type { ServiceDb } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import MailComposer from 'nodemailer/lib/mail-composer';
import { addressOf } from './model/assemble-email.ts';
import { forwardedHeader, loopOf, replyText } from './model/inbound/forwarded-reply.ts';
import type { ReadMail } from './model/inbound/read-mail.ts';
import { AddressError, envelopeAddress } from './model/mime/mail-address.ts';
import type { VerpTarget } from './model/verp.ts';
import { singleLine } from './model/wording.ts';
import type { MailTransport, OutboundEmail, SendOutcome } from './ports.ts';
import { sendOneEmail } from './send-one-email.ts';

export interface ReplyGround {
  /** Logged in as wedsync_worker. */
  serviceDb: ServiceDb;
  transport: MailTransport;
  /** MAIL_FROM */
  mailFrom: string;
  /** BOUNCE_DOMAIN */
  domain: string;
}

/** An answer as it arrived. */
export interface ArrivedReply {
  target: VerpTarget;
  mail: ReadMail;
  /** All of it, as it came. */
  raw: Buffer;
  /** The envelope's sender. */
  mailFrom: string;
  /** Names this very mail; the same again is not passed on twice. */
  dedupe: string;
}

/**
 * What became of an answer.
 * - `forwarded`: the relay has it for the planner's mailbox; `known`: it had it before.
 * - `no_mailbox`, `unknown`, `looped`: there is nobody to pass it on to.
 * - `refused`: the relay will not take it for that mailbox; `too_many`: twenty came within a day.
 * - `later`: the relay cannot be reached; whoever sent the answer must try again.
 */
export type ReplyFate =
  | 'forwarded'
  | 'known'
  | 'no_mailbox'
  | 'unknown'
  | 'looped'
  | 'refused'
  | 'too_many'
  | 'later';

type TargetRow = {
  delivery_id: DeliveryId;
  guest_name: string | null;
  message_title: string;
  wedding_title: string;
  mailbox: string | null;
  is_known: boolean;
  recent: string;
};

const repliesPerDayMax = 20;
const timeoutMs = 45_000;

const fates: Readonly<Record<SendOutcome['kind'], ReplyFate>> = {
  accepted: 'forwarded',
  rejected: 'refused',
  deferred: 'later',
  unreachable: 'later',
  unknown: 'later',
  withheld: 'later',
};

async function compose(
  { mailFrom, domain }: ReplyGround,
  { mail, raw, dedupe }: ArrivedReply,
  row: TargetRow & { mailbox: string },
): Promise<OutboundEmail> {
  const from = addressOf(mailFrom);
  const to = envelopeAddress(row.mailbox);
  const name = singleLine(row.guest_name ?? mail.fromName).slice(0, 120);
  const facts = {
    guestName: row.guest_name,
    messageTitle: row.message_title,
    weddingTitle: row.wedding_title,
    from: mail.from,
  };
  const composer = new MailComposer({
    from: { name: name ? `${name} (answer)` : 'An answer', address: from },
    to: to.address,
    // What the planner answers goes to the guest, not through us again.
    replyTo: envelopeAddress(mail.from).address,
    subject: singleLine(mail.subject) || `Answer to ${row.message_title}`,
    // The same for every attempt: mailboxes show one that came twice once.
    messageId: `<reply-${dedupe}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    text: replyText(mail.text, facts),
    attachments: [
      { filename: 'answer.eml', content: raw, contentType: 'application/octet-stream' },
    ],
    textEncoding: 'quoted-printable',
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      // RFC 3834: with the empty return path below, no machine answers this.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      [forwardedHeader]: domain,
    },
  });
  return {
    id: newId(DeliveryId),
    envelopeFrom: '',
    envelopeTo: to.address,
    content: await composer.compile().build(),
    needsSmtpUtf8: to.needsSmtpUtf8,
  };
}

/**
 * Passes a guest's answer on to the planner's mailbox before it is acknowledged: nothing of it is
 * stored here. Where the process dies in between, the guest's mail system brings it again.
 * @throws DomainError `unavailable` while the database cannot be reached
 */
export async function forwardReply(ground: ReplyGround, reply: ArrivedReply): Promise<ReplyFate> {
  const { target, mail, mailFrom, dedupe } = reply;
  const [row] = await ground.serviceDb.run('feedback.record', (tx) =>
    tx.execute<TargetRow>(sql`
      select * from wedding.find_reply_target(
        ${target.messageId}, ${target.deliveryPrefix}, ${dedupe})`),
  );
  if (!row) return 'unknown';
  if (row.is_known) return 'known';
  const { mailbox } = row;
  if (!mailbox) return 'no_mailbox';
  if (loopOf(mail, { mailFrom, mailbox, domain: ground.domain })) return 'looped';
  if (Number(row.recent) >= repliesPerDayMax) return 'too_many';
  try {
    const email = await compose(ground, reply, { ...row, mailbox });
    const signal = AbortSignal.timeout(timeoutMs);
    return fates[(await sendOneEmail(ground.transport, email, signal)).kind];
  } catch (error) {
    if (error instanceof AddressError) return 'refused';
    throw error;
  }
}
