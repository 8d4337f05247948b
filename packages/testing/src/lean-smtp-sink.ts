import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** A reply line, or closing the connection instead of answering. */
export type LeanReply = string | 'drop';

export interface LeanRules {
  /** On RCPT TO; undefined accepts. */
  recipient?: (address: string) => LeanReply | undefined;
  /** After the whole e-mail was received; undefined accepts. */
  data?: (messageId: string) => LeanReply | undefined;
  /** How long the answer to an e-mail takes. */
  delayMs?: (messageId: string) => number;
}

/** An SMTP server on loopback that keeps of each e-mail its Message-ID and moment, and nothing else. */
export interface LeanSmtpSink {
  url: string;
  /** How often each e-mail arrived whole, whatever was answered, by its Message-ID left of the `@`. */
  arrived: Map<string, number>;
  /** `performance.now()` of each arrival. */
  times: number[];
  rules: LeanRules;
  connections(): number;
  stop(): Promise<void>;
}

const messageIdLine = /^message-id:[ \t]*<([^>@\r\n]+)/im;
const terminator = '\r\n.\r\n';

/** One connection: commands line by line, contents until the lone dot. */
function serve(socket: Socket, sink: LeanSmtpSink): void {
  let buffered = '';
  let inData = false;
  let refusal: string | undefined;
  // Answers keep their order, also where one of them takes its time.
  let answered = Promise.resolve();
  const answer = (line: LeanReply, delayMs = 0) => {
    const write = () => {
      if (line === 'drop') socket.destroy();
      else if (!socket.destroyed) socket.write(`${line}\r\n`);
    };
    if (delayMs === 0) answered = answered.then(write);
    else {
      answered = answered
        .then(() => new Promise<void>((resolve) => setTimeout(resolve, delayMs)))
        .then(write);
    }
  };
  const command = (line: string) => {
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'EHLO')
      return answer('250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8');
    if (word === 'RCPT') {
      const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
      refusal = sink.rules.recipient?.(address);
      return answer(refusal ?? '250 2.1.5 ok');
    }
    if (word === 'DATA') {
      if (refusal !== undefined) return answer('503 5.5.1 no recipient');
      inData = true;
      return answer('354 go on');
    }
    if (word === 'QUIT') {
      answer('221 2.0.0 bye');
      answered.then(() => socket.end());
      return;
    }
    answer('250 2.0.0 ok');
  };
  const content = (text: string) => {
    const [, id = ''] = messageIdLine.exec(text) ?? [];
    sink.arrived.set(id, (sink.arrived.get(id) ?? 0) + 1);
    sink.times.push(performance.now());
    answer(sink.rules.data?.(id) ?? '250 2.0.0 taken', sink.rules.delayMs?.(id) ?? 0);
  };
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    buffered += chunk;
    for (;;) {
      const end = inData ? buffered.indexOf(terminator) : buffered.indexOf('\r\n');
      if (end < 0) return;
      const piece = buffered.slice(0, end);
      buffered = buffered.slice(end + (inData ? terminator.length : 2));
      if (inData) {
        inData = false;
        content(piece);
      } else {
        command(piece);
      }
    }
  });
  socket.write('220 sink ESMTP\r\n');
}

/**
 * Starts the sink. It answers pipelined commands, does as its rules say, and is fast enough not to be
 * what limits a sender.
 */
export async function startLeanSmtpSink(rules: LeanRules = {}): Promise<LeanSmtpSink> {
  const sockets = new Set<Socket>();
  // Small answers must not wait for the acknowledgement of the ones before them.
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, sink);
  });
  const sink: LeanSmtpSink = {
    url: '',
    arrived: new Map(),
    times: [],
    rules,
    connections: () => sockets.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return sink;
}
