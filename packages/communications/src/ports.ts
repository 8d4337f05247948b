import type { DeliveryId } from '@wedsync/contracts/ids';

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

/** An e-mail as it goes over the wire, with its envelope. */
export interface ComposedEmail {
  envelopeFrom: string;
  envelopeTo: string;
  raw: Buffer;
}

/**
 * What became of one attempt.
 * - `accepted`: the server has taken responsibility.
 * - `deferred`: a temporary refusal (4xx); later may work.
 * - `rejected`: a refusal for good (5xx).
 * - `unreachable`: nothing of the e-mail was handed over; not the recipient's fault.
 * - `unknown`: handed over, but the answer never came.
 */
export type SendOutcome =
  | { kind: 'accepted' }
  | { kind: 'deferred' | 'rejected'; code: string }
  | { kind: 'unreachable' | 'unknown'; code: string };

/** The way out. Never throws for what the other side does: every end is an outcome. */
export interface MailTransport {
  /** E-mails that may be under way at once in this process. */
  readonly connectionsMax: number;
  /** Runs `work` once one of the connections is free for it; call `send` inside. */
  withConnection<T>(work: () => Promise<T>): Promise<T>;
  compose(email: OutgoingEmail): Promise<ComposedEmail>;
  send(email: ComposedEmail): Promise<SendOutcome>;
  /** Ends idle connections and refuses further work. */
  close(): Promise<void>;
}

/** The last word a journal has on a delivery under one epoch. */
export type JournalMark = 'started' | 'accepted' | 'refused';

export type JournalReading = ReadonlyMap<DeliveryId, { epoch: number; mark: JournalMark }>;

/** The records of one claimed batch. */
export interface JournalBatch {
  start(id: DeliveryId): void;
  finish(id: DeliveryId, mark: 'accepted' | 'refused'): void;
  /** The ledger has every result of the batch; its records are no longer needed. */
  end(): void;
}

/**
 * What this process is about to send and has sent, kept where it outlives the process. Writing is
 * synchronous: when `start` returns, a SIGKILL cannot take the record back.
 */
export interface SendJournal {
  /** Names this process in the rows that it claims. */
  readonly owner: string;
  begin(epoch: number): JournalBatch;
  /** What another (or this) process wrote; undefined where its journal is not here. */
  read(owner: string): Promise<JournalReading | undefined>;
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
}

/** What the jobs of this room need besides. */
export interface CommunicationsDeps extends CommunicationsSettings {
  transport: MailTransport;
  journal: SendJournal;
  /** How long a batch may be worked on; shorter in tests. */
  leaseMs?: number;
}

/** A text message ready to leave; both numbers as E.164, `from` also a name where carriers allow. */
export interface OutboundSms {
  id: DeliveryId;
  from: string;
  to: string;
  text: string;
}

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
  close(): Promise<void>;
}
