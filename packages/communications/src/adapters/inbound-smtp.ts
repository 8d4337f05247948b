import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Logger } from '@wedsync/platform/log';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { ArrivedReply, ReplyFate } from '../forward-reply.ts';
import { type InboundMail, readAndClassify } from '../model/inbound/classify-mail.ts';
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
  /** Passes a person's answer on; absent where answers are only noted. Rejects as `record` does. */
  forward?: ((reply: ArrivedReply) => Promise<ReplyFate>) | undefined;
  /** Offers STARTTLS (RFC 3207) with these, in PEM. */
  tls?: InboundTls | undefined;
  /** Told of every mail that was not used, and why. */
  refused(
    reason: 'unknown_address' | 'too_large' | 'unreadable' | 'not_a_complaint' | 'not_passed_on',
  ): void;
  log: Logger;
}

export interface InboundTls {
  key: string;
  cert: string;
}

export interface InboundSmtp {
  port: number;
  /** Takes a renewed certificate for the connections from now on. */
  renew(tls: InboundTls): void;
  close(): Promise<void>;
}

/** A report is some kilobytes; an answer may bring a photo along. */
const mailBytesMax = 10 * 1_048_576;
/** Of all mails under way together: what is beyond it is asked to come again. */
const heldBytesMax = 32 * 1_048_576;
const connectionsMax = 100;
const recipientsMax = 20;
const silenceMs = 60_000;

const reply = (responseCode: number, text: string) =>
  Object.assign(new Error(text), { responseCode });

/**
 * Reads mails as far as there is room and swallows the rest, so that each sender gets an answer to
 * all of it. Only an answer is needed whole: a report has said everything by then.
 */
function createReader() {
  let heldBytes = 0;
  return async <T>(stream: Readable, use: (raw: Buffer, isWhole: boolean) => Promise<T>) => {
    const chunks: Buffer[] = [];
    let mine = 0;
    let isWhole = true;
    try {
      for await (const chunk of stream) {
        isWhole &&= heldBytes + chunk.length <= heldBytesMax || mine < readBytesMax;
        if (!isWhole) continue;
        chunks.push(chunk);
        mine += chunk.length;
        heldBytes += chunk.length;
      }
      return await use(Buffer.concat(chunks), isWhole);
    } finally {
      heldBytes -= mine;
    }
  };
}

/** The sender repeats a mail whose answer it did not hear; the bytes are the same then. */
const nameOf = (raw: Buffer) =>
  createHash('sha256').update(raw.subarray(0, readBytesMax)).digest('base64url');

function reportOf(
  target: VerpTarget,
  mail: InboundMail,
  { dedupe, fate }: { dedupe: string; fate: ReplyFate | undefined },
): DeliveryReport | undefined {
  if (mail.kind === 'ignored') return undefined;
  const code = fate === 'forwarded' || fate === 'known' ? { code: 'forwarded' } : {};
  return { ...target, source: 'mail', at: new Date().toISOString(), dedupe, ...mail, ...code };
}

/** Answers that cannot be passed on go back to their writer: nobody must wait for us in vain. */
function refusalOf(fate: ReplyFate): Error | undefined {
  if (fate === 'later') return reply(451, '4.3.0 Cannot be passed on right now, please try again');
  if (fate === 'too_many') return reply(452, '4.7.1 Too many answers to one message within a day');
  if (fate === 'refused' || fate === 'no_mailbox') {
    return reply(550, '5.1.1 Nobody takes answers to this message; see the addresses in it');
  }
  return undefined;
}

/**
 * Takes what mail systems and people send to return paths and addresses for answers. A recipient is
 * admitted by its signature alone; 250 is answered only once the report is recorded and an answer
 * passed on, and 451 while that cannot be, so that the sender keeps it and tries again.
 */
export async function startInboundSmtp(options: InboundSmtpOptions): Promise<InboundSmtp> {
  const { domain, key, log, refused } = options;
  const targets = new WeakMap<SMTPServerSession, VerpTarget[]>();

  const read = createReader();
  const later = (err: unknown): never => {
    log.warn({ event: 'communications.inbound_not_recorded', err }, 'asked to try again');
    throw reply(451, '4.3.0 Cannot be recorded right now, please try again');
  };

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { mailFrom } = session.envelope;
    const sender = mailFrom ? mailFrom.address : '';
    await read(stream, async (raw, isWhole) => {
      if (stream.sizeExceeded) {
        refused('too_large');
        throw reply(552, '5.3.4 This is larger than any answer needs to be');
      }
      const { what, mail } = await readAndClassify(raw, sender);
      const dedupe = nameOf(raw);
      if (what.kind === 'ignored' && what.reason !== 'relayed') refused(what.reason);
      const reports: DeliveryReport[] = [];
      let refusal: Error | undefined;
      for (const target of targets.get(session) ?? []) {
        let fate: ReplyFate | undefined;
        if (what.kind === 'replied' && mail && options.forward) {
          if (!isWhole) throw reply(452, '4.3.1 No room right now, please try again');
          fate = await options
            .forward({ target, mail, raw, mailFrom: sender, dedupe })
            .catch(later);
          refusal ??= refusalOf(fate);
          if (refusal) refused('not_passed_on');
          // Nothing is noted of what comes again, and nothing of what only goes round.
          if (fate === 'later' || fate === 'too_many' || fate === 'looped') continue;
        }
        const report = reportOf(target, what, { dedupe, fate });
        if (report) reports.push(report);
      }
      await options.record(reports).catch(later);
      if (refusal) throw refusal;
    });
  }

  const server = new SMTPServer({
    banner: 'reports only',
    authOptional: true,
    disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...options.tls,
    minVersion: 'TLSv1.2',
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
    renew: (tls) => server.updateSecureContext({ ...tls, minVersion: 'TLSv1.2' }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
