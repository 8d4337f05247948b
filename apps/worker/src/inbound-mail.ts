import { readFile } from 'node:fs/promises';
import { type CommunicationsDeps, takeInboundMail } from '@wedsync/communications/jobs';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceDb } from '@wedsync/db/client';
import type { Env } from '@wedsync/platform/env';
import type { Logger } from '@wedsync/platform/log';
import type { Wake } from '@wedsync/queue/wake';

export interface InboundMailParts {
  serviceDb: ServiceDb;
  wake: Wake;
  /** The way out for what is passed on. */
  deps: Pick<CommunicationsDeps, 'transport' | 'mailFrom'>;
  log: Logger;
}

/** Certificates are renewed every few weeks; an hour later they are in use. */
const renewEveryMs = 3_600_000;

const portTaken = (port: number) =>
  new DomainError(
    'precondition',
    'worker.inbound-port-taken',
    `Port ${port} is in use by another program. Stop it, or set INBOUND_SMTP_PORT to a free port.`,
  );

/** @throws DomainError `precondition` `worker.inbound-tls` where one of the files cannot be read */
async function readTls(env: Env): Promise<{ cert: string; key: string } | undefined> {
  const { INBOUND_SMTP_TLS_CERT_FILE: certFile, INBOUND_SMTP_TLS_KEY_FILE: keyFile } = env;
  if (!certFile && !keyFile) return undefined;
  const read = (name: string, file: string | undefined) =>
    readFile(file ?? '', 'utf8').catch(() => {
      throw new DomainError(
        'precondition',
        'worker.inbound-tls',
        `${name} ${file ? `(${file}) cannot be read` : 'is not set'}. STARTTLS needs a certificate and its key: set both to files that the worker may read, or neither.`,
      );
    });
  return {
    cert: await read('INBOUND_SMTP_TLS_CERT_FILE', certFile),
    key: await read('INBOUND_SMTP_TLS_KEY_FILE', keyFile),
  };
}

/**
 * Listens for bounces, complaints and answers where both a port and a domain for them are set.
 * @throws DomainError `precondition` with the remedy when the port is taken or a certificate is missing
 */
export async function startInboundMail(
  env: Env,
  { serviceDb, wake, deps, log }: InboundMailParts,
): Promise<{ close(): Promise<void> }> {
  const { BOUNCE_DOMAIN: domain, INBOUND_SMTP_PORT: port, HOST: host } = env;
  if (!domain || port === undefined) return { close: async () => {} };
  const { LINK_SECRET: linkSecret } = env;
  const { transport, mailFrom } = deps;
  let tls = await readTls(env);
  const inbound = await takeInboundMail({
    ...{ host, port, domain, linkSecret, serviceDb, wake, transport, mailFrom, tls, log },
  }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'EADDRINUSE' ? portTaken(port) : error;
  });
  log.info(
    { event: 'worker.inbound_mail', port: inbound.port, domain, startTls: tls !== undefined },
    'taking what comes back',
  );
  const renew = async () => {
    const now = await readTls(env);
    if (!now || now.cert === tls?.cert) return;
    inbound.renew(now);
    tls = now;
    log.info({ event: 'worker.inbound_certificate_renewed' }, 'a renewed certificate is in use');
  };
  const timer = setInterval(() => {
    renew().catch((err: unknown) =>
      log.error({ event: 'worker.inbound_certificate', err }, 'keeping the former certificate'),
    );
  }, renewEveryMs).unref();
  return {
    close() {
      clearInterval(timer);
      return inbound.close();
    },
  };
}
