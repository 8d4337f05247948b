import type { DeliveryId } from '@wedsync/contracts/ids';
import type { DkimSigner } from './model/dkim.ts';

export interface Mailbox {
  name: string;
  address: string;
}

/** An e-mail ready to be composed; no field but `html` and `text` may hold a line break. */
export interface OutgoingEmail {
  from: Mailbox;
  to: Mailbox;
  replyTo: string | null;
  /** Without angle brackets. The same for every attempt of a delivery. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** Null for mail that nobody can unsubscribe from. */
  unsubscribeUrl: string | null;
}

/**
 * What became of one attempt.
 * - `accepted`: the server has taken responsibility; `providerRef` is its own name for the e-mail.
 * - `deferred`: a temporary refusal (4xx) of this e-mail; later may work.
 * - `rejected`: a refusal of this e-mail for good (5xx).
 * - `unreachable`: nothing of the e-mail was taken, for a reason that is not this recipient's: no
 *   connection, a closing or throttling server (421, 454), refused credentials, a refused sender.
 * - `unknown`: handed over, but the answer never came.
 * - `withheld`: nothing left, because `starting` said no or the sending was stopped.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerRef?: string }
  | { kind: 'deferred' | 'rejected'; code: string }
  | { kind: 'unreachable' | 'unknown'; code: string }
  | { kind: 'withheld' };

/** An e-mail as it goes over the wire, with its envelope. */
export interface OutboundEmail {
  id: DeliveryId;
  envelopeFrom: string;
  /** Domain in its ASCII form (RFC 5890). */
  envelopeTo: string;
  /** RFC 5322 with CRLF line ends, not dot-stuffed; ASCII unless `needsSmtpUtf8`. */
  content: Buffer;
  /** The recipient's local part is not ASCII, so headers and envelope are UTF-8 (RFC 6531). */
  needsSmtpUtf8: boolean;
}

/**
 * Where a transport gets its work. All three are called synchronously and must not throw for what
 * one e-mail is; whatever `next` gave out is settled exactly once.
 */
export interface EmailSource {
  /**
   * The next e-mail, or undefined when nothing is left, the lease is stale or the message was
   * paused. A connection asks only when it can send at once. After undefined it is not asked again.
   */
  next(): OutboundEmail | undefined;
  /**
   * Called before the first byte of the content leaves: writes the journal record. Returns false if
   * it may not leave any more.
   */
  starting(id: DeliveryId): boolean;
  settled(id: DeliveryId, outcome: SendOutcome): void;
}

/** The way out. Never rejects for what the other side does: every end is an outcome. */
export interface MailTransport {
  readonly name: string;
  /** E-mails of this process that may be under way, and so in doubt after a crash, at once. */
  readonly connectionsMax: number;
  /**
   * Sends what `source` gives until it gives nothing or `signal` aborts, and resolves when all of it
   * is settled. Sources that send at the same time take turns on the connections, so a single e-mail
   * does not wait for a mailing. Where no connection can be had, one e-mail is taken and settled as
   * `unreachable`, so that the source hears of it and can stop.
   */
  send(source: EmailSource, signal: AbortSignal): Promise<void>;
  /** Ends idle connections and refuses further work; what is under way is settled first. */
  close(): Promise<void>;
}

/** The last word a journal has on a delivery. */
export type JournalMark = 'started' | 'accepted' | 'refused';

export interface JournalReading {
  marks: ReadonlyMap<DeliveryId, JournalMark>;
  /**
   * Every record that was made is among them. False after the machine itself was lost, which may have
   * taken the newest with it: what is missing then proves nothing.
   */
  isComplete: boolean;
}

/** The records of one claimed batch. */
export interface JournalBatch {
  start(id: DeliveryId): void;
  finish(id: DeliveryId, mark: 'accepted' | 'refused'): void;
  /** The ledger has every result of the batch; its records are no longer needed. */
  end(): void;
}

/**
 * What this process is about to send and has sent, kept where it outlives the process. Writing is
 * synchronous: when `start` returns, a SIGKILL cannot take the record back. A power cut can, and then
 * the reading says so.
 */
export interface SendJournal {
  /** Names this process in the rows that it claims. */
  readonly owner: string;
  begin(epoch: number): JournalBatch;
  /** What another (or this) process wrote of a batch; undefined where its journals are not here. */
  read(owner: string, epoch: number): Promise<JournalReading | undefined>;
  close(): void;
}

/** What the room must know of the installation. */
export interface CommunicationsSettings {
  /** Origin of the public pages, without a slash at the end. */
  publicUrl: string;
  /** Derives RSVP and unsubscribe links and the keys of address hashes. */
  linkSecret: string;
  /** Sender of every e-mail, as `Name <address>` or an address; its domain is ours to sign for. */
  mailFrom: string;
  /** Where bounces come back to; without one they go to the sender's address. */
  bounceDomain?: string | undefined;
  /** Mail to `bounceDomain` arrives at this installation: answers are taken and passed on. */
  takesReplies?: boolean | undefined;
  /** Number that texts leave from where a planner company has none of its own. */
  smsFrom?: string | undefined;
  /** Texts go to the simulator, so nobody receives one. */
  isSmsSimulated?: boolean | undefined;
  /** The server's own way out for texts that planners send themselves to try a wording. */
  testTexts?: SmsTransport | undefined;
}

/** What the jobs of this room need besides. */
export interface CommunicationsDeps extends CommunicationsSettings {
  transport: MailTransport;
  /** Signs our mail; absent where the relay does it, or nobody. */
  signer?: DkimSigner | undefined;
  /** Absent where no provider of text messages is set up. */
  sms?: SmsTransport | undefined;
  journal: SendJournal;
  /** How long a batch may be worked on; shorter in tests. */
  leaseMs?: number;
  /** How long one job may send before another one goes on; shorter in tests. */
  budgetMs?: number;
}

/** A text message ready to leave; both numbers as E.164, `from` also a name where carriers allow. */
export interface OutboundText {
  /** The provider's idempotency key. */
  id: string;
  /** Names the delivery in the provider's reports, signed; empty where no report is wanted. */
  reference: string;
  from: string;
  to: string;
  text: string;
}
export type OutboundSms = OutboundText & { id: DeliveryId };

/** Where a transport takes text messages from; the same contract as for e-mails. */
export interface SmsSource {
  /** The next text, or undefined when nothing is left or may leave now. */
  next(): OutboundSms | undefined;
  /** Called before the first byte leaves. Returns false if the text may not leave any more. */
  starting(id: DeliveryId): boolean;
  settled(id: DeliveryId, outcome: SendOutcome): void;
}

/** The way out for text messages. Never throws for what the other side does. */
export interface SmsTransport {
  readonly name: string;
  readonly connectionsMax: number;
  /**
   * The provider knows a text by its delivery id and refuses to send it twice. Then an attempt
   * without an answer may simply be made again, and nothing is ever in doubt.
   */
  readonly isIdempotent: boolean;
  /** Resolves when the source has nothing more and everything handed over is settled. */
  send(source: SmsSource, signal: AbortSignal): Promise<void>;
  /** One text that is not of the ledger: an answer to somebody who wrote, or a test. */
  sendOne(text: OutboundText, signal: AbortSignal): Promise<SendOutcome>;
  close(): Promise<void>;
}
