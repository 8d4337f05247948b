import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { SmtpTarget } from './options.ts';
import { ProtocolError, type Reply, ReplyReader } from './replies.ts';

/** Hears what happens on a wire; replaced as the conversation goes on. */
export interface WireListener {
  onReply(reply: Reply): void;
  /** What was expected did not come in time. */
  onDeadline(): void;
  /** The connection is of no more use; called once. `code` is ours, e.g. `ETIMEDOUT`. */
  onLost(code: string): void;
}

const tickMsMax = 1_000;
const tickMsMin = 10;

const codeOf = (error: Error) =>
  error instanceof ProtocolError
    ? 'EPROTOCOL'
    : ((error as NodeJS.ErrnoException).code ?? 'ESOCKET');

/**
 * One connection: bytes out, replies in, and a deadline. Replies to what was not yet asked are an
 * error here, because every later answer would be taken for that of another command.
 */
export class Wire {
  #socket: Socket;
  readonly #reader = new ReplyReader();
  readonly #ticker: NodeJS.Timeout;
  #listener: WireListener;
  #deadline: number;
  #isLost = false;
  /** A write happened while a packet was being read. */
  #hasWritten = false;

  constructor(target: SmtpTarget, listener: WireListener) {
    const { host, port, isImplicitTls, timeouts } = target;
    this.#listener = listener;
    this.#socket = isImplicitTls
      ? connectTls({ ...tlsOptions(target), host, port })
      : connectTcp({ host, port, noDelay: true });
    this.#deadline = performance.now() + timeouts.connectMs;
    const shortest = Math.min(...Object.values(timeouts)) / 4;
    this.#ticker = setInterval(
      () => {
        if (performance.now() > this.#deadline) this.#listener.onDeadline();
      },
      Math.min(tickMsMax, Math.max(tickMsMin, shortest)),
    );
    this.#attach(isImplicitTls ? 'secureConnect' : 'connect', timeouts.greetingMs);
  }

  set listener(listener: WireListener) {
    this.#listener = listener;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  get isEncrypted(): boolean {
    return 'encrypted' in this.#socket;
  }

  get isLoopback(): boolean {
    return /^(127\.|::1$|::ffff:127\.)/.test(this.#socket.remoteAddress ?? '');
  }

  /** Whether everything written has been taken by the system. */
  get isFlushed(): boolean {
    return this.#socket.writableLength === 0;
  }

  /** The next reply must come within this time. */
  expectWithin(ms: number): void {
    this.#deadline = performance.now() + ms;
  }

  /** Brings the deadline forward. */
  expectSooner(ms: number): void {
    this.#deadline = Math.min(this.#deadline, performance.now() + ms);
  }

  /** Returns false where the system did not take all of it at once; `onDrain` follows then. */
  write(data: Buffer | string, onDrain?: () => void): boolean {
    this.#hasWritten = true;
    const isTaken = this.#socket.write(data as string, 'latin1');
    if (!isTaken && onDrain) this.#socket.once('drain', onDrain);
    return isTaken;
  }

  /** Goes on encrypted, on the same connection (RFC 3207). */
  startTls(target: SmtpTarget): Promise<void> {
    return new Promise((resolve) => {
      const plain = this.#socket;
      // Whoever sits in between could have put words here, to be taken for the server's own.
      if (this.#reader.isWithin) return this.fail('EPROTOCOL');
      for (const event of ['data', 'error', 'end', 'close']) plain.removeAllListeners(event);
      this.#socket = connectTls({ ...tlsOptions(target), socket: plain });
      this.#attach('secureConnect', target.timeouts.commandMs, resolve);
      plain.on('error', () => undefined);
    });
  }

  /** Says goodbye without waiting for the answer. */
  quit(): void {
    if (this.#isLost) return;
    this.#socket.end('QUIT\r\n');
    this.#retire();
  }

  /** Ends the connection at once and tells the listener. */
  fail(code: string): void {
    if (this.#isLost) return;
    this.#retire();
    this.#socket.destroy();
    this.#listener.onLost(code);
  }

  #retire(): void {
    this.#isLost = true;
    clearInterval(this.#ticker);
    // A server that never closes its half must not keep ours.
    const socket = this.#socket;
    const end = setTimeout(() => socket.destroy(), 2_000);
    end.unref();
    socket.once('close', () => clearTimeout(end));
    socket.resume();
  }

  #attach(ready: 'connect' | 'secureConnect', greetingMs: number, onReady?: () => void): void {
    const socket = this.#socket;
    socket.setNoDelay(true);
    socket.once(ready, () => {
      this.expectWithin(greetingMs);
      onReady?.();
    });
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('error', (error: Error) => this.fail(codeOf(error)));
    socket.on('end', () => this.fail('ECONNRESET'));
    socket.on('close', () => this.fail('ECONNRESET'));
  }

  #read(bytes: Buffer): void {
    if (this.#isLost) return;
    this.#hasWritten = false;
    try {
      this.#reader.push(bytes.toString('latin1'), this.#onReply);
      if (this.#hasWritten && this.#reader.isWithin) {
        throw new ProtocolError('answered before it was asked');
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.fail('EPROTOCOL');
    }
  }

  readonly #onReply = (reply: Reply, hasMore: boolean): void => {
    if (this.#isLost) return;
    this.#listener.onReply(reply);
    if (this.#hasWritten && hasMore) throw new ProtocolError('answered before it was asked');
  };
}

function tlsOptions({ host, ca, port }: SmtpTarget) {
  return {
    host,
    port,
    // SNI takes names only (RFC 6066 §3).
    ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
    minVersion: 'TLSv1.2' as const,
    ...(ca ? { ca: [...rootCertificates, ca] } : {}),
  };
}
