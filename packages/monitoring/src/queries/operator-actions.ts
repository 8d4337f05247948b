import type { UserId } from '@wedsync/contracts/ids';
import {
  ListOperatorActions,
  type OperatorAction,
  type OperatorActionEntry,
} from '@wedsync/contracts/monitoring';
import type { Page } from '@wedsync/contracts/paging';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { MonitoringContext } from '../ports.ts';
import { moment } from './moment.ts';

type ActionRow = {
  id: string;
  at: string;
  operator_id: UserId;
  operator_name: string;
  action: OperatorAction;
  entity: string;
  entity_id: string | null;
  subject: string | null;
  before: OperatorActionEntry['before'];
  after: OperatorActionEntry['after'];
  request_id: string;
};

/** What operators did, newest first; the search looks at names, actions and ids. */
export async function listOperatorActions(
  ctx: MonitoringContext,
  input: ListOperatorActions,
): Promise<Page<OperatorActionEntry>> {
  requireOperator(ctx);
  const { search, cursor, limit } = parseInput(ListOperatorActions, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<ActionRow>(sql`
      select * from ops.list_operator_actions(${search}, ${cursor ?? null}::uuid, ${limit + 1}::int)`),
  );
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: moment(row.at),
    operatorId: row.operator_id,
    operatorName: row.operator_name,
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    subject: row.subject,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
