import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** One e-mail that the sink took responsibility for. */
export interface SunkEmail {
  to: string;
  from: string;
  messageId: string;
  raw: string;
}

/** What the sink does with an e-mail; `drop` closes the connection instead of answering. */
export type SinkReply = 'accept' | 'drop' | { code: number; text: string };

export interface SinkRules {
  /** On RCPT TO. */
  recipient?: (address: string) => SinkReply;
  /** After the whole e-mail was received. */
  data?: (email: SunkEmail) => SinkReply | Promise<SinkReply>;
}

export interface SmtpSink {
  url: string;
  /** In the order of acceptance; an e-mail that was refused or dropped is not here. */
  accepted: SunkEmail[];
  /** Everything that arrived whole, whatever was answered: the evidence of duplicates. */
  arrived: SunkEmail[];
  /** May be changed at any time. */
  rules: SinkRules;
  /** Connections opened so far. */
  connections: number;
  stop(): Promise<void>;
}

const refusal = ({ code, text }: { code: number; text: string }) =>
  Object.assign(new Error(text), { responseCode: code });

/** An SMTP server on loopback that keeps count and misbehaves when told to. */
export async function startSmtpSink(rules: SinkRules = {}): Promise<SmtpSink> {
  const sink: SmtpSink = {
    url: '',
    accepted: [],
    arrived: [],
    rules,
    connections: 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onConnect(_session, done) {
      sink.connections++;
      done();
    },
    onRcptTo({ address }, _session, done) {
      const reply = sink.rules.recipient?.(address) ?? 'accept';
      done(typeof reply === 'object' ? refusal(reply) : undefined);
    },
    onData(stream, session, done) {
      const answer = async () => {
        const raw = (await buffer(stream)).toString('utf8');
        const [, messageId = ''] = /^message-id:\s*<([^>]+)>/im.exec(raw) ?? [];
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        const email = { to: rcptTo[0]?.address ?? '', from, messageId, raw };
        sink.arrived.push(email);
        const reply = (await sink.rules.data?.(email)) ?? 'accept';
        if (typeof reply === 'object') throw refusal(reply);
        if (reply === 'drop') {
          for (const connection of server.connections) {
            if (connection.session === session) connection.close();
          }
          return;
        }
        sink.accepted.push(email);
        done();
      };
      answer().catch((error: Error) => done(error));
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return sink;
}
