import { UpdateUserOperator } from '@wedsync/contracts/monitoring';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Lets an account use the operators' surface, or no longer. It must sign in again either way, and
 * a new operator gets nowhere before setting up a second factor.
 * @throws DomainError not-found; precondition for one's own account
 */
export async function updateUserOperator(
  ctx: MonitoringContext,
  input: UpdateUserOperator,
): Promise<{ endedSessions: number }> {
  requireOperator(ctx);
  const { userId, operator } = parseInput(UpdateUserOperator, input);
  return writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ was_operator: boolean; ended_sessions: number }>(sql`
      select * from ops.update_user_operator(${userId}::uuid, ${operator})`);
    if (!row) throw notFound('account');
    await recordOperatorAction(ctx, tx, {
      action: operator ? 'users.grant-operator' : 'users.revoke-operator',
      entity: 'user',
      entityId: userId,
      before: { operator: row.was_operator },
      after: { operator, endedSessions: row.ended_sessions },
    });
    return { endedSessions: row.ended_sessions };
  });
}
