import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SessionStrength } from '@wedsync/contracts/account';
import { UserId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import type { Logger } from '@wedsync/platform/log';
import { TtlCache } from '@wedsync/platform/ttl-cache';
import { sessionLimits } from '../model/session-rules.ts';
import { hashToken } from '../model/tokens.ts';
import type { AuthDatabase } from './auth-database.ts';
import { cachedLookup } from './cached-lookup.ts';

/** A signed-in browser, as the server needs to know it on every request. */
export interface AccountSession {
  sessionId: string;
  userId: UserId;
  isOperator: boolean;
  strength: SessionStrength;
}

interface SessionRow {
  id: string;
  user_id: string;
  is_operator: boolean;
  strength: SessionStrength;
  touch: boolean;
}

export interface SessionResolverOptions {
  database: AuthDatabase;
  secret: string;
  /** Full name of the session cookie. */
  cookieName: string;
  log: Logger;
}

/** The value of one cookie in a `Cookie` header, undecoded. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** The token of a signed cookie (`<token>.<HMAC-SHA256, base64>`), or nothing when it is forged. */
function signedToken(value: string, secret: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    return undefined;
  }
  const dot = decoded.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = decoded.slice(0, dot);
  const given = Buffer.from(decoded.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/**
 * Resolves the session of a request: one query at most, and at most one a second per session, so
 * that a revoked session ends everywhere within that second.
 */
export function createSessionResolver(options: SessionResolverOptions) {
  const { database, secret, cookieName, log } = options;
  const { sql } = database;
  const limits = sessionLimits;

  async function load(tokenHash: string): Promise<AccountSession | null> {
    const [row] = await sql<SessionRow[]>`
      select s.id, s.user_id, s.strength, u.is_operator,
        s.last_seen_at < now() - ${limits.touchMs}::int * interval '1 ms' as touch
      from auth.sessions s
      join auth.users u on u.id = s.user_id
      where s.token = ${tokenHash} and s.expires_at > now() and u.disabled_at is null
        and s.last_seen_at > now() - interval '1 ms' *
          case when u.is_operator then ${limits.operatorIdleMs}::int8 else ${limits.idleMs}::int8 end
        and s.created_at > now() - interval '1 ms' *
          case when u.is_operator then ${limits.operatorAbsoluteMs}::int8 else ${limits.absoluteMs}::int8 end`;
    if (!row) return null;
    if (row.touch) touch(row.id);
    return {
      sessionId: row.id,
      userId: UserId.parse(row.user_id),
      isOperator: row.is_operator,
      strength: row.strength,
    };
  }

  function touch(sessionId: string): void {
    sql`update auth.sessions set last_seen_at = now() where id = ${sessionId}`.catch(
      (err: unknown) => log.warn({ err }, 'weddings.session_touch_failed'),
    );
  }

  const sessions = cachedLookup((tokenHash) =>
    load(tokenHash).catch((error: unknown) => {
      throw toDomainError(error);
    }),
  );
  const checkedHash = (cookieHeader: string) => {
    const value = cookieValue(cookieHeader, cookieName);
    const token = value && signedToken(value, secret);
    return token ? hashToken(token) : undefined;
  };
  // A page sends the same cookie many times a second, and each request asks more than once.
  const hashes = new TtlCache<string>({ sizeMax: 5_000, ttlMs: 10_000 });
  const hashOf = (cookieHeader: string | undefined) => {
    if (!cookieHeader) return undefined;
    const nowMs = performance.now();
    const known = hashes.get(cookieHeader, nowMs);
    if (known) return known;
    const hash = checkedHash(cookieHeader);
    if (hash) hashes.set(cookieHeader, hash, nowMs);
    return hash;
  };

  return {
    /**
     * @param cookieHeader the request's `Cookie` header
     * @throws DomainError `unavailable` when the database cannot be asked
     */
    async resolve(cookieHeader: string | undefined): Promise<AccountSession | null> {
      const hash = hashOf(cookieHeader);
      return hash ? sessions.get(hash) : null;
    },
    /** Asks the database again the next time: after signing out, or when a session was replaced. */
    forget(cookieHeader: string | undefined): void {
      const hash = hashOf(cookieHeader);
      if (hash) sessions.forget(hash);
    },
  };
}
