import {
  AcceptFinding,
  checkIntegrityJob,
  RequestIntegrityCheck,
} from '@wedsync/contracts/communications-integrity';
import { newUuid } from '@wedsync/contracts/ids';
import type { OperatorAction } from '@wedsync/contracts/monitoring';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

interface Recorded {
  action: OperatorAction;
  entityId: string | null;
  after: object;
}

async function recordOperatorAction(
  ctx: ServiceContext,
  tx: Tx,
  { action, entityId, after }: Recorded,
): Promise<void> {
  await tx.execute(sql`
    select ops.record_operator_action(${newUuid()}::uuid, null, ${action}, 'integrity',
      ${entityId}::text, null, ${jsonParameter(after)}, ${ctx.requestId})`);
}

/** Starts the integrity check now; one that waits already is not started twice. */
export async function requestIntegrityCheck(
  ctx: ServiceContext,
  input: RequestIntegrityCheck,
): Promise<void> {
  const { days } = parseInput(RequestIntegrityCheck, input);
  requireOperator(ctx);
  await writeTx(ctx, async ({ tx, enqueue }) => {
    const dedupeKey = 'communications.check-integrity/asked';
    await enqueue(checkIntegrityJob, { v: 1, days }, { dedupeKey });
    await recordOperatorAction(ctx, tx, {
      action: 'integrity.check',
      entityId: null,
      after: { days },
    });
  });
}

/**
 * An operator has looked at a finding and says why it may stay; it is not raised again.
 * @throws DomainError `not-found` where it is not open any more
 */
export async function acceptFinding(ctx: ServiceContext, input: AcceptFinding): Promise<void> {
  const { findingId, note } = parseInput(AcceptFinding, input);
  requireOperator(ctx);
  await writeTx(ctx, async ({ tx }) => {
    const [row] = await tx.execute<{ accepted: boolean }>(sql`
      select ops.accept_integrity_finding(${findingId}::uuid, ${note}) as accepted`);
    if (!row?.accepted) throw notFound('open finding');
    await recordOperatorAction(ctx, tx, {
      action: 'integrity.accept',
      entityId: findingId,
      after: { note },
    });
  });
}
