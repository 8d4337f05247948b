import { RevokeSession } from '@wedsync/contracts/account';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';

async function revoke(
  ctx: ServiceContext,
  which: { only?: string; except?: string },
): Promise<number> {
  const [row] = await ctx.db.write(ctx.claims, (tx) =>
    tx.execute<{ count: string }>(sql`
      select auth.revoke_my_sessions(${which.only ?? null}::uuid, ${which.except ?? null}::uuid) as count`),
  );
  const count = Number(row?.count ?? 0);
  // Security events belong in the log (ASVS 5.0 §16.3).
  ctx.log.info({ event: 'weddings.session_revoked', count }, 'sessions revoked');
  return count;
}

/**
 * Signs the user out of one browser; effective everywhere within a second.
 * @throws DomainError `not-found` for a session that is not the user's
 */
export async function revokeSession(ctx: ServiceContext, input: RevokeSession): Promise<void> {
  const { sessionId } = parseInput(RevokeSession, input);
  if ((await revoke(ctx, { only: sessionId })) === 0) throw notFound('session');
}

/** Signs the user out everywhere but here; answers of how many browsers. */
export async function revokeOtherSessions(
  ctx: ServiceContext,
  currentSessionId: string,
): Promise<{ revoked: number }> {
  return { revoked: await revoke(ctx, { except: currentSessionId }) };
}
