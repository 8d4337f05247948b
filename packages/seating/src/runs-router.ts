import { CheckSeating } from '@wedsync/contracts/seating-rules';
import * as runs from '@wedsync/contracts/seating-runs';
import { router, tracked } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** What is wrong with a plan, and plans made by the optimizer. */
export const runsRouter = router({
  check: wedding
    .input(CheckSeating)
    .query(({ ctx, input }) => room.checkSeating(ctx.service, input)),

  startRun: wedding
    .input(runs.StartSeatingRun)
    .mutation(({ ctx, input }) => room.startRun(ctx.service, input)),
  getRun: wedding
    .input(runs.GetSeatingRun)
    .query(({ ctx, input }) => room.getRun(ctx.service, input)),
  listRuns: wedding
    .input(runs.ListSeatingRuns)
    .query(({ ctx, input }) => room.listRuns(ctx.service, input)),
  cancelRun: wedding
    .input(runs.CancelSeatingRun)
    .mutation(({ ctx, input }) => room.cancelRun(ctx.service, input)),
  onRun: wedding.input(runs.GetSeatingRun).subscription(async function* ({ ctx, input }) {
    const where = { weddingId: input.weddingId };
    const mayContinue = async () =>
      (await ctx.resolveAccess(ctx.session.userId, where)) !== undefined;
    let count = 0;
    for await (const run of room.streamRun(ctx.service, input, { mayContinue })) {
      yield tracked(String(count++), run);
    }
  }),

  previewRun: wedding
    .input(runs.PreviewSeatingRun)
    .query(({ ctx, input }) => room.previewRun(ctx.service, input)),
  applyRun: wedding
    .input(runs.ApplySeatingRun)
    .mutation(({ ctx, input }) => room.applyRun(ctx.service, input)),
  proposeReflow: wedding
    .input(runs.ProposeReflow)
    .mutation(({ ctx, input }) => room.proposeReflow(ctx.service, input)),
  explainSeat: wedding
    .input(runs.ExplainSeat)
    .query(({ ctx, input }) => room.explainSeat(ctx.service, input)),
});
