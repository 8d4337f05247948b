import type { MessageId } from '@wedsync/contracts/ids';
import { createTenantDb } from '@wedsync/db/client';
import { writeTx } from '@wedsync/service/transaction';
import { systemContext } from '@wedsync/testing/contexts';
import { settleSchedule } from '../settle-schedule.ts';
import type { Place } from './rig.ts';

/** What a worker for tests that kill one is to start. */
export interface StartOrder extends Place {
  databaseUrl: string;
  messageIds: MessageId[];
}

/** A process that starts scheduled messages one after the other and says on stdout when it begins. */
const order = JSON.parse(process.argv[2] ?? '{}') as StartOrder;
const db = createTenantDb({ url: order.databaseUrl, max: 2, applicationName: 'test-worker' });
const ctx = systemContext(db, order);
const { weddingId } = order;
await db.ping();
process.stdout.write('begins\n');
for (const messageId of order.messageIds) {
  await writeTx(ctx, (scope) => settleSchedule(ctx, scope, { weddingId, messageId }));
}
await db.end();
