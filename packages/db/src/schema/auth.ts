import { bigint, boolean, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Accounts and credentials. Only the login `wedsync_auth` reads more than names and addresses. */
const auth = pgSchema('auth');

const moment = (name: string) => timestamp(name, { withTimezone: true });
const createdAt = () => moment('created_at').notNull().defaultNow();
const updatedAt = () => moment('updated_at').notNull().defaultNow();

export const users = auth.table('users', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  isOperator: boolean('is_operator').notNull().default(false),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  disabledAt: moment('disabled_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const sessionStrengths = ['password', 'two-factor', 'passkey'] as const;

export const sessions = auth.table('sessions', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  /** SHA-256 of the token in the cookie. */
  token: text('token').notNull(),
  strength: text('strength', { enum: sessionStrengths }).notNull().default('password'),
  expiresAt: moment('expires_at').notNull(),
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const accounts = auth.table('accounts', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  password: text('password'),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: moment('access_token_expires_at'),
  refreshTokenExpiresAt: moment('refresh_token_expires_at'),
  scope: text('scope'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const verifications = auth.table('verifications', {
  id: uuid('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const twoFactors = auth.table('two_factors', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull().default(false),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: moment('locked_until'),
});

export const passkeys = auth.table('passkeys', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  name: text('name'),
  publicKey: text('public_key').notNull(),
  credentialID: text('credential_id').notNull(),
  counter: bigint('counter', { mode: 'number' }).notNull(),
  deviceType: text('device_type').notNull(),
  backedUp: boolean('backed_up').notNull(),
  transports: text('transports'),
  aaguid: text('aaguid'),
  createdAt: moment('created_at').defaultNow(),
});

export const accountEmailKinds = [
  'email-verification',
  'already-registered',
  'password-reset',
  'password-changed',
] as const;
export type AccountEmailKind = (typeof accountEmailKinds)[number];

export const accountEmails = auth.table('account_emails', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  kind: text('kind', { enum: accountEmailKinds }).notNull(),
  /** Encrypted by the application; emptied once the mail is sent. */
  sealedToken: text('sealed_token'),
  expiresAt: moment('expires_at').notNull(),
  sentAt: moment('sent_at'),
  createdAt: createdAt(),
});
