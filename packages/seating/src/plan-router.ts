import * as seating from '@wedsync/contracts/seating';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

const reads = {
  getPlan: wedding
    .input(seating.GetSeatingPlan)
    .query(({ ctx, input }) => room.getPlan(ctx.service, input)),
};

const guests = {
  assignSeats: wedding
    .input(seating.AssignSeats)
    .mutation(({ ctx, input }) => room.assignSeats(ctx.service, input)),
  swapSeats: wedding
    .input(seating.SwapSeats)
    .mutation(({ ctx, input }) => room.swapSeats(ctx.service, input)),
  unassignSeats: wedding
    .input(seating.UnassignSeats)
    .mutation(({ ctx, input }) => room.unassignSeats(ctx.service, input)),
};

const layouts = {
  createLayout: wedding
    .input(seating.CreateSeatingLayout)
    .mutation(({ ctx, input }) => room.createLayout(ctx.service, input)),
};

/** The plan itself: room, tables, who sits where, history. */
export const planRouter = router({ ...reads, ...layouts, ...guests });
