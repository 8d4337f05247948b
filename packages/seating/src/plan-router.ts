import * as seating from '@wedsync/contracts/seating';
import { ShowSeatingPresence } from '@wedsync/contracts/seating-presence';
import { router, tracked } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

const reads = {
  getPlan: wedding
    .input(seating.GetSeatingPlan)
    .query(({ ctx, input }) => room.getPlan(ctx.service, input)),
  getSummary: wedding
    .input(seating.GetSeatingSummary)
    .query(({ ctx, input }) => room.getSummary(ctx.service, input)),
  listMobileTables: wedding
    .input(seating.ListMobileTables)
    .query(({ ctx, input }) => room.listMobileTables(ctx.service, input)),
  searchGuests: wedding
    .input(seating.SearchSeatingGuests)
    .query(({ ctx, input }) => room.searchGuests(ctx.service, input)),
  listChanges: wedding
    .input(seating.ListPlanChanges)
    .query(({ ctx, input }) => room.listChanges(ctx.service, input)),
  listHistory: wedding
    .input(seating.ListSeatingHistory)
    .query(({ ctx, input }) => room.listHistory(ctx.service, input)),
};

const layout = {
  createLayout: wedding
    .input(seating.CreateSeatingLayout)
    .mutation(({ ctx, input }) => room.createLayout(ctx.service, input)),
  updateLayout: wedding
    .input(seating.UpdateSeatingLayout)
    .mutation(({ ctx, input }) => room.updateLayout(ctx.service, input)),
  addTables: wedding
    .input(seating.AddSeatingTables)
    .mutation(({ ctx, input }) => room.addTables(ctx.service, input)),
  updateTable: wedding
    .input(seating.UpdateSeatingTable)
    .mutation(({ ctx, input }) => room.updateTable(ctx.service, input)),
  moveThings: wedding
    .input(seating.MoveSeatingThings)
    .mutation(({ ctx, input }) => room.moveThings(ctx.service, input)),
  removeTables: wedding
    .input(seating.RemoveSeatingTables)
    .mutation(({ ctx, input }) => room.removeTables(ctx.service, input)),
  addFixtures: wedding
    .input(seating.AddSeatingFixtures)
    .mutation(({ ctx, input }) => room.addFixtures(ctx.service, input)),
  updateFixture: wedding
    .input(seating.UpdateSeatingFixture)
    .mutation(({ ctx, input }) => room.updateFixture(ctx.service, input)),
  removeFixtures: wedding
    .input(seating.RemoveSeatingFixtures)
    .mutation(({ ctx, input }) => room.removeFixtures(ctx.service, input)),
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
  lockSeats: wedding
    .input(seating.LockSeats)
    .mutation(({ ctx, input }) => room.lockSeats(ctx.service, input)),
  undo: wedding
    .input(seating.UndoSeating)
    .mutation(({ ctx, input }) => room.undo(ctx.service, input)),
  redo: wedding
    .input(seating.RedoSeating)
    .mutation(({ ctx, input }) => room.redo(ctx.service, input)),
};

const presence = {
  showPresence: wedding
    .input(ShowSeatingPresence)
    .mutation(({ ctx, input }) => room.showPresence(ctx.service, input)),
  onPresence: wedding.input(seating.GetSeatingPlan).subscription(async function* ({ ctx, input }) {
    const where = { weddingId: input.weddingId };
    const mayContinue = async () =>
      (await ctx.resolveAccess(ctx.session.userId, where)) !== undefined;
    let count = 0;
    for await (const present of room.streamPresence(ctx.service, input, { mayContinue })) {
      yield tracked(String(count++), present);
    }
  }),
};

/** The plan itself: room, tables, who sits where, history, and who is looking. */
export const planRouter = router({ ...reads, ...layout, ...guests, ...presence });
