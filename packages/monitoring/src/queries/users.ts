import type { UserId } from '@wedsync/contracts/ids';
import { ListUsers, type UserSummary } from '@wedsync/contracts/monitoring';
import type { Page } from '@wedsync/contracts/paging';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment, momentOrNull } from './moment.ts';

type UserRow = {
  id: UserId;
  name: string;
  email: string;
  email_verified: boolean;
  is_operator: boolean;
  has_totp: boolean;
  has_passkey: boolean;
  disabled_at: string | null;
  created_at: string;
  sessions: number;
  last_seen_at: string | null;
  organizations: UserSummary['organizations'];
};

function secondFactorsOf(row: UserRow): UserSummary['secondFactors'] {
  const factors: UserSummary['secondFactors'] = [];
  if (row.has_totp) factors.push('authenticator');
  if (row.has_passkey) factors.push('passkey');
  return factors;
}

/** Accounts, newest first; the search looks at names and addresses. */
export async function listUsers(
  ctx: MonitoringContext,
  input: ListUsers,
): Promise<Page<UserSummary>> {
  requireOperator(ctx);
  const { search, kind, cursor, limit } = parseInput(ListUsers, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<UserRow>(sql`
      select * from ops.list_users(${search}, ${kind}, ${cursor ?? null}::uuid, ${limit + 1}::int)`),
  );
  const items = rows.slice(0, limit).map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.email_verified,
    isOperator: row.is_operator,
    secondFactors: secondFactorsOf(row),
    disabledAt: momentOrNull(row.disabled_at),
    createdAt: moment(row.created_at),
    openSessions: row.sessions,
    lastSeenAt: momentOrNull(row.last_seen_at),
    organizations: row.organizations,
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.userId ?? null) : null };
}
