import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { classifyFailure } from '../model/smtp-outcome.ts';
import type { ComposedEmail, OutgoingEmail, PushTransport, SendOutcome } from '../ports.ts';

export interface NodemailerOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; `?requireTls=true` refuses plain text. */
  url: string;
  connectionsMax?: number;
  /** Silence after which a connection counts as lost. */
  socketTimeoutMs?: number;
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
  idle?: AbortController;
}

interface Failure extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

function compose(email: OutgoingEmail): Promise<ComposedEmail> {
  const composer = new MailComposer({
    from: email.from,
    to: email.to,
    ...(email.replyTo ? { replyTo: email.replyTo } : {}),
    subject: email.subject,
    messageId: `<${email.messageId}>`,
    text: email.text,
    html: email.html,
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: email.unsubscribeUrl
      ? {
          // RFC 8058: one HTTPS address, and the word that a POST to it needs no further question.
          'List-Unsubscribe': { prepared: true, value: `<${email.unsubscribeUrl}>` },
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {},
  });
  return composer
    .compile()
    .build()
    .then((raw) => ({ envelopeFrom: email.from.address, envelopeTo: email.to.address, raw }));
}

const done = (run: (callback: (error?: Error | null) => void) => void) =>
  new Promise<void>((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });

async function open(options: NodemailerOptions): Promise<Session> {
  const { protocol, hostname, port, username, password, searchParams } = new URL(options.url);
  const secure = protocol === 'smtps:';
  const connection = new SMTPConnection({
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

/** A body whose start tells whether the server was given any of it. */
function bodyOf(raw: Buffer): Readable {
  return new Readable({
    read() {
      this.push(raw);
      this.push(null);
    },
  });
}

const outcomeOf = (error: Failure, handedOver: boolean): SendOutcome =>
  classifyFailure({
    responseCode: error.responseCode,
    response: error.response,
    code: error.code,
    handedOver,
  });

async function sendOver(session: Session, email: ComposedEmail): Promise<SendOutcome> {
  const body = bodyOf(email.raw);
  const envelope = { from: email.envelopeFrom, to: [email.envelopeTo], size: email.raw.length };
  session.emails++;
  try {
    await done((callback) => session.connection.send(envelope, body, callback));
    return { kind: 'accepted' };
  } catch (error) {
    const outcome = outcomeOf(error as Failure, body.readableDidRead);
    if (outcome.kind === 'unreachable' || outcome.kind === 'unknown') session.ended = true;
    // A refused envelope leaves the transaction open; the next one would be "nested MAIL".
    else await done((callback) => session.connection.reset(callback)).catch(() => end(session));
    return outcome;
  }
}

function end(session: Session): void {
  session.ended = true;
  session.connection.close();
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

/**
 * SMTP through nodemailer's composer and connection, over a bounded set of connections that are
 * kept open between e-mails. Nodemailer's own pool is not used: it sends again on its own account
 * and does not say whether an e-mail had left, which is the one thing a ledger must know.
 */
export function createNodemailerTransport(options: NodemailerOptions): PushTransport {
  const connectionsMax = options.connectionsMax ?? 10;
  const idle: Session[] = [];

  function keep(session: Session): void {
    if (session.ended || session.emails >= emailsPerConnectionMax) {
      end(session);
      return;
    }
    const waiting = new AbortController();
    session.idle = waiting;
    idle.push(session);
    setTimeout(idleMs, undefined, { signal: waiting.signal, ref: false }).then(
      () => {
        idle.splice(idle.indexOf(session), 1);
        end(session);
      },
      () => {},
    );
  }

  function take(): Session | undefined {
    for (;;) {
      const session = idle.pop();
      if (!session) return undefined;
      session.idle?.abort();
      if (!session.ended) return session;
    }
  }

  async function sendFresh(email: ComposedEmail): Promise<SendOutcome> {
    let session: Session;
    try {
      session = await open(options);
    } catch (error) {
      // Whatever the server said to the connection, it said nothing about this recipient.
      const { responseCode, code } = error as Failure;
      return { kind: 'unreachable', code: String(responseCode ?? code ?? 'unknown') };
    }
    const outcome = await sendOver(session, email);
    keep(session);
    return outcome;
  }

  return {
    connectionsMax,
    withConnection: createGate(connectionsMax),
    compose,
    async send(email) {
      const session = take();
      if (!session) return sendFresh(email);
      const outcome = await sendOver(session, email);
      keep(session);
      // The server may have closed a connection that was idle; nothing was handed over.
      return outcome.kind === 'unreachable' ? sendFresh(email) : outcome;
    },
    async close() {
      for (let session = take(); session; session = take()) {
        session.connection.quit();
        session.ended = true;
      }
    },
  };
}
