import {
  CheckSeatingPrint,
  GetSeatPublication,
  PublishSeats,
} from '@wedsync/contracts/seating-prints';
import {
  ExportSeating,
  ImportSeating,
  PreviewSeatingImport,
} from '@wedsync/contracts/seating-runs';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import { exportSeating } from './export-seating.ts';
import { importSeating, previewImport } from './import-seating.ts';
import { checkPrint } from './print-seating.ts';
import { getSeatPublication, publishSeats } from './publish-seats.ts';

/** What leaves the plan and comes back: files, prints, and what guests read of it. */
export const printsRouter = router({
  // Exports are written to the history.
  exportCsv: wedding
    .input(ExportSeating)
    .mutation(({ ctx, input }) => exportSeating(ctx.service, input)),
  // A file does not fit a URL; nothing is written.
  previewImport: wedding
    .input(PreviewSeatingImport)
    .mutation(({ ctx, input }) => previewImport(ctx.service, input)),
  importCsv: wedding
    .input(ImportSeating)
    .mutation(({ ctx, input }) => importSeating(ctx.service, input)),
  checkPrint: wedding
    .input(CheckSeatingPrint)
    .query(({ ctx, input }) => checkPrint(ctx.service, input)),
  getSeatPublication: wedding
    .input(GetSeatPublication)
    .query(({ ctx, input }) => getSeatPublication(ctx.service, input)),
  publishSeats: wedding
    .input(PublishSeats)
    .mutation(({ ctx, input }) => publishSeats(ctx.service, input)),
});
