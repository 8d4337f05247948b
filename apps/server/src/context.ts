import type { TenantDb } from '@wedsync/db/client';
import type { Wake } from '@wedsync/queue/wake';
import type { RpcContext, RpcSession } from '@wedsync/rpc/context';
import { systemClock } from '@wedsync/service/context';
import type { KeyRing } from '@wedsync/service/key-ring';
import type { AccountSession, Accounts, createAccessResolver } from '@wedsync/weddings/accounts';
import type { HttpContext } from './http-context.ts';
import type { Surface } from './surface.ts';

export interface RpcContextOptions {
  surface: Surface;
  db: TenantDb;
  wake: Wake;
  keyRing: KeyRing;
  accounts: Accounts;
  resolveAccess: ReturnType<typeof createAccessResolver>;
  /** Aborted when the process stops, so that event streams end. */
  stopping: AbortSignal;
}

const toRpcSession = (session: AccountSession): RpcSession => ({
  sessionId: session.sessionId,
  userId: session.userId,
  isOperator: session.isOperator,
  // A second factor that exists but was not asked for in this session proves nothing.
  secondFactor: session.strength !== 'password',
});

/** Builds tRPC's context: who asks, and how to find out what they may do. */
export function rpcContext(options: RpcContextOptions, session: AccountSession | null) {
  const { surface, db, wake, keyRing, accounts, resolveAccess, stopping } = options;
  return (c: HttpContext): RpcContext => {
    const cookieHeader = c.req.header('cookie');
    const isStream = c.req.header('accept')?.includes('text/event-stream') ?? false;
    const { signal } = c.req.raw;
    return {
      surface,
      session: session ? toRpcSession(session) : null,
      ground: {
        db,
        wake,
        keyRing,
        clock: systemClock,
        requestId: c.get('requestId'),
        log: c.get('log'),
        signal: isStream ? AbortSignal.any([signal, stopping]) : signal,
      },
      async resolveAccess(userId, where) {
        // Asked again by open event streams: a session that ended takes its access with it.
        const current = await accounts.resolveSession(cookieHeader);
        return current?.userId === userId ? resolveAccess(userId, where) : undefined;
      },
    };
  };
}
