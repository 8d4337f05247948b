import type { DkimSigner } from '../../model/dkim.ts';
import { classifyReply, type Refusal } from '../../model/smtp-outcome.ts';
import type { SendOutcome } from '../../ports.ts';
import type { Job } from '../active-source.ts';
import { dataOf, GroupBuffer } from './content.ts';
import { type Envelope, envelopeOf } from './envelope.ts';
import type { Session } from './handshake.ts';
import type { SmtpTimeouts } from './options.ts';
import type { Reply } from './replies.ts';

/** What a connection asks of the transport. */
export interface ConnectionOwner {
  next(): Job | undefined;
  /** The content of `job` has not left; another connection may take it. */
  giveBack(job: Job, code: string): void;
  onIdle(connection: Connection): void;
  /** `code` is undefined where the connection ended as it should. */
  onEnd(connection: Connection, code: string | undefined): void;
}

export interface ConnectionOptions {
  timeouts: SmtpTimeouts;
  emailsMax: number;
  notify: string | undefined;
  dkim: DkimSigner | undefined;
}

/** What a reply answers. `void` is the dot that ends a DATA from which nobody was to get anything. */
type Asked = 'mail' | 'rcpt' | 'data' | 'dot' | 'void' | 'rset';

/** Postfix, Exim, and services that say nothing but `Ok` and their own name for the e-mail. */
const references = [
  /(?:queued as|\bid[ =]) *<?([A-Za-z0-9][A-Za-z0-9._-]{5,99})\b/i,
  /^(?:\d\.\d\.\d )?Ok:? ([A-Za-z0-9][A-Za-z0-9._-]{15,99})$/i,
] as const;
const isPositive = (code: number) => code >= 200 && code < 300;

function acceptance(text: string): SendOutcome {
  for (const reference of references) {
    const [, providerRef] = reference.exec(text) ?? [];
    if (providerRef) return { kind: 'accepted', providerRef };
  }
  return { kind: 'accepted' };
}

/**
 * Sends e-mails one after the other over one connection. With PIPELINING (RFC 2920) the end of an
 * e-mail and the envelope of the next, up to its DATA, leave in one write, so an e-mail costs one
 * round trip. At most one e-mail has handed its content over without having heard the answer, and
 * nothing is written before every answer to the write before has come.
 */
export class Connection {
  readonly #wire: Session['wire'];
  readonly #offered: Session['capabilities'];
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  readonly #group = new GroupBuffer();
  #asked: readonly Asked[] = [];
  #answered = 0;
  /** Its content has left; its answer has not come. */
  #current: Job | undefined;
  /** Its envelope has left; its content has not. */
  #ahead: Job | undefined;
  #envelope: Envelope | undefined;
  #refusal: Refusal | undefined;
  /** The server holds a recipient of the e-mail ahead. */
  #hasRecipient = false;
  /** Of the e-mail ahead; undefined while it is being made. */
  #signature: string | undefined;
  /** The server waits for the content, which waits for its signature. */
  #isDataOpen = false;
  #count = 0;
  #isStopping = false;
  #endsWell = false;
  #hasRested = false;

  constructor(session: Session, options: ConnectionOptions, owner: ConnectionOwner) {
    this.#wire = session.wire;
    this.#offered = session.capabilities;
    this.#options = options;
    this.#owner = owner;
    this.#wire.listener = {
      onReply: (reply) => this.#onReply(reply),
      onDeadline: () => this.#onDeadline(),
      onLost: (code) => this.#onLost(code),
    };
  }

  /** Whether the server has done more here than to let us in. */
  get isProven(): boolean {
    return this.#count > 0 || this.#hasRested;
  }

  /** Asks for work and begins with it; idle where there is none. */
  begin(): void {
    const commands = this.#takeNext();
    if (commands !== undefined) this.#write('', undefined, commands);
    else if (this.#isStopping || this.#count >= this.#options.emailsMax) this.#end();
    else this.#rest();
  }

  /**
   * Ends as soon as no answer to a content is outstanding; the server has a moment for that one. An
   * envelope that is under way is given up: after DATA only the content or the end can follow.
   */
  stop(): void {
    this.#isStopping = true;
    if (this.#current) this.#wire.expectSooner(this.#options.timeouts.stopMs);
    else this.#end();
  }

  /** What of a stopped source has not left is given up; what has left has a moment for its answer. */
  onSourceStopped(): void {
    if (this.#current?.isStopped) this.#wire.expectSooner(this.#options.timeouts.stopMs);
    if (!this.#ahead?.isStopped || this.#current) return;
    this.#endsWell = true;
    this.#wire.fail('ESTOPPED');
  }

  #end(): void {
    this.#endsWell = true;
    if (this.#ahead) {
      this.#wire.fail('ESTOPPED');
      return;
    }
    this.#wire.quit();
    this.#owner.onEnd(this, undefined);
  }

  #rest(): void {
    this.#hasRested = true;
    this.#asked = [];
    this.#answered = 0;
    this.#wire.expectWithin(this.#options.timeouts.idleMs);
    this.#owner.onIdle(this);
  }

  /**
   * Commands for the next e-mail that this server can be given; those that it cannot be given are
   * refused on the way.
   */
  #takeNext(): string | undefined {
    const { emailsMax, notify } = this.#options;
    while (this.#count < emailsMax && !this.#isStopping) {
      const job = this.#owner.next();
      if (!job) return undefined;
      const envelope = envelopeOf(job.email, this.#offered, notify);
      if ('kind' in envelope) {
        job.settle(envelope);
        continue;
      }
      this.#ahead = job;
      this.#envelope = envelope;
      this.#refusal = undefined;
      this.#hasRecipient = false;
      this.#sign(job);
      const { mail, rcpt } = envelope;
      return this.#offered.pipelining ? `${mail}${rcpt}DATA\r\n` : mail;
    }
    return undefined;
  }

  /** The signature is made while the envelope is under way, on another core where there is one. */
  #sign(job: Job): void {
    const { dkim } = this.#options;
    this.#signature = dkim ? undefined : '';
    dkim?.signSoon(job.email.content, (signature) => {
      if (this.#ahead !== job) return;
      this.#signature = signature;
      if (this.#isDataOpen) this.#start(job, signature);
    });
  }

  /** Writes something to be answered, and the envelope of the next e-mail with it. */
  #write(text: string, asked: Asked | undefined, envelope: string | undefined): void {
    this.#expect(asked, envelope);
    this.#wire.expectWithin(this.#options.timeouts.commandMs);
    this.#wire.write(Buffer.from(text + (envelope ?? ''), 'utf8'));
  }

  #expect(first: Asked | undefined, envelope: string | undefined): void {
    const asked: Asked[] = first ? [first] : [];
    if (envelope !== undefined) {
      asked.push('mail');
      if (this.#offered.pipelining) asked.push('rcpt', 'data');
    }
    this.#asked = asked;
    this.#answered = 0;
  }

  #onReply(reply: Reply): void {
    const asked = this.#asked[this.#answered++];
    if (asked === undefined) {
      this.#wire.fail(reply.code === 421 ? '421' : 'EPROTOCOL');
      return;
    }
    if (reply.code === 421) {
      this.#onClosing(reply);
      return;
    }
    if (asked === 'dot') this.#onAnswer(reply);
    else if (asked === 'mail' || asked === 'rcpt' || asked === 'data') this.#weigh(asked, reply);
    if (this.#answered === this.#asked.length) this.#proceed(asked, reply);
  }

  /** Whether the server still goes along with the e-mail ahead. */
  #weigh(asked: 'mail' | 'rcpt' | 'data', reply: Reply): void {
    const isFine = asked === 'data' ? reply.code === 354 : isPositive(reply.code);
    if (asked === 'rcpt') this.#hasRecipient = isFine;
    if (isFine) return;
    if (reply.code < 400) {
      this.#wire.fail('EPROTOCOL');
      return;
    }
    // What is refused after the first refusal follows from it.
    this.#refusal ??= classifyReply(asked, reply);
  }

  #onAnswer(reply: Reply): void {
    if (!isPositive(reply.code) && reply.code < 400) {
      this.#wire.fail('EPROTOCOL');
      return;
    }
    const job = this.#current;
    this.#current = undefined;
    const isAccepted = isPositive(reply.code);
    job?.settle(isAccepted ? acceptance(reply.text) : classifyReply('content', reply));
    if (this.#isStopping) this.#end();
    else this.#wire.expectWithin(this.#options.timeouts.commandMs);
  }

  /** Everything asked is answered. */
  #proceed(asked: Asked, reply: Reply): void {
    if (this.#wire.isLost) return;
    if (!this.#ahead) {
      this.begin();
      return;
    }
    if (this.#refusal) {
      this.#refuse(this.#refusal, reply.code === 354);
      return;
    }
    if (asked === 'data') {
      this.#isDataOpen = true;
      if (this.#signature !== undefined) this.#start(this.#ahead, this.#signature);
      return;
    }
    const { commandMs, dataMs } = this.#options.timeouts;
    this.#answered = 0;
    this.#asked = asked === 'mail' ? ['rcpt'] : ['data'];
    this.#wire.expectWithin(asked === 'mail' ? commandMs : dataMs);
    const command = asked === 'mail' ? (this.#envelope?.rcpt ?? '') : 'DATA\r\n';
    this.#wire.write(Buffer.from(command, 'utf8'));
  }

  /** The server waits for the content. */
  #start(job: Job, signature: string): void {
    this.#isDataOpen = false;
    this.#ahead = undefined;
    this.#count++;
    // Only a server that pipelines may be told the next envelope before it answered this content.
    const envelope = this.#offered.pipelining ? this.#takeNext() : undefined;
    const { timeouts } = this.#options;
    const data = dataOf(job.email.content);
    if (this.#wire.isLost) {
      this.#owner.giveBack(job, 'ESTOPPED');
      return;
    }
    if (!job.starting()) {
      job.settle({ kind: 'withheld' });
      this.#endsWell = true;
      this.#wire.fail('EWITHHELD');
      return;
    }
    this.#current = job;
    const group = this.#group.compose(
      { signature, data, next: envelope ?? '' },
      this.#wire.isFlushed,
    );
    this.#expect('dot', envelope);
    this.#wire.expectWithin(timeouts.blockMs);
    const isTaken = this.#wire.write(group, () => this.#wire.expectWithin(timeouts.dotMs));
    if (isTaken) this.#wire.expectWithin(timeouts.dotMs);
  }

  /**
   * Ends the transaction of a refused e-mail. A server that says 354 although it takes no recipient
   * must be given a dot, because anything else would be content to it (RFC 2920 §3.1). One that took
   * the recipient but not the sender would deliver that dot: it hears nothing more.
   */
  #refuse(refusal: Refusal, isDataOpen: boolean): void {
    const job = this.#ahead;
    this.#ahead = undefined;
    job?.settle(refusal);
    if (isDataOpen && this.#hasRecipient) {
      this.#wire.fail('EPROTOCOL');
      return;
    }
    const envelope = this.#offered.pipelining ? this.#takeNext() : undefined;
    if (this.#wire.isLost) return;
    if (isDataOpen) this.#write('.\r\n', 'void', envelope);
    else this.#write('RSET\r\n', 'rset', envelope);
  }

  /** The server hangs up: an answer to a content means that it does not take it. */
  #onClosing(reply: Reply): void {
    const refusal = classifyReply('session', reply);
    const job = this.#current;
    this.#current = undefined;
    job?.settle(refusal);
    this.#wire.fail(refusal.code);
  }

  #onDeadline(): void {
    const isResting = !this.#current && !this.#ahead && this.#answered === this.#asked.length;
    if (isResting) this.#end();
    else this.#wire.fail('ETIMEDOUT');
  }

  #onLost(code: string): void {
    const { current, ahead } = { current: this.#current, ahead: this.#ahead };
    this.#current = undefined;
    this.#ahead = undefined;
    current?.settle({ kind: 'unknown', code });
    if (ahead) this.#owner.giveBack(ahead, code);
    this.#owner.onEnd(this, this.#endsWell ? undefined : code);
  }
}
