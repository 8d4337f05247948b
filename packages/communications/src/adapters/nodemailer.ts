import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { DkimSigner } from '../model/dkim.ts';
import { classifyFailure, type SmtpStage } from '../model/smtp-outcome.ts';
import type { EmailSource, MailTransport, OutboundEmail, SendOutcome } from '../ports.ts';
import { ActiveSource, type Job } from './active-source.ts';

export interface NodemailerOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; `?requireTls=true` refuses plain text. */
  url: string;
  connectionsMax?: number;
  /** Silence after which a connection counts as lost. */
  socketTimeoutMs?: number;
  dkim?: DkimSigner | undefined;
}

/** A relay may close a session after some number of e-mails; we are earlier. */
const emailsPerConnectionMax = 200;
const idleMs = 5_000;
const connectTimeoutMs = 10_000;

interface Session {
  connection: SMTPConnection;
  emails: number;
  /** Set once the connection is of no more use. */
  ended: boolean;
  idle?: NodeJS.Timeout;
}

interface Failure extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

const done = (run: (callback: (error?: Error | null) => void) => void) =>
  new Promise<void>((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });

async function open(options: NodemailerOptions): Promise<Session> {
  const { protocol, hostname, port, username, password, searchParams } = new URL(options.url);
  const secure = protocol === 'smtps:';
  // The fall-back: whoever does not use it does not carry it.
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  const connection = new Connection({
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: searchParams.get('requireTls') === 'true',
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: options.socketTimeoutMs ?? 30_000,
  });
  const session: Session = { connection, emails: 0, ended: false };
  connection.once('end', () => {
    session.ended = true;
  });
  await new Promise<void>((resolve, reject) => {
    // Stays for the life of the connection: an error event that nobody hears ends the process.
    connection.on('error', reject);
    connection.connect((error?: Error | null) => (error ? reject(error) : resolve()));
  });
  if (username) {
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    await done((callback) => connection.login({ credentials }, callback)).catch((error) => {
      connection.close();
      throw error;
    });
  }
  return session;
}

function end(session: Session): void {
  clearTimeout(session.idle);
  session.ended = true;
  session.connection.close();
}

/** A body whose start tells whether the server was given any of it. */
function bodyOf(content: Buffer): Readable {
  return new Readable({
    read() {
      this.push(content);
      this.push(null);
    },
  });
}

const stages: Readonly<Record<string, SmtpStage>> = {
  'MAIL FROM': 'mail',
  'RCPT TO': 'rcpt',
  DATA: 'content',
};

function signed(content: Buffer, dkim: DkimSigner | undefined): Promise<Buffer> {
  if (!dkim) return Promise.resolve(content);
  return new Promise((resolve) => {
    dkim.signSoon(content, (header) => {
      resolve(Buffer.concat([Buffer.from(header, 'latin1'), content]));
    });
  });
}

async function sendOver(
  session: Session,
  email: OutboundEmail,
  content: Buffer,
): Promise<SendOutcome> {
  const body = bodyOf(content);
  const envelope = {
    from: email.envelopeFrom,
    to: [email.envelopeTo],
    size: content.length,
    use8BitMime: email.needsSmtpUtf8,
  };
  session.emails++;
  try {
    await done((callback) => session.connection.send(envelope, body, callback));
    return { kind: 'accepted' };
  } catch (error) {
    const { code, responseCode, response, command } = error as Failure;
    const stage = stages[command ?? ''];
    const handedOver = body.readableDidRead;
    const outcome = classifyFailure({ code, responseCode, response, handedOver, stage });
    if (responseCode === undefined || responseCode === 421) end(session);
    // A refused envelope leaves the transaction open; the next one would be "nested MAIL".
    else await done((callback) => session.connection.reset(callback)).catch(() => end(session));
    return outcome;
  }
}

/** Lets `max` pieces of work run at once, the others in the order in which they came. */
function createGate(max: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place passes to whoever waits longest, or is given back.
      if (next) next();
      else running--;
    }
  };
}

/** Connections that are kept open between e-mails. */
class Sessions {
  readonly #options: NodemailerOptions;
  readonly #idle: Session[] = [];

  constructor(options: NodemailerOptions) {
    this.#options = options;
  }

  /** One that is open, or a new one. Rejects as nodemailer does where there can be none. */
  async take(isFresh = false): Promise<Session> {
    for (let session = this.#idle.pop(); session && !isFresh; session = this.#idle.pop()) {
      clearTimeout(session.idle);
      if (!session.ended) return session;
    }
    return open(this.#options);
  }

  keep(session: Session): void {
    if (session.ended || session.emails >= emailsPerConnectionMax) {
      end(session);
      return;
    }
    this.#idle.push(session);
    session.idle = setTimeout(() => {
      const index = this.#idle.indexOf(session);
      if (index !== -1) this.#idle.splice(index, 1);
      end(session);
    }, idleMs);
    session.idle.unref();
  }

  close(): void {
    for (const session of this.#idle.splice(0)) {
      clearTimeout(session.idle);
      session.connection.quit();
      session.ended = true;
    }
  }
}

/**
 * SMTP through nodemailer's connection: the fall-back for a server that our own client does not get
 * along with. Nodemailer's pool is not used: it sends again on its own account and does not say
 * whether an e-mail had left, which is the one thing a ledger must know.
 */
class NodemailerTransport implements MailTransport {
  readonly name = 'nodemailer';
  readonly connectionsMax: number;
  readonly #sessions: Sessions;
  readonly #dkim: DkimSigner | undefined;
  readonly #gate: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #active = new Map<ActiveSource, Promise<void>>();
  #isClosed = false;

  constructor(options: NodemailerOptions) {
    this.connectionsMax = options.connectionsMax ?? 10;
    this.#sessions = new Sessions(options);
    this.#dkim = options.dkim;
    this.#gate = createGate(this.connectionsMax);
  }

  async send(source: EmailSource, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isClosed) return;
    const ended = Promise.withResolvers<void>();
    const active = new ActiveSource(source, (error) => {
      if (error) ended.reject(error);
      else ended.resolve();
    });
    const stop = () => active.stop();
    signal.addEventListener('abort', stop, { once: true });
    this.#active.set(active, ended.promise);
    const lanes: Promise<void>[] = [];
    // A lane is added when the one before it found an e-mail: few e-mails need few connections.
    const addLane = () => {
      if (lanes.length < this.connectionsMax) lanes.push(this.#lane(active, addLane));
    };
    addLane();
    try {
      await ended.promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#active.delete(active);
      await Promise.allSettled(lanes);
    }
  }

  async #lane(active: ActiveSource, onFound: () => void): Promise<void> {
    for (let isFirst = true; !active.isExhausted; isFirst = false) {
      await this.#gate(() => this.#sendNext(active, isFirst ? onFound : () => undefined));
    }
  }

  async #sendNext(active: ActiveSource, onFound: () => void): Promise<void> {
    if (active.isExhausted) return;
    let session: Session;
    try {
      session = await this.#sessions.take();
    } catch (error) {
      // Whatever the server said to the connection, it said nothing about this recipient.
      const { responseCode, code } = error as Failure;
      const shown = String(responseCode ?? code ?? 'unknown');
      active.next()?.settle({ kind: 'unreachable', code: shown });
      return;
    }
    const job = active.next();
    if (!job) {
      this.#sessions.keep(session);
      return;
    }
    onFound();
    job.settle(await this.#deliver(job, session));
  }

  async #deliver(job: Job, session: Session): Promise<SendOutcome> {
    const content = await signed(job.email.content, this.#dkim);
    if (!job.starting()) {
      this.#sessions.keep(session);
      return { kind: 'withheld' };
    }
    const isReused = session.emails > 0;
    const outcome = await sendOver(session, job.email, content);
    this.#sessions.keep(session);
    // The server may have closed a connection that was idle; nothing was handed over.
    if (outcome.kind !== 'unreachable' || !isReused) return outcome;
    try {
      const fresh = await this.#sessions.take(true);
      const second = await sendOver(fresh, job.email, content);
      this.#sessions.keep(fresh);
      return second;
    } catch {
      return outcome;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const active of [...this.#active.keys()]) active.stop();
    await Promise.allSettled(this.#active.values());
    this.#sessions.close();
  }
}

/** SMTP through nodemailer, one command at a time. */
export function createNodemailerTransport(options: NodemailerOptions): MailTransport {
  return new NodemailerTransport(options);
}
