import { newUuid, type OrgId } from '@wedsync/contracts/ids';
import type { OperatorAction } from '@wedsync/contracts/monitoring';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from './ports.ts';

/** One line of the operators' audit. `before` and `after` hold settings and ids, never personal data. */
export interface OperatorActionRecord {
  action: OperatorAction;
  entity: 'user' | 'organization' | 'job' | 'mail' | 'send_rate' | 'sms' | 'text' | 'seating-views';
  entityId?: string;
  /** Also tells the company, in its own audit log. */
  orgId?: OrgId;
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));

/** Writes the audit row in the transaction of the action, so that both are kept or lost together. */
export async function recordOperatorAction(
  ctx: MonitoringContext,
  tx: Tx,
  record: OperatorActionRecord,
): Promise<void> {
  await tx.execute(sql`
    select ops.record_operator_action(${newUuid()}::uuid, ${record.orgId ?? null}::uuid,
      ${record.action}, ${record.entity}, ${record.entityId ?? null}::text,
      ${json(record.before)}::jsonb, ${json(record.after)}::jsonb, ${ctx.requestId})`);
}
