import type { CertificateFiles } from '@wedsync/platform/embedded/inbound-certificate';
import type { MailCatcher } from '@wedsync/platform/embedded/mail-catcher';
import type { SmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import { childEnv, type DatabaseRole, type EnvKey } from '@wedsync/platform/env';
import { databaseRoles, passwordKeyOf, rolesOf } from '@wedsync/platform/env-schema';
import type { Database } from './embedded-parts.ts';

export interface Ports {
  web: number;
  admin: number;
  worker: number;
  /** Where the worker takes what comes back. */
  inbound: number;
}

export interface VariableParts {
  given: ReadonlySet<EnvKey>;
  database: Database;
  mail: MailCatcher | undefined;
  sms: SmsSimulator | undefined;
  dkimKeyFile: string;
  /** With which the worker offers STARTTLS to who brings something back. */
  inboundTls: CertificateFiles;
  ports: Ports;
  /** Where people open web and admin, when that is not the server itself. */
  origins?: { web: string; admin: string };
}

/** No name of the internet: what leaves this machine by mistake leads nobody back to it. */
export const bounceDomain = 'bounce.wedsync.localhost';

/**
 * The environment of a child. It gets the passwords of its own roles and no others, and never the
 * administrator's login; what the person set by hand wins over what we make up.
 */
export function variablesFor(process: 'server' | 'worker', parts: VariableParts) {
  const { given, database, mail, sms, dkimKeyFile, inboundTls, ports, origins } = parts;
  const { secrets } = database;
  const made: Partial<Record<EnvKey, string>> = {
    WEDSYNC_MODE: given.has('DATABASE_URL') ? 'external' : 'embedded',
    AUTH_SECRET: secrets.AUTH_SECRET,
    LINK_SECRET: secrets.LINK_SECRET,
    MASTER_KEY: secrets.MASTER_KEY,
    DEMO_ACCOUNTS: 'true',
    DKIM_PRIVATE_KEY_FILE: dkimKeyFile,
    BOUNCE_DOMAIN: bounceDomain,
    INBOUND_SMTP_PORT: String(ports.inbound),
    // The two belong together: a certificate of one's own comes with its key.
    ...(given.has('INBOUND_SMTP_TLS_CERT_FILE') || given.has('INBOUND_SMTP_TLS_KEY_FILE')
      ? {}
      : {
          INBOUND_SMTP_TLS_CERT_FILE: inboundTls.certFile,
          INBOUND_SMTP_TLS_KEY_FILE: inboundTls.keyFile,
        }),
    PUBLIC_WEB_URL: origins?.web ?? `http://localhost:${ports.web}`,
    PUBLIC_ADMIN_URL: origins?.admin ?? `http://localhost:${ports.admin}`,
    ...(mail ? mailVariables(mail, secrets.MAIL_CATCHER_TOKEN) : {}),
    ...(sms ? smsVariables(sms, secrets) : {}),
  };
  const chosen = Object.entries(made).filter(([key]) => !given.has(key as EnvKey));
  return childEnv({
    ...Object.fromEntries(chosen),
    DATABASE_URL: database.url,
    DATABASE_ADMIN_URL: undefined,
    ...passwordVariables(process, database.passwords),
    WEB_PORT: String(ports.web),
    ADMIN_PORT: String(ports.admin),
    WORKER_PORT: String(ports.worker),
  });
}

function mailVariables(mail: MailCatcher, token: string) {
  return {
    SMTP_URL: mail.smtpUrl,
    MAIL_CATCHER_SMTP_PORT: String(mail.smtpPort),
    MAIL_CATCHER_URL: mail.url,
    MAIL_CATCHER_TOKEN: token,
  };
}

/** Reserved for stories (555-01xx): a text that gets out by mistake reaches nobody. */
const simulatedNumber = '+12025550100';

function smsVariables(sms: SmsSimulator, secrets: Database['secrets']) {
  return {
    SMS_URL: sms.providerUrl,
    SMS_TOKEN: secrets.SMS_SIMULATOR_TOKEN,
    SMS_FROM: simulatedNumber,
    SMS_IDEMPOTENT: 'true',
    SMS_SIMULATOR_URL: sms.url,
    SMS_SIMULATOR_TOKEN: secrets.SMS_SIMULATOR_TOKEN,
    WEBHOOK_SECRET_SMS: secrets.WEBHOOK_SECRET_SMS,
  };
}

function passwordVariables(
  process: 'server' | 'worker',
  passwords: Database['passwords'],
): Record<string, string | undefined> {
  const mine = new Set<DatabaseRole>(rolesOf[process]);
  return Object.fromEntries(
    databaseRoles.map((role) => [
      passwordKeyOf(role),
      mine.has(role) ? passwords[role] : undefined,
    ]),
  );
}
