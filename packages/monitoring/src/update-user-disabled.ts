import { UpdateUserDisabled } from '@wedsync/contracts/monitoring';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Closes an account and signs it out everywhere, or opens it again. Asking for what is the case
 * already changes nothing but ends the sessions of a closed account.
 * @throws DomainError not-found; precondition for one's own account
 */
export async function updateUserDisabled(
  ctx: MonitoringContext,
  input: UpdateUserDisabled,
): Promise<{ endedSessions: number }> {
  requireOperator(ctx);
  const { userId, disabled } = parseInput(UpdateUserDisabled, input);
  return writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ was_disabled: boolean; ended_sessions: number }>(sql`
      select * from ops.update_user_disabled(${userId}::uuid, ${disabled})`);
    if (!row) throw notFound('account');
    await recordOperatorAction(ctx, tx, {
      action: disabled ? 'users.disable' : 'users.enable',
      entity: 'user',
      entityId: userId,
      before: { disabled: row.was_disabled },
      after: { disabled, endedSessions: row.ended_sessions },
    });
    return { endedSessions: row.ended_sessions };
  });
}
