import { optimizeSeatingJob, refreshSeatingViewsJob } from '@wedsync/contracts/seating-runs';
import { defineHandler, type JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { optimizePlan } from './optimize-plan.ts';

type Refreshed = { view_name: string; row_count: string; duration_ms: number };

const refreshViews = defineHandler(
  refreshSeatingViewsJob,
  async ({ serviceDb, log }: JobContext<ServiceContext>) => {
    const views = await serviceDb.run('maintenance.run', (tx) =>
      tx.execute<Refreshed>(sql`select * from wedding.refresh_seating_materialized_views()`),
    );
    log.info({ event: 'seating.views_refreshed', views: [...views] });
  },
);

const optimize = defineHandler(optimizeSeatingJob, (job: JobContext<ServiceContext>, payload) =>
  optimizePlan(job, job.service({ actorKind: 'system', weddingId: payload.weddingId }), payload),
);

/** The handlers of this room's jobs. */
export const seatingJobs = [refreshViews, optimize] as const;
