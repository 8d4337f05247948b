import type { OutboxId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';

/** The job's name for the audit; undefined where there is no such job. */
export async function findJobName(tx: Tx, jobId: OutboxId): Promise<string | undefined> {
  const [row] = await tx.execute<{ job_name: string }>(
    sql`select job_name from ops.outbox where id = ${jobId}`,
  );
  return row?.job_name;
}
