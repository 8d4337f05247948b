import { classifyReply } from '../../model/smtp-outcome.ts';
import { type Capabilities, noCapabilities, readCapabilities } from './capabilities.ts';
import type { SmtpTarget } from './options.ts';
import type { Reply } from './replies.ts';
import { Wire } from './wire.ts';

/** A connection could not be made ready; `code` says why, without any secret. */
export class HandshakeError extends Error {
  readonly code: string;
  /** The server itself refused by a temporary code: it may just have enough connections. */
  readonly isTemporary: boolean;

  constructor(code: string, isTemporary = false) {
    super(`The mail server cannot be used: ${code}.`);
    this.name = 'HandshakeError';
    this.code = code;
    this.isTemporary = isTemporary;
  }
}

/** A connection that is ready to send. */
export interface Session {
  wire: Wire;
  capabilities: Capabilities;
}

function refused(reply: Reply): HandshakeError {
  const { code } = classifyReply('session', reply);
  return new HandshakeError(code, reply.code >= 400 && reply.code < 500);
}

/** Asks and waits: the way of speaking before the first e-mail. */
class Dialogue {
  readonly wire: Wire;
  readonly #timeoutMs: number;
  #resolve: ((reply: Reply) => void) | undefined;
  #reject: ((error: HandshakeError) => void) | undefined;
  #failure: HandshakeError | undefined;

  constructor(target: SmtpTarget) {
    this.#timeoutMs = target.timeouts.commandMs;
    this.wire = new Wire(target, {
      onReply: (reply) => {
        const resolve = this.#resolve;
        this.#resolve = undefined;
        if (resolve) resolve(reply);
        else this.wire.fail('EPROTOCOL');
      },
      onDeadline: () => this.wire.fail('ETIMEDOUT'),
      onLost: (code) => {
        this.#failure = new HandshakeError(code);
        this.#reject?.(this.#failure);
      },
    });
  }

  hear(): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  ask(command: string): Promise<Reply> {
    const answer = this.hear();
    this.wire.expectWithin(this.#timeoutMs);
    if (!this.#failure) this.wire.write(`${command}\r\n`);
    return answer;
  }

  /** Goes on encrypted; rejects where the certificate is not one for this host. */
  encrypt(target: SmtpTarget): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#reject = reject;
      this.wire.startTls(target).then(resolve, reject);
    });
  }
}

async function greet(talk: Dialogue, name: string): Promise<Capabilities> {
  const hello = await talk.ask(`EHLO ${name}`);
  if (hello.code === 250) return readCapabilities(hello.text);
  if (hello.code === 421) throw refused(hello);
  // RFC 5321 §3.2: a server that knows no EHLO still has to know HELO.
  const plain = await talk.ask(`HELO ${name}`);
  if (plain.code !== 250) throw refused(plain);
  return noCapabilities;
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

async function logIn(talk: Dialogue, target: SmtpTarget, offered: Capabilities): Promise<void> {
  const { credentials, insecureAuth } = target;
  if (!credentials) return;
  if (!talk.wire.isEncrypted && !talk.wire.isLoopback && !insecureAuth) {
    throw new HandshakeError('EINSECUREAUTH');
  }
  const { user, password } = credentials;
  let reply: Reply;
  if (offered.auth.has('PLAIN')) {
    reply = await talk.ask(`AUTH PLAIN ${base64(`\0${user}\0${password}`)}`);
  } else if (offered.auth.has('LOGIN')) {
    reply = await talk.ask('AUTH LOGIN');
    if (reply.code === 334) reply = await talk.ask(base64(user));
    if (reply.code === 334) reply = await talk.ask(base64(password));
  } else {
    throw new HandshakeError('ENOAUTH');
  }
  if (reply.code !== 235) throw refused(reply);
}

async function negotiate(talk: Dialogue, target: SmtpTarget): Promise<Capabilities> {
  const greeting = await talk.hear();
  if (greeting.code !== 220) throw refused(greeting);
  let offered = await greet(talk, target.clientName);
  if (!talk.wire.isEncrypted && offered.startTls) {
    const reply = await talk.ask('STARTTLS');
    if (reply.code !== 220) throw refused(reply);
    await talk.encrypt(target);
    // What was offered in clear text may have been written by anybody (RFC 3207 §4.2).
    offered = await greet(talk, target.clientName);
  }
  if (target.requireTls && !talk.wire.isEncrypted) throw new HandshakeError('ENOTLS');
  await logIn(talk, target, offered);
  return offered;
}

/**
 * Connects, greets, encrypts and signs in, unless `signal` aborts first.
 * @throws HandshakeError
 */
export async function openSession(target: SmtpTarget, signal: AbortSignal): Promise<Session> {
  const talk = new Dialogue(target);
  const giveUp = () => talk.wire.fail('ESTOPPED');
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return { wire: talk.wire, capabilities: await negotiate(talk, target) };
  } catch (error) {
    talk.wire.quit();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
