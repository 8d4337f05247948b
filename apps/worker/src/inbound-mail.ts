import { takeInboundMail } from '@wedsync/communications/jobs';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceDb } from '@wedsync/db/client';
import type { Env } from '@wedsync/platform/env';
import type { Logger } from '@wedsync/platform/log';
import type { Wake } from '@wedsync/queue/wake';

export interface InboundMailParts {
  serviceDb: ServiceDb;
  wake: Wake;
  log: Logger;
}

const portTaken = (port: number) =>
  new DomainError(
    'precondition',
    'worker.inbound-port-taken',
    `Port ${port} is in use by another program. Stop it, or set INBOUND_SMTP_PORT to a free port.`,
  );

/**
 * Listens for bounces and complaints where both a port and a domain for them are set.
 * @throws DomainError `precondition` with the remedy when the port is taken
 */
export async function startInboundMail(
  env: Env,
  { serviceDb, wake, log }: InboundMailParts,
): Promise<{ close(): Promise<void> }> {
  const { BOUNCE_DOMAIN: domain, INBOUND_SMTP_PORT: port, HOST: host } = env;
  if (!domain || port === undefined) return { close: async () => {} };
  const { LINK_SECRET: linkSecret } = env;
  const inbound = await takeInboundMail({
    host,
    port,
    domain,
    linkSecret,
    serviceDb,
    wake,
    log,
  }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'EADDRINUSE' ? portTaken(port) : error;
  });
  log.info({ event: 'worker.inbound_mail', port: inbound.port, domain }, 'taking what comes back');
  return inbound;
}
