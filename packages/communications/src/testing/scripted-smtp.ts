import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

/** A command as the server sees it; `DOT` is the end of a content. */
export interface SmtpCommand {
  verb: string;
  line: string;
  /** 0 for the first connection. */
  session: number;
  /** How many commands of this verb there were before, on all connections. */
  before: number;
}

/** Text to answer with (`\n` between lines), `drop` to hang up, `silence` to say nothing. */
export type SmtpAnswer = string | { drop: string } | 'drop' | 'silence';

export interface SmtpScript {
  greeting?: SmtpAnswer;
  /** Keywords after EHLO. */
  offers?: readonly string[];
  /** Undefined for what a well-behaved server says. */
  answer?: (command: SmtpCommand) => SmtpAnswer | undefined;
  /** Bytes of the next packet; without it replies leave whole. */
  packet?: () => number;
  /** Refuses to be spoken to before it answered, as a server without PIPELINING may. */
  isStrict?: boolean;
  /** Encrypted from the start. */
  tls?: { key: string; cert: string };
}

export interface StoredEmail {
  from: string;
  to: string;
  /** As it was before dots were doubled. */
  data: string;
}

/** A server that does exactly what a test says, and remembers everything. */
export interface ScriptedSmtp {
  url: string;
  port: number;
  stored: StoredEmail[];
  /** Lines of each connection as they came, contents left out. */
  lines: string[][];
  /** What came in one packet, contents and all. */
  packets: string[];
  violations: string[];
  close(): Promise<void>;
}

const defaultOffers = ['PIPELINING', 'SIZE 10485760', '8BITMIME', 'SMTPUTF8', 'DSN'];

class Session {
  readonly #socket: Socket;
  readonly #script: SmtpScript;
  readonly #server: ScriptedSmtp;
  readonly #count: (verb: string) => number;
  readonly #index: number;
  #input = '';
  #isData = false;
  #mail = { from: '', to: [] as string[] };
  #out: Promise<unknown> = Promise.resolve();

  constructor(socket: Socket, script: SmtpScript, place: SessionPlace) {
    this.#socket = socket;
    this.#script = script;
    this.#server = place.server;
    this.#count = place.count;
    this.#index = place.server.lines.push([]) - 1;
    socket.on('data', (bytes) => this.#read(bytes.toString('latin1')));
    socket.on('error', () => socket.destroy());
    this.#say(script.greeting ?? '220 scripted ESMTP');
  }

  #read(text: string): void {
    this.#server.packets.push(text);
    this.#input += text;
    for (;;) {
      const end = this.#isData ? this.#input.indexOf('\r\n.\r\n') : this.#input.indexOf('\r\n');
      // A lone dot is the end as well: the line end before it is that of DATA.
      if (this.#isData && this.#input.startsWith('.\r\n')) this.#finish('', 3);
      else if (end === -1 || this.#socket.destroyed) return;
      else if (this.#isData) this.#finish(this.#input.slice(0, end + 2), end + 5);
      else this.#command(this.#input.slice(0, end), end + 2);
    }
  }

  #finish(data: string, length: number): void {
    this.#input = this.#input.slice(length);
    this.#isData = false;
    const { from, to } = this.#mail;
    this.#mail = { from: '', to: [] };
    const answer = this.#ask(
      'DOT',
      '.',
      to.length > 0 ? '250 2.0.0 Ok: queued as SCRIPTED' : '554 5.5.1 no valid recipients',
    );
    const isStored =
      answer === 'drop' ||
      answer === 'silence' ||
      (typeof answer === 'string' && answer.startsWith('2'));
    if (isStored) {
      const unstuffed = data.replace(/^\./gm, '');
      for (const address of to) this.#server.stored.push({ from, to: address, data: unstuffed });
    }
    this.#say(answer);
  }

  #command(line: string, length: number): void {
    this.#input = this.#input.slice(length);
    if (this.#script.isStrict && this.#input !== '') {
      this.#server.violations.push(`${line} was followed by ${JSON.stringify(this.#input)}`);
    }
    this.#server.lines[this.#index]?.push(line);
    const verb = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? '';
    const answer = this.#ask(verb, line, this.#wellBehaved(verb));
    const isFine = typeof answer === 'string' && /^[23]/.test(answer);
    const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
    if (isFine && verb === 'MAIL') this.#mail = { from: address, to: [] };
    if (isFine && verb === 'RCPT')
      this.#mail.to.push(Buffer.from(address, 'latin1').toString('utf8'));
    if (verb === 'RSET') this.#mail = { from: '', to: [] };
    if (verb === 'DATA' && typeof answer === 'string' && answer.startsWith('354'))
      this.#isData = true;
    this.#say(answer);
    if (verb === 'QUIT') this.#socket.end();
  }

  #wellBehaved(verb: string): string {
    if (verb === 'EHLO')
      return [
        '250-scripted',
        ...(this.#script.offers ?? defaultOffers).map((offer) => `250-${offer}`),
        '250 ENHANCEDSTATUSCODES',
      ].join('\n');
    if (verb === 'DATA') return this.#mail.to.length > 0 ? '354 go on' : '503 5.5.1 no recipients';
    if (verb === 'QUIT') return '221 2.0.0 bye';
    return '250 2.1.0 Ok';
  }

  #ask(verb: string, line: string, standard: string): SmtpAnswer {
    const before = this.#count(verb);
    return this.#script.answer?.({ verb, line, session: this.#index, before }) ?? standard;
  }

  #say(answer: SmtpAnswer): void {
    if (answer === 'silence') return;
    const text = typeof answer === 'string' ? (answer === 'drop' ? '' : answer) : answer.drop;
    const isLast = answer === 'drop' || typeof answer !== 'string';
    const bytes = text === '' ? '' : `${text.replaceAll('\n', '\r\n')}\r\n`;
    this.#out = this.#out
      .then(() => this.#write(bytes))
      .then(() => {
        if (isLast) this.#socket.destroy();
      });
    // Later commands of the same packet must not be carried out by a server that hangs up.
    if (isLast) this.#socket.pause().removeAllListeners('data');
  }

  async #write(bytes: string): Promise<void> {
    const { packet } = this.#script;
    for (let at = 0; at < bytes.length && !this.#socket.destroyed; ) {
      const length = packet ? Math.max(1, packet()) : bytes.length;
      this.#socket.write(bytes.slice(at, at + length), 'latin1');
      at += length;
      // Lets the bytes leave by themselves.
      if (packet) await setTimeout(0);
    }
  }
}

interface SessionPlace {
  server: ScriptedSmtp;
  count(verb: string): number;
}

export async function startScriptedSmtp(script: SmtpScript = {}): Promise<ScriptedSmtp> {
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const count = (verb: string) => {
    const before = counts.get(verb) ?? 0;
    counts.set(verb, before + 1);
    return before;
  };
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    new Session(socket, script, { server, count });
  };
  const tcp: Server = script.tls ? createTlsServer(script.tls, onSocket) : createServer(onSocket);
  await once(tcp.listen(0, '127.0.0.1'), 'listening');
  const { port } = tcp.address() as AddressInfo;
  const server: ScriptedSmtp = {
    url: `${script.tls ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    stored: [],
    lines: [],
    packets: [],
    violations: [],
    async close() {
      for (const socket of sockets) socket.destroy();
      tcp.close();
      await once(tcp, 'close');
    },
  };
  return server;
}
