import { DomainError } from '@wedsync/contracts/errors';
import type { Accounts } from '@wedsync/weddings/accounts';
import { Hono } from 'hono';
import { addressKey } from './client-address.ts';
import type { HttpContext, HttpEnv } from './http-context.ts';
import type { RateLimits } from './rate-limits.ts';

export interface AuthOptions {
  accounts: Accounts;
  limits: RateLimits;
}

const basePath = '/api/auth';
/**
 * Answers that must not tell an address that has an account from one that has none take at least
 * this long, which covers the work of either case.
 */
const floorMsByPath: Readonly<Record<string, number>> = {
  '/sign-up/email': 400,
  '/request-password-reset': 250,
  '/send-verification-email': 250,
};
const failedSignInFloorMs = 250;
const emailPaths = new Set([
  '/sign-up/email',
  '/request-password-reset',
  '/send-verification-email',
]);
const guessPaths = new Set([
  '/sign-in/email',
  '/reset-password',
  '/verify-email',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/passkey/verify-authentication',
]);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

async function emailOf(c: HttpContext): Promise<string | undefined> {
  if (c.req.method !== 'POST') return undefined;
  const body: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => undefined);
  const email =
    typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? email.trim().toLowerCase() : undefined;
}

/** Counts an attempt against the address, the account, and both together. */
async function throttle(c: HttpContext, path: string, limits: RateLimits): Promise<() => void> {
  const address = addressKey(c.get('clientIp'));
  if (!guessPaths.has(path) && !emailPaths.has(path)) return () => {};
  await limits.signInAddress.consume(address);
  const email = await emailOf(c);
  if (email && emailPaths.has(path)) await limits.accountEmail.consume(`${path}|${email}`);
  if (!email || path !== '/sign-in/email') return () => {};
  const pair = `${address}|${email}`;
  await limits.signInPair.consume(pair);
  await limits.signInAccount.consume(email);
  return () => {
    const log = c.get('log');
    Promise.all([limits.signInPair.reset(pair), limits.signInAccount.reset(email)]).catch(
      (err: unknown) => log.warn({ err }, 'server.limit_reset_failed'),
    );
  };
}

/** Security events belong in the log, with who they concern left out (ASVS 5.0 §16.3). */
function record(c: HttpContext, path: string, response: Response): void {
  if (!guessPaths.has(path) && path !== '/sign-out' && !path.includes('password')) return;
  const outcome = response.ok ? 'accepted' : 'refused';
  c.get('log').info(
    { event: 'server.auth', action: path, outcome, status: response.status, ip: c.get('clientIp') },
    'authentication',
  );
}

/** Mounts sign-in: throttled, without telling who has an account, never cached. */
export function authRoutes({ accounts, limits }: AuthOptions) {
  const app = new Hono<HttpEnv>();
  app.all(`${basePath}/*`, async (c) => {
    const path = c.req.path.slice(basePath.length);
    if (!accounts.serves(c.req.method, path)) {
      throw new DomainError(
        'not-found',
        'server.no-such-path',
        'There is nothing at this address.',
      );
    }
    const startedAt = performance.now();
    const settle = await throttle(c, path, limits);
    const response = await accounts.handle(c.req.raw, c.get('clientIp'));
    if (response.ok) settle();
    record(c, path, response);
    const floorMs =
      floorMsByPath[path] ?? (path === '/sign-in/email' && !response.ok ? failedSignInFloorMs : 0);
    if (floorMs > 0) await pause(startedAt + floorMs - performance.now());
    const answer = new Response(response.body, response);
    answer.headers.set('Cache-Control', 'no-store');
    return answer;
  });
  return app;
}
