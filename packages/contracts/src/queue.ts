import { z } from 'zod';
import { defineJob, jobVersion } from './job.ts';

/** Deletes jobs from the outbox that ended long ago. */
export const removeFinishedJobs = defineJob({
  name: 'queue.remove-finished-jobs',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  schedule: { pattern: '23 * * * *', tz: 'UTC' },
});
