import { router } from '@wedsync/rpc/init';
import { orgProcedure, weddingProcedure } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** Numbers over all messages, of a wedding and of a planner company. */
export const statisticsRouter = router({
  weddingStatistics: weddingProcedure.query(({ ctx }) => room.weddingStatistics(ctx.service)),
  organizationStatistics: orgProcedure.query(({ ctx }) => room.organizationStatistics(ctx.service)),
});
