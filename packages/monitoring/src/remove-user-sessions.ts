import { UserInput } from '@wedsync/contracts/monitoring';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/** Signs an account out of every browser; the account itself stays open. */
export async function removeUserSessions(
  ctx: MonitoringContext,
  input: UserInput,
): Promise<{ endedSessions: number }> {
  requireOperator(ctx);
  const { userId } = parseInput(UserInput, input);
  return writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ ended: number }>(
      sql`select ops.remove_user_sessions(${userId}::uuid) as ended`,
    );
    const endedSessions = row?.ended ?? 0;
    await recordOperatorAction(ctx, tx, {
      action: 'users.end-sessions',
      entity: 'user',
      entityId: userId,
      after: { endedSessions },
    });
    return { endedSessions };
  });
}
