import { ListAllSeatingRuns } from '@wedsync/contracts/monitoring-seating';
import { router } from '@wedsync/rpc/init';
import { operatorProcedure } from '@wedsync/rpc/procedures';
import type { MonitoringDeps } from './ports.ts';
import { getSeatingMetrics, listSeatingRuns, listSeatingViews } from './queries/seating.ts';
import { refreshSeatingViews } from './refresh-seating-views.ts';

/** Operators' procedures about seating. */
export function createSeatingRouter(monitoring: MonitoringDeps) {
  const operator = operatorProcedure.use(({ ctx, next }) =>
    next({ ctx: { operator: { ...ctx.service, monitoring } } }),
  );
  return router({
    listSeatingRuns: operator
      .input(ListAllSeatingRuns)
      .query(({ ctx, input }) => listSeatingRuns(ctx.operator, input)),
    listSeatingViews: operator.query(({ ctx }) => listSeatingViews(ctx.operator)),
    refreshSeatingViews: operator.mutation(({ ctx }) => refreshSeatingViews(ctx.operator)),
    seatingMetrics: operator.query(({ ctx }) => getSeatingMetrics(ctx.operator)),
  });
}
