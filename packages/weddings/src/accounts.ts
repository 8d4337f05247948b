import { DomainError, isDomainError } from '@wedsync/contracts/errors';
import { toDomainError } from '@wedsync/db/pg-errors';
import type { Logger } from '@wedsync/platform/log';
import { createAccountEmails } from './adapters/account-emails.ts';
import type { AuthDatabase } from './adapters/auth-database.ts';
import { clientIpHeader, createBetterAuth } from './adapters/better-auth.ts';
import { type AccountSession, createSessionResolver } from './adapters/session-resolver.ts';

export { createAccessResolver } from './adapters/access-resolver.ts';
export { type AuthDatabase, openAuthDatabase } from './adapters/auth-database.ts';
export { openToken } from './adapters/sealed-token.ts';
export type { AccountSession } from './adapters/session-resolver.ts';
export {
  type AccountSummary,
  createAccount,
  listAccounts,
  type NewAccount,
} from './create-account.ts';

export interface AccountsOptions {
  database: AuthDatabase;
  secret: string;
  /** The surface's own origin. */
  publicUrl: string;
  trustedOrigins: readonly string[];
  /** Cookies of two surfaces on one host must differ: ports do not separate them. */
  cookiePrefix: string;
  log: Logger;
  /** Called after account mail was enqueued, to wake the outbox relay. */
  onEmailRequested: () => void;
}

/** Sign-in of one surface. */
export interface Accounts {
  readonly cookieName: string;
  /** Whether this method and path (below `/api/auth`) is open to the world at all. */
  serves(method: string, path: string): boolean;
  /**
   * Answers a request below `/api/auth`.
   * @throws DomainError `unavailable` when the database cannot be reached
   */
  handle(request: Request, clientIp: string): Promise<Response>;
  resolveSession(cookieHeader: string | undefined): Promise<AccountSession | null>;
}

const basePath = '/api/auth';

/** What we use of better-auth. Everything else it could answer is answered with 404. */
const servedPaths: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/sign-up/email': 'POST',
  '/sign-in/email': 'POST',
  '/sign-out': 'POST',
  '/verify-email': 'GET',
  '/send-verification-email': 'POST',
  '/request-password-reset': 'POST',
  '/reset-password': 'POST',
  '/change-password': 'POST',
  '/two-factor/enable': 'POST',
  '/two-factor/disable': 'POST',
  '/two-factor/verify-totp': 'POST',
  '/two-factor/verify-backup-code': 'POST',
  '/two-factor/generate-backup-codes': 'POST',
  '/passkey/generate-register-options': 'GET',
  '/passkey/verify-registration': 'POST',
  '/passkey/generate-authenticate-options': 'GET',
  '/passkey/verify-authentication': 'POST',
  '/passkey/list-user-passkeys': 'GET',
  '/passkey/update-passkey': 'POST',
  '/passkey/delete-passkey': 'POST',
};

/** Where second factors are added and taken away. */
const factorPaths = new Set([
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/passkey/generate-register-options',
  '/passkey/verify-registration',
  '/passkey/delete-passkey',
]);

/**
 * An operator who has a second factor must have used it to change it: otherwise a stolen password
 * would simply enrol a factor of its own.
 */
async function requireOwnFactor(
  { sql }: AuthDatabase,
  session: AccountSession | null,
  path: string,
): Promise<void> {
  if (!session?.isOperator || session.strength !== 'password' || !factorPaths.has(path)) return;
  const [row] = await sql<{ enrolled: boolean }[]>`
    select u.two_factor_enabled or exists (select from auth.passkeys p where p.user_id = u.id)
      as enrolled
    from auth.users u where u.id = ${session.userId}`;
  if (!row?.enrolled) return;
  throw new DomainError(
    'forbidden',
    'weddings.second-factor-first',
    'Sign in with your second factor before you change it. If you have lost it, ask another operator.',
  );
}

/** The request without a session cookie that our own rules no longer accept. */
function withoutCookie(headers: Headers, name: string): void {
  const kept = (headers.get('cookie') ?? '')
    .split(';')
    .filter((part) => part.trim().split('=')[0] !== name);
  if (kept.length > 0) headers.set('cookie', kept.join(';'));
  else headers.delete('cookie');
}

export function createAccounts(options: AccountsOptions): Accounts {
  const { database, secret, publicUrl, log } = options;
  const requestEmail = createAccountEmails(database, secret, options.onEmailRequested);
  const auth = createBetterAuth({ ...options, requestEmail });
  const secure = new URL(publicUrl).protocol === 'https:';
  const cookieName = `${secure ? '__Host-' : ''}${options.cookiePrefix}.session_token`;
  const sessions = createSessionResolver({ database, secret, cookieName, log });

  const failed = (error: unknown): DomainError => {
    const domain = isDomainError(error) ? error : toDomainError(error);
    if (domain.kind === 'bug') log.error({ err: error }, 'weddings.auth_failed');
    return domain;
  };

  return {
    cookieName,
    serves: (method, path) => servedPaths[path] === method,
    resolveSession: (cookieHeader) => sessions.resolve(cookieHeader),
    async handle(request, clientIp) {
      const cookieHeader = request.headers.get('cookie') ?? undefined;
      const headers = new Headers(request.headers);
      headers.set(clientIpHeader, clientIp);
      const session = await sessions.resolve(cookieHeader);
      if (!session) withoutCookie(headers, cookieName);
      const target = new URL(request.url);
      await requireOwnFactor(database, session, target.pathname.slice(basePath.length));
      const url = new URL(target.pathname + target.search, publicUrl);
      const body = request.method === 'POST' ? await request.arrayBuffer() : null;
      try {
        return await auth.handler(new Request(url, { method: request.method, headers, body }));
      } catch (error) {
        throw failed(error);
      } finally {
        sessions.forget(cookieHeader);
      }
    },
  };
}
