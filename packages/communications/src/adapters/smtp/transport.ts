import type { EmailSource, MailTransport } from '../../ports.ts';
import { ActiveSource, type Job, Turns } from '../active-source.ts';
import { Connection, type ConnectionOptions, type ConnectionOwner } from './connection.ts';
import { HandshakeError, openSession } from './handshake.ts';
import { type SmtpTarget, type SmtpTransportOptions, targetOf } from './options.ts';

const connectionsMaxDefault = 10;
/** Servers close after some number of e-mails; where one does so earlier nothing is lost. */
const emailsPerConnectionMax = 1_000;
/** Lost connections that an e-mail survives without its source hearing of it. */
const lossesMax = 2;
const backOffMs = { first: 100, max: 10_000 } as const;
/** For how long a server that refused one more connection is not asked for more. */
const limitForMs = 60_000;

/** Keeps the connections, and gives them what the sources have. */
class SmtpTransport implements MailTransport, ConnectionOwner {
  readonly name = 'smtp';
  readonly connectionsMax: number;
  readonly #target: SmtpTarget;
  readonly #connectionOptions: ConnectionOptions;
  readonly #log: SmtpTransportOptions['log'];
  readonly #turns = new Turns();
  readonly #connections = new Set<Connection>();
  readonly #idle = new Set<Connection>();
  /** Taken from a source, and not begun on any connection that still lives. */
  readonly #waiting: Job[] = [];
  #opening = 0;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #limit = { connections: Number.POSITIVE_INFINITY, until: 0 };
  readonly #closing = new AbortController();
  #onEmpty: (() => void) | undefined;

  constructor(options: SmtpTransportOptions) {
    this.connectionsMax = options.connectionsMax ?? connectionsMaxDefault;
    this.#target = targetOf(options);
    this.#log = options.log;
    this.#connectionOptions = {
      timeouts: this.#target.timeouts,
      emailsMax: options.emailsPerConnectionMax ?? emailsPerConnectionMax,
      notify: options.notify,
      dkim: options.dkim,
    };
  }

  send(source: EmailSource, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isClosed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = () => this.#stop(active);
      const active = new ActiveSource(source, (error) => {
        signal.removeEventListener('abort', stop);
        this.#turns.remove(active);
        if (error) reject(error);
        else resolve();
      });
      this.#turns.add(active);
      signal.addEventListener('abort', stop, { once: true });
      this.#pump();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#retry);
    for (const source of this.#turns.all) source.stop();
    for (const job of this.#waiting.splice(0)) job.settle({ kind: 'withheld' });
    for (const connection of [...this.#connections]) connection.stop();
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  next(): Job | undefined {
    const job = this.#waiting.shift() ?? this.#turns.next();
    // Another connection pays once those that are there have two e-mails each.
    if (job && this.#turns.given >= 2 * (this.#connections.size + this.#opening)) this.#openMore();
    return job;
  }

  giveBack(job: Job, code: string): void {
    if (this.#isClosed || job.isStopped) {
      job.settle({ kind: 'withheld' });
      return;
    }
    job.losses++;
    if (job.losses > lossesMax) job.settle({ kind: 'unreachable', code });
    else this.#waiting.push(job);
  }

  onIdle(connection: Connection): void {
    this.#idle.add(connection);
  }

  onEnd(connection: Connection, code: string | undefined): void {
    this.#idle.delete(connection);
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#onEmpty?.();
    // A server that hangs up on every first e-mail is as good as one that does not answer.
    if (connection.isProven) this.#failures = 0;
    if (code !== undefined && !connection.isProven) this.#onFailure(code, false);
    else this.#pump();
  }

  /** Ends what a source has under way, without the others noticing more than lost connections. */
  #stop(source: ActiveSource): void {
    source.stop();
    for (const job of this.#waiting.splice(0)) {
      if (job.isStopped) job.settle({ kind: 'withheld' });
      else this.#waiting.push(job);
    }
    for (const connection of [...this.#connections]) connection.onSourceStopped();
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#turns.hasMore;
  }

  /** Gives idle connections work, and sees that there is one at all. */
  #pump(): void {
    for (const connection of [...this.#idle]) {
      if (!this.#hasWork()) return;
      this.#idle.delete(connection);
      connection.begin();
    }
    if (this.#hasWork() && this.#connections.size + this.#opening === 0) this.#openMore();
  }

  #openMore(): void {
    if (this.#isClosed || this.#retry) return;
    const isLimited = performance.now() < this.#limit.until;
    const max = isLimited ? this.#limit.connections : this.connectionsMax;
    if (this.#connections.size + this.#opening >= max) return;
    this.#opening++;
    openSession(this.#target, this.#closing.signal).then(
      (session) => {
        this.#opening--;
        if (session.wire.isLost) {
          this.#onFailure('ECONNRESET', false);
          return;
        }
        const connection = new Connection(session, this.#connectionOptions, this);
        this.#connections.add(connection);
        if (this.#isClosed) connection.stop();
        else connection.begin();
      },
      (error: unknown) => {
        this.#opening--;
        // Anything else is a setting that TLS does not take: as good as no server.
        if (error instanceof HandshakeError) this.#onFailure(error.code, error.isTemporary);
        else this.#onFailure(error instanceof Error ? error.name : 'ESETTINGS', false);
      },
    );
  }

  #onFailure(code: string, isTemporary: boolean): void {
    if (this.#connections.size > 0) {
      // It has others of ours: those are as many as it wants.
      const until = performance.now() + limitForMs;
      if (isTemporary) this.#limit = { connections: this.#connections.size, until };
      this.#pump();
      return;
    }
    if (this.#opening > 0 || this.#isClosed) return;
    this.#failures++;
    const delayMs = Math.min(backOffMs.first * 2 ** (this.#failures - 1), backOffMs.max);
    this.#log?.warn(
      { event: 'communications.relay_unreachable', code, failures: this.#failures, delayMs },
      'the mail server cannot be used',
    );
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#pump();
    }, delayMs);
    this.#tell(code);
  }

  /** Every source hears of the failure by one of its e-mails, and may have none after that. */
  #tell(code: string): void {
    for (const job of this.#waiting.splice(0)) job.settle({ kind: 'unreachable', code });
    for (const source of this.#turns.all) source.next()?.settle({ kind: 'unreachable', code });
  }
}

/**
 * SMTP by our own client: one round trip for an e-mail where the server offers PIPELINING, in the
 * order that servers without it want otherwise.
 */
export function createSmtpTransport(options: SmtpTransportOptions): MailTransport {
  return new SmtpTransport(options);
}
