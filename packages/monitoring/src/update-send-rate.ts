import { UpdateSendRate } from '@wedsync/contracts/monitoring-sending';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Sets how fast a provider or a company may send, or lifts the limit. Workers keep to it from their
 * next reservation on.
 * @throws DomainError not-found where the company does not exist
 */
export async function updateSendRate(
  ctx: MonitoringContext,
  input: UpdateSendRate,
): Promise<{ scope: string }> {
  requireOperator(ctx);
  const { scope, perSecond, burst } = parseInput(UpdateSendRate, input);
  return writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ was_per_second: number | null; was_burst: number | null }>(sql`
      select * from ops.update_send_rate(${scope}, ${perSecond}::numeric, ${burst}::int)`);
    if (!row) throw notFound('company');
    await recordOperatorAction(ctx, tx, {
      action: 'sending.update-rate',
      entity: 'send_rate',
      before: { scope, perSecond: row.was_per_second, burst: row.was_burst },
      after: { scope, perSecond, burst },
    });
    return { scope };
  });
}
