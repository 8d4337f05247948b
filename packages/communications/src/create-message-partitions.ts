import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

const monthsAhead = 3;

/** Makes the coming months of the ledger, long before the first message that belongs to them. */
export async function createMessagePartitions(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'log'>,
): Promise<void> {
  const [row] = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<{ made: number }>(sql`select ops.create_message_partitions(${monthsAhead}) as made`),
  );
  if (row && row.made > 0) {
    job.log.info({ event: 'communications.partitions_made', made: row.made }, 'new months');
  }
}
