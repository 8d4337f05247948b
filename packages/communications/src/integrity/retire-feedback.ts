import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

/**
 * Removes what is no longer needed: a receipt only has to outlive the five minutes in which its call
 * could be repeated, statistics are kept a little over a year. Events of deliveries go with their
 * month of messages.
 */
export async function retireFeedback({
  serviceDb,
}: Pick<JobContext<ServiceContext>, 'serviceDb'>): Promise<void> {
  await serviceDb.run('feedback.maintain', async (tx) => {
    await tx.execute(sql`
      delete from ops.webhook_receipts where received_at < now() - interval '7 days'`);
    await tx.execute(sql`
      delete from ops.feedback_counts where day < current_date - 400`);
    await tx.execute(sql`
      delete from ops.feedback_refusals where day < current_date - 90`);
    await tx.execute(sql`
      delete from ops.integrity_findings
      where state in ('repaired', 'gone') and closed_at < now() - interval '180 days'`);
    await tx.execute(sql`
      delete from ops.integrity_runs where started_at < now() - interval '180 days'`);
  });
}
