import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Logger } from '@wedsync/platform/log';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { classifyMail, type InboundMail } from '../model/inbound/classify-mail.ts';
import { readBytesMax } from '../model/inbound/read-mail.ts';
import { readVerp, type VerpTarget } from '../model/verp.ts';
import type { DeliveryReport } from '../record-delivery-events.ts';

export interface InboundSmtpOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Domain of the return paths. */
  domain: string;
  /** From `verpKey`. */
  key: Buffer;
  /** Resolves once the reports are in the database; rejects where they are not. */
  record(reports: readonly DeliveryReport[]): Promise<unknown>;
  /** Told of every mail that was not used, and why. */
  refused(reason: 'unknown_address' | 'too_large' | 'unreadable' | 'not_a_complaint'): void;
  log: Logger;
}

export interface InboundSmtp {
  port: number;
  close(): Promise<void>;
}

const mailBytesMax = 2 * 1_048_576;
const connectionsMax = 100;
const recipientsMax = 20;
const silenceMs = 60_000;

const reply = (responseCode: number, text: string) =>
  Object.assign(new Error(text), { responseCode });

/** Reads the first bytes and swallows the others, so that the sender gets an answer to all of it. */
async function beginningOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (length < readBytesMax) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, readBytesMax);
}

function reportOf(target: VerpTarget, mail: InboundMail, raw: Buffer): DeliveryReport | undefined {
  if (mail.kind === 'ignored') return undefined;
  return {
    ...target,
    source: 'mail',
    at: new Date().toISOString(),
    // The sender repeats a mail whose answer it did not hear; the bytes are the same then.
    dedupe: createHash('sha256').update(raw).digest('base64url'),
    ...mail,
  };
}

/**
 * Takes what mail systems and people send to return paths. A recipient is admitted by its signature
 * alone; 250 is answered only once the report is recorded, and 451 while the database is away, so
 * that the sender keeps it and tries again.
 */
export async function startInboundSmtp(options: InboundSmtpOptions): Promise<InboundSmtp> {
  const { domain, key, log, refused } = options;
  const targets = new WeakMap<SMTPServerSession, VerpTarget[]>();

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const raw = await beginningOf(stream);
    const { mailFrom } = session.envelope;
    if (stream.sizeExceeded) {
      refused('too_large');
      throw reply(552, '5.3.4 This is larger than any report needs to be');
    }
    const mail = await classifyMail(raw, mailFrom ? mailFrom.address : '');
    const known = targets.get(session) ?? [];
    const reports = known.flatMap((target) => reportOf(target, mail, raw) ?? []);
    if (mail.kind === 'ignored' && mail.reason !== 'relayed') refused(mail.reason);
    await options.record(reports).catch((err: unknown) => {
      log.warn({ event: 'communications.inbound_not_recorded', err }, 'asked to try again');
      throw reply(451, '4.3.0 Cannot be recorded right now, please try again');
    });
  }

  const server = new SMTPServer({
    banner: 'reports only',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mailBytesMax,
    maxClients: connectionsMax,
    socketTimeout: silenceMs,
    closeTimeout: 2_000,
    onMailFrom(_address, session, done) {
      targets.set(session, []);
      done();
    },
    onRcptTo({ address }, session, done) {
      const target = readVerp(key, address, domain);
      const known = targets.get(session) ?? [];
      if (!target) {
        refused('unknown_address');
        done(reply(550, '5.1.1 There is no such address'));
      } else if (known.length >= recipientsMax) {
        done(reply(452, '4.5.3 Too many recipients'));
      } else {
        targets.set(session, [...known, target]);
        done();
      }
    },
    onData(stream, session, done) {
      take(stream, session).then(
        () => done(null),
        (error: Error) => done(error),
      );
    },
  });
  // A peer that breaks off is its own affair; without a listener it would end the process.
  server.on('error', (err) => log.debug({ event: 'communications.inbound_connection', err }));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
