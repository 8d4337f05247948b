import type { Profile, SessionStrength, SessionSummary } from '@wedsync/contracts/account';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceContext } from '@wedsync/service/context';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { deviceName } from '../model/device-name.ts';
import { sessionLimits } from '../model/session-rules.ts';
import { userOf } from '../scope.ts';
import { listOrganizations } from './organizations.ts';

/** The browser that asks, as the server resolved it. */
export interface CurrentSession {
  sessionId: string;
  secondFactor: boolean;
}

type AccountRow = {
  name: string;
  email: string;
  is_operator: boolean;
  two_factor_enabled: boolean;
  passkeys: string;
};
type SessionRow = {
  id: string;
  strength: SessionStrength;
  ip_address: string | null;
  user_agent: string | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
};

const idle = sql`${sessionLimits.idleMs}::int8 * interval '1 ms'`;

/** Who is signed in. */
export async function getProfile(ctx: ServiceContext, session: CurrentSession): Promise<Profile> {
  const [account, organizations] = await Promise.all([
    readTx(ctx, (tx) => tx.execute<AccountRow>(sql`select * from auth.my_account()`)),
    listOrganizations(ctx),
  ]);
  const [row] = account;
  if (!row) {
    throw new DomainError(
      'unauthenticated',
      'rpc.signed-out',
      'You are signed out. Sign in again.',
    );
  }
  return {
    userId: userOf(ctx),
    name: row.name,
    email: row.email,
    isOperator: row.is_operator,
    twoFactorEnabled: row.two_factor_enabled,
    passkeys: Number(row.passkeys),
    sessionId: session.sessionId,
    secondFactorRequired: row.is_operator && !session.secondFactor,
    organizations: organizations.map(({ orgId, name, role }) => ({ orgId, name, role })),
  };
}

/** The browsers in which the user is signed in, the most recently used first. */
export async function listSessions(
  ctx: ServiceContext,
  session: CurrentSession,
): Promise<SessionSummary[]> {
  const rows = await readTx(ctx, (tx) =>
    tx.execute<SessionRow>(sql`select * from auth.list_my_sessions(${idle})`),
  );
  return rows.map((row) => ({
    id: row.id,
    device: deviceName(row.user_agent),
    ipAddress: row.ip_address,
    strength: row.strength,
    current: row.id === session.sessionId,
    createdAt: new Date(row.created_at).toISOString(),
    lastSeenAt: new Date(row.last_seen_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
  }));
}
