import { DomainError } from '@wedsync/contracts/errors';
import { type MailCatcher, startMailCatcher } from '@wedsync/platform/embedded/mail-catcher';
import { startPostgres } from '@wedsync/platform/embedded/postgres';
import type { PostgresProfile } from '@wedsync/platform/embedded/postgres-settings';
import { type EmbeddedSecrets, embeddedSecrets } from '@wedsync/platform/embedded/secrets';
import { type SmsSimulator, startSmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import {
  type DatabaseRole,
  type Env,
  type EnvKey,
  givenKeys,
  withLogin,
} from '@wedsync/platform/env';
import { databaseRoles, passwordKeyOf, rolesOf } from '@wedsync/platform/env-schema';
import type { Logger } from '@wedsync/platform/log';
import type { Shutdown } from '@wedsync/platform/shutdown';
import type { Terminal } from '../terminal.ts';
import type { Installation } from './installation.ts';

/** What every part of a start is handed. */
export interface StartContext {
  installation: Installation;
  /** The settings this command line was started with, and which of them were really given. */
  env: Env;
  given: ReadonlySet<EnvKey>;
  terminal: Terminal;
  log: Logger;
  shutdown: Shutdown;
  profile: PostgresProfile;
}

/** A database as commands reach it. */
export interface DatabaseAccess {
  /** Without a login. */
  url: string;
  /** A login that may migrate; absent when an outside database came without one. */
  adminUrl: string | undefined;
  /** Passwords of the login roles; an outside database comes with those that were given. */
  passwords: Partial<Record<DatabaseRole, string>>;
  /** What capability links are derived from. */
  linkSecret: string;
  /** Under which the keys in this database are wrapped. */
  masterKey: string;
  previousMasterKey: string | undefined;
}

export interface Database extends DatabaseAccess {
  secrets: EmbeddedSecrets;
  /** Where the data are, for people. */
  place: string;
}

/**
 * A connection string of one role.
 * @throws DomainError precondition when its password was not given
 */
export function loginUrl(
  { url, passwords }: Pick<DatabaseAccess, 'url' | 'passwords'>,
  role: DatabaseRole,
): string {
  const password = passwords[role];
  if (password) return withLogin(url, `wedsync_${role}`, password);
  throw new DomainError(
    'precondition',
    'cli.password_missing',
    `DATABASE_URL names your own PostgreSQL: set ${passwordKeyOf(role)} too, the password of wedsync_${role}.`,
  );
}

/** The database that DATABASE_URL names, with the passwords that came along. */
export function outsideDatabase(env: Env): DatabaseAccess {
  const given = databaseRoles.flatMap((role) => {
    const password = env[passwordKeyOf(role)];
    return password ? [[role, password] as const] : [];
  });
  const { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl, LINK_SECRET: linkSecret } = env;
  const { MASTER_KEY: masterKey, MASTER_KEY_PREVIOUS: previousMasterKey } = env;
  const passwords = Object.fromEntries(given);
  return { url, adminUrl, passwords, linkSecret, masterKey, previousMasterKey };
}

/** This installation's secrets; what the person set by hand wins. */
export function ownSecrets(env: Env, secrets: EmbeddedSecrets) {
  const given = givenKeys();
  return {
    linkSecret: given.has('LINK_SECRET') ? env.LINK_SECRET : secrets.LINK_SECRET,
    masterKey: given.has('MASTER_KEY') ? env.MASTER_KEY : secrets.MASTER_KEY,
    previousMasterKey: env.MASTER_KEY_PREVIOUS,
  };
}

/** Brings up PostgreSQL, or takes the one that DATABASE_URL names. */
export async function openDatabase(context: StartContext): Promise<Database> {
  const { installation, env, given, terminal } = context;
  const secrets = await embeddedSecrets(installation.secretsFile);
  const own = ownSecrets(env, secrets);
  if (given.has('DATABASE_URL')) {
    const database = outsideDatabase(env);
    // Better refused here than by a server that keeps crashing.
    for (const role of [...rolesOf.server, ...rolesOf.worker]) loginUrl(database, role);
    terminal.step('PostgreSQL').done(`yours, at ${new URL(env.DATABASE_URL).host}`);
    return { ...database, ...own, secrets, place: database.url };
  }
  const step = terminal.step('PostgreSQL');
  const starting = startPostgres({
    dir: installation.postgresDir,
    profile: context.profile,
    onNotice: (line) => terminal.warn(line),
  });
  // Registered before it is up: Ctrl-C in the middle of a start must not leave it running.
  context.shutdown.on('postgres', async () => (await starting.catch(() => undefined))?.stop());
  const server = await starting;
  server.onCrash((how) => {
    if (context.shutdown.started) return;
    terminal.warn(`PostgreSQL ended unexpectedly (${how}); its log: ${server.logFile}`);
    context.log.fatal({ event: 'cli.postgres_crashed', how }, 'the database is gone');
    void context.shutdown.run('the database ended', 1);
  });
  const how = { created: 'new', started: 'kept', recovered: 'recovered after a crash', joined: '' };
  step.done(`18 on ${server.host}:${server.port} (${how[server.outcome]})`);
  return {
    url: server.url,
    adminUrl: server.adminUrl,
    passwords: secrets.passwords,
    ...own,
    secrets,
    place: server.dataDir,
  };
}

/** Brings up the mail catcher; undefined when SMTP_URL names a relay. */
export async function openMail(
  context: StartContext,
  token: string,
): Promise<MailCatcher | undefined> {
  const { env, given, terminal } = context;
  if (given.has('SMTP_URL')) {
    terminal.step('Mail').done(`yours, through ${new URL(env.SMTP_URL ?? '').host}`);
    return undefined;
  }
  const step = terminal.step('Mail');
  const catcher = await startMailCatcher({
    dir: context.installation.mailDir,
    token,
    ...(env.MAIL_CATCHER_SMTP_PORT ? { smtpPort: env.MAIL_CATCHER_SMTP_PORT } : {}),
  });
  context.shutdown.on('mail catcher', () => catcher.stop());
  const { messages } = catcher.store.count();
  step.done(`caught on 127.0.0.1:${catcher.smtpPort}, nothing is delivered (${messages} kept)`);
  return catcher;
}

/**
 * Brings up the simulator of text messages; undefined when SMS_URL names a provider.
 * @param webPort where the server will take its reports
 */
export async function openSms(
  context: StartContext,
  secrets: EmbeddedSecrets,
  webPort: number,
): Promise<SmsSimulator | undefined> {
  const { env, given, terminal, installation } = context;
  if (given.has('SMS_URL')) {
    terminal.step('Texts').done(`yours, through ${new URL(env.SMS_URL ?? '').host}`);
    return undefined;
  }
  const step = terminal.step('Texts');
  const simulator = await startSmsSimulator({
    dir: installation.smsDir,
    token: secrets.SMS_SIMULATOR_TOKEN,
    webhook: {
      url: `http://127.0.0.1:${webPort}/webhooks/sms/simulator`,
      secret: given.has('WEBHOOK_SECRET_SMS')
        ? (env.WEBHOOK_SECRET_SMS ?? '')
        : secrets.WEBHOOK_SECRET_SMS,
    },
  });
  context.shutdown.on('SMS simulator', () => simulator.stop());
  step.done(`simulated, nothing is delivered (${simulator.store.count()} kept)`);
  return simulator;
}
