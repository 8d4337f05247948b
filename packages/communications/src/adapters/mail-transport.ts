import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { DomainError } from '@wedsync/contracts/errors';
import type { Logger } from '@wedsync/platform/log';
import { addressOf } from '../model/assemble-email.ts';
import { createDkimSigner, DkimKeyError, type DkimSigner } from '../model/dkim.ts';
import type { MailTransport } from '../ports.ts';
import { createNodemailerTransport } from './nodemailer.ts';
import { createSmtpTransport } from './smtp/transport.ts';

export interface DkimSettings {
  keyFile: string;
  selector: string;
  /** Undefined: the domain of the sender, with which the signature has to agree anyway. */
  domain: string | undefined;
  /** `Name <address>` or an address. */
  mailFrom: string;
}

export interface MailTransportSettings {
  kind: 'smtp' | 'nodemailer';
  smtpUrl: string;
  connectionsMax?: number | undefined;
  dkim: DkimSettings | undefined;
  /** Origin of the public pages; its host is what we call ourselves. */
  publicUrl: string;
  /** Whether reports on deliveries come back to us, so that asking for them makes sense. */
  hasReturnPath: boolean;
  log: Logger;
}

const domainOf = (mailFrom: string) => {
  const address = addressOf(mailFrom);
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1));
};

/**
 * The signer of this installation's mail.
 * @throws DomainError `precondition` `communications.dkim-key` where the key cannot be used
 */
export function openDkimSigner({ keyFile, selector, domain, mailFrom }: DkimSettings): DkimSigner {
  try {
    const privateKey = readFileSync(keyFile, 'utf8');
    return createDkimSigner({ domain: domain ?? domainOf(mailFrom), selector, privateKey });
  } catch (error) {
    const why = error instanceof DkimKeyError ? error.message : 'The file cannot be read.';
    throw new DomainError(
      'precondition',
      'communications.dkim-key',
      `DKIM_PRIVATE_KEY_FILE (${keyFile}): ${why}`,
    );
  }
}

const isPublicName = (host: string) => /\.[a-z][a-z0-9-]*$/i.test(host);

/** The way out that the environment asks for. */
export function openMailTransport(settings: MailTransportSettings): MailTransport {
  const { kind, smtpUrl: url, connectionsMax, dkim, log } = settings;
  const signer = dkim && openDkimSigner(dkim);
  const limits = connectionsMax ? { connectionsMax } : {};
  if (kind === 'nodemailer') return createNodemailerTransport({ url, dkim: signer, ...limits });
  const { hostname } = new URL(settings.publicUrl);
  return createSmtpTransport({
    url,
    dkim: signer,
    clientName: isPublicName(hostname) ? hostname : undefined,
    notify: settings.hasReturnPath ? 'FAILURE,DELAY' : undefined,
    log,
    ...limits,
  });
}
