import { z } from 'zod';
import { isMasterKey } from './encryption/master-key.ts';

/**
 * Every key of the environment, its type, its default and what it is for. `.env.example` is
 * generated from this table and docker-compose.yml is tested against it, so a key that is not here
 * does not exist.
 */

/** Secrets used where nothing else was given. Production refuses to start with them. */
export const developmentSecrets = {
  AUTH_SECRET: 'development-only-auth-secret-not-for-production',
  LINK_SECRET: 'development-only-link-secret-not-for-production',
  MASTER_KEY: 'ZGV2ZWxvcG1lbnQtb25seS1tYXN0ZXIta2V5LW5vLTE=',
} as const;

const text = z.string().trim().min(1);
const masterKey = text.refine(isMasterKey, {
  message: 'must be 32 bytes in base64: `openssl rand -base64 32`',
});
const port = z.coerce
  .number('must be a port number')
  .int('must be a whole port number')
  .min(0, 'must be between 0 and 65535')
  .max(65_535, 'must be between 0 and 65535');
const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], 'must be true or false')
  .transform((value) => value === 'true' || value === '1' || value === 'yes');

function urlWith(protocols: readonly string[]) {
  return text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    {
      message: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    },
  );
}

const databaseUrl = urlWith(['postgres:', 'postgresql:']);
const databaseUrlWithoutLogin = databaseUrl.refine(
  (value) =>
    !URL.canParse(value) || (new URL(value).username === '' && new URL(value).password === ''),
  'must not carry a user or password: each process adds its own role (DATABASE_PASSWORD_<ROLE>)',
);

export const envShape = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('development, test or production. Production refuses weak or missing settings.'),
  WEDSYNC_STAGE: z
    .enum(['development', 'staging', 'production'])
    .optional()
    .describe('Which installation this is; sets pool sizes. Follows NODE_ENV when unset.'),
  WEDSYNC_MODE: z
    .enum(['embedded', 'external'])
    .default('external')
    .describe('embedded: `npm start` brings PostgreSQL and a mail catcher on this machine.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Lowest level that is logged.'),

  DATABASE_URL: databaseUrlWithoutLogin
    .default('postgres://127.0.0.1:5432/wedsync')
    .describe('Host, port and database of PostgreSQL, without user and password.'),
  DATABASE_ADMIN_URL: databaseUrl
    .optional()
    .describe('A login that may create roles and schemas. Only `wedsync migrate` reads it.'),
  DATABASE_PASSWORD_OWNER: text.optional().describe('Password of wedsync_owner (migrations).'),
  DATABASE_PASSWORD_APP: text.optional().describe('Password of wedsync_app (server).'),
  DATABASE_PASSWORD_WORKER: text.optional().describe('Password of wedsync_worker (worker).'),
  DATABASE_PASSWORD_AUTH: text.optional().describe('Password of wedsync_auth (sign-in tables).'),
  DATABASE_PASSWORD_MONITOR: text.optional().describe('Password of wedsync_monitor (statistics).'),
  DATABASE_PASSWORD_TUNER: text.optional().describe('Password of wedsync_tuner (index tuning).'),
  DATABASE_PASSWORD_BACKUP: text.optional().describe('Password of wedsync_backup (replication).'),
  DATABASE_POOL_MAX: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be between 1 and 500')
    .max(500, 'must be between 1 and 500')
    .optional()
    .describe('Connections one process may open. Follows WEDSYNC_STAGE when unset.'),

  REDIS_URL: urlWith(['redis:', 'rediss:'])
    .optional()
    .describe('Redis for queues, rate limits and wake-ups. Unset: PostgreSQL does that work.'),

  SMTP_URL: urlWith(['smtp:', 'smtps:'])
    .optional()
    .describe('The mail relay. Unset: mail goes to the embedded catcher.'),
  MAIL_FROM: text
    .default('WedSync <no-reply@wedsync.example>')
    .describe('Sender of every mail, on a domain you may sign for.'),
  MAIL_TRANSPORT: z
    .enum(['smtp', 'nodemailer'])
    .default('smtp')
    .describe('smtp: our own pipelining client. nodemailer: for a relay that it does not suit.'),
  MAIL_CONNECTIONS_MAX: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be between 1 and 100')
    .max(100, 'must be between 1 and 100')
    .default(10)
    .describe('Connections one worker may open to the relay.'),
  DKIM_PRIVATE_KEY_FILE: text
    .optional()
    .describe('PEM key that signs mail (RSA 2048 or Ed25519). Unset: the relay signs, or nobody.'),
  DKIM_SELECTOR: text
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'must be a DNS label')
    .default('wedsync')
    .describe('Name of the key in DNS; `wedsync mail dns` prints the record.'),
  DKIM_DOMAIN: text
    .regex(/^(?=.{1,190}$)([a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}$/i, 'must be a domain name')
    .optional()
    .describe('Domain that signs. Unset: that of MAIL_FROM.'),
  MAIL_CATCHER_SMTP_PORT: port.optional().describe('SMTP port of the embedded mail catcher.'),
  MAIL_CATCHER_URL: urlWith(['http:'])
    .optional()
    .describe('Read API of the embedded mail catcher (the admin shows it).'),
  MAIL_CATCHER_TOKEN: text.optional().describe('Bearer token of that read API.'),
  BOUNCE_DOMAIN: text
    .regex(/^(?=.{1,190}$)([a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}$/i, 'must be a domain name')
    .optional()
    .describe(
      'Domain of return paths and of answers; its MX leads to INBOUND_SMTP_PORT. Unset: to MAIL_FROM.',
    ),
  INBOUND_SMTP_PORT: port
    .optional()
    .describe('Port on which the worker takes what comes back to BOUNCE_DOMAIN. Unset: none.'),
  INBOUND_SMTP_TLS_CERT_FILE: text
    .optional()
    .describe('Certificate chain (PEM) for STARTTLS on INBOUND_SMTP_PORT. Unset: no STARTTLS.'),
  INBOUND_SMTP_TLS_KEY_FILE: text
    .optional()
    .describe('Private key (PEM) of INBOUND_SMTP_TLS_CERT_FILE. Both are read again when renewed.'),
  WEBHOOK_SECRET_EMAIL: text
    .min(24, 'must have at least 24 characters: `openssl rand -base64 36`')
    .optional()
    .describe(
      'Key of /webhooks/email/<provider> (Standard Webhooks, whsec_… or plain). Unset: refused.',
    ),

  SMS_URL: urlWith(['http:', 'https:'])
    .optional()
    .describe('Where the SMS provider takes texts (POST, JSON). Unset: no texts are sent.'),
  SMS_TOKEN: text
    .optional()
    .describe('Bearer token of the SMS provider; user:password in SMS_URL stand for Basic.'),
  SMS_FROM: text
    .regex(/^\+[1-9]\d{4,14}$/, 'must be a number such as +351912345678')
    .optional()
    .describe('Number that texts leave from, unless a company has its own. Set with SMS_URL.'),
  SMS_IDEMPOTENT: flag
    .default(false)
    .describe('true only if the provider never sends twice what has the same Idempotency-Key.'),
  WEBHOOK_SECRET_SMS: text
    .min(24, 'must have at least 24 characters: `openssl rand -base64 36`')
    .optional()
    .describe(
      'Key of /webhooks/sms/<provider> (Standard Webhooks, whsec_… or plain). Unset: refused.',
    ),
  SMS_SIMULATOR_URL: urlWith(['http:'])
    .optional()
    .describe('Read API of the embedded SMS simulator (the admin shows it).'),
  SMS_SIMULATOR_TOKEN: text.optional().describe('Bearer token of that read API.'),

  HOST: text.default('127.0.0.1').describe('Address the servers listen on.'),
  WEB_PORT: port.default(3000).describe('Port of the planners’ and couples’ surface.'),
  ADMIN_PORT: port.default(3001).describe('Port of the operators’ surface: its own origin.'),
  WORKER_PORT: port.default(3002).describe('Port of the worker’s health and metrics.'),
  PUBLIC_WEB_URL: urlWith(['http:', 'https:'])
    .optional()
    .describe('Address people type for web. Links in mails start with it.'),
  PUBLIC_ADMIN_URL: urlWith(['http:', 'https:'])
    .optional()
    .describe('Address operators type for admin.'),
  TRUST_PROXY: flag
    .default(false)
    .describe('true only behind your own proxy: client addresses come from X-Forwarded-For.'),
  STATIC_ROOT: text
    .optional()
    .describe('Folder that holds web/ and admin/. Unset: apps/<name>/dist of the checkout.'),

  WORKER_STATE_DIR: text
    .optional()
    .describe(
      'Folder of the worker’s send journal; it must outlive the process. Unset: .wedsync/worker.',
    ),

  API_REQUESTS_PER_MINUTE: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .default(1_200)
    .describe('Requests one user may make in a minute, per server process. 0 for no limit.'),
  METRICS_TOKEN: text
    .optional()
    .describe('Bearer token that opens /metrics to other machines. Unset: loopback only.'),

  AUTH_SECRET: text
    .default(developmentSecrets.AUTH_SECRET)
    .describe('Signs sessions. At least 32 random characters: `openssl rand -base64 36`.'),
  LINK_SECRET: text
    .default(developmentSecrets.LINK_SECRET)
    .describe('Derives RSVP and unsubscribe links. Another 32 random characters.'),
  MASTER_KEY: masterKey
    .default(developmentSecrets.MASTER_KEY)
    .describe(
      'Wraps the keys that contact data is encrypted under. `openssl rand -base64 32`. Without it that data is lost.',
    ),
  MASTER_KEY_PREVIOUS: masterKey
    .optional()
    .describe('The former MASTER_KEY while `wedsync keys rotate --master` has not run yet.'),
  DEMO_ACCOUNTS: flag
    .default(false)
    .describe('true seeds accounts with known passwords. Refused in production.'),
} as const;

export type EnvKey = keyof typeof envShape;
export const envKeys = Object.keys(envShape) as EnvKey[];

/** The values exactly as the table above yields them, before defaults that depend on other keys. */
export type ParsedEnv = { [K in EnvKey]: z.infer<(typeof envShape)[K]> };

export const databaseRoles = [
  'owner',
  'app',
  'worker',
  'auth',
  'monitor',
  'tuner',
  'backup',
] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

export function passwordKeyOf(role: DatabaseRole) {
  return `DATABASE_PASSWORD_${role.toUpperCase()}` as `DATABASE_PASSWORD_${Uppercase<DatabaseRole>}`;
}

/** Roles each program connects with; it is given the passwords of these and no others. */
export const rolesOf = {
  server: ['app', 'auth', 'monitor'],
  worker: ['worker', 'monitor'],
  migrate: databaseRoles,
} as const satisfies Record<string, readonly DatabaseRole[]>;
