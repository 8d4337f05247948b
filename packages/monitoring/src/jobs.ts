import { sweepHeartbeats } from '@wedsync/contracts/monitoring';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';

const sweep = defineHandler(sweepHeartbeats, async (ctx: JobContext<ServiceContext>) => {
  await ctx.serviceDb.run('maintenance.run', (tx) =>
    tx.execute(sql`delete from ops.heartbeats where beat_at < now() - interval '7 days'`),
  );
});

export const monitoringJobs = [sweep] as const;
