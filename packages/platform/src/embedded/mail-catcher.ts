import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { loopback } from './free-port.ts';
import { closeHttp, listenOnLoopback } from './loopback-server.ts';
import { createMailApi } from './mail-api.ts';
import { type CaughtMail, type MailLimits, type MailStore, openMailStore } from './mail-store.ts';

export type { CaughtMail, MailPage, MailQuery, MailStore } from './mail-store.ts';

export interface MailCatcherOptions {
  /** Where mails are kept between runs. */
  dir: string;
  /** Bearer token of the read API. */
  token: string;
  /** 0 or absent: a free port. */
  smtpPort?: number;
  httpPort?: number;
  limits?: Partial<MailLimits>;
  /** Hears of each mail after it was stored. */
  onMail?: (mail: CaughtMail) => void;
}

export interface MailCatcher {
  readonly smtpPort: number;
  /** As SMTP_URL. */
  readonly smtpUrl: string;
  /** As MAIL_CATCHER_URL. */
  readonly url: string;
  readonly store: MailStore;
  stop(): Promise<void>;
}

const defaultLimits: MailLimits = { messagesMax: 20_000, bytesMax: 512 * 1024 * 1024 };
const mailBytesMax = 25 * 1024 * 1024;

/**
 * An SMTP server on loopback that accepts every mail, delivers none and shows all of them over a
 * small HTTP API. The oldest mails go when the bounds are reached.
 * @throws DomainError unavailable when a given port is taken
 */
export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const store = await openMailStore(options.dir, { ...defaultLimits, ...options.limits });
  const smtp = createSmtpServer(store, options.onMail);
  const api = createMailApi(store, options.token);
  const smtpPort = await listenOnLoopback(smtp.server, options.smtpPort, 'the mail catcher (SMTP)');
  const httpPort = await listenOnLoopback(api, options.httpPort, 'the mail catcher (HTTP)').catch(
    async (error: unknown) => {
      await closeSmtp(smtp);
      throw error;
    },
  );
  return {
    smtpPort,
    smtpUrl: `smtp://${loopback}:${smtpPort}`,
    url: `http://${loopback}:${httpPort}`,
    store,
    async stop() {
      await Promise.all([closeSmtp(smtp), closeHttp(api)]);
    },
  };
}

function createSmtpServer(store: MailStore, onMail: MailCatcherOptions['onMail']): SMTPServer {
  const server = new SMTPServer({
    name: 'catcher.localhost',
    banner: 'WedSync mail catcher: nothing is delivered',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mailBytesMax,
    maxClients: 500,
    closeTimeout: 2_000,
    onData(stream, session, done) {
      receive(store, stream, session).then(
        (mail) => {
          onMail?.(mail);
          done(null);
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that hangs up is no event worth ending the process for.
  server.on('error', () => undefined);
  return server;
}

async function receive(
  store: MailStore,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<CaughtMail> {
  const raw = await buffer(stream);
  if (stream.sizeExceeded) {
    throw Object.assign(new Error(`Mails may have ${mailBytesMax} bytes.`), { responseCode: 552 });
  }
  const { mailFrom, rcptTo } = session.envelope;
  const from = mailFrom ? mailFrom.address : '';
  return store.add(raw, { from, to: rcptTo.map(({ address }) => address) });
}

function closeSmtp(smtp: SMTPServer): Promise<void> {
  return new Promise((resolve) => smtp.close(() => resolve()));
}
