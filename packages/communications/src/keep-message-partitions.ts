import { messageLedgerKeptMonths } from '@wedsync/contracts/privacy';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

const monthsAhead = 3;
/** The record of who was written to is kept as long as the answer to a complaint may need it. */
const kept = `${messageLedgerKeptMonths} months`;

/**
 * Makes the coming months of the ledger, long before the first message that belongs to them, and
 * retires those whose time is over: a month is dropped as a whole, at no cost and without a trace.
 */
export async function keepMessagePartitions(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'log'>,
): Promise<void> {
  const [row] = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<{ made: number; dropped: string[] }>(sql`
      select ops.create_message_partitions(${monthsAhead}) as made,
        ops.drop_message_partitions(${kept}::interval) as dropped`),
  );
  if (!row || (row.made === 0 && row.dropped.length === 0)) return;
  const { made, dropped } = row;
  job.log.info({ event: 'communications.partitions_kept', made, dropped }, 'months of the ledger');
}
