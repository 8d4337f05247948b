import {
  AddSuppression,
  BounceOverviewInput,
  LiftSuppression,
  ListDeliveryEvents,
  ListSuppressions,
} from '@wedsync/contracts/communications-feedback';
import { router } from '@wedsync/rpc/init';
import { operatorProcedure, weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** What comes back: events of deliveries, the list of addresses not written to, bounces over all. */
export const feedbackRouter = router({
  listDeliveryEvents: wedding
    .input(ListDeliveryEvents)
    .query(({ ctx, input }) => room.listDeliveryEvents(ctx.service, input)),
  getFeedbackSummary: wedding.query(({ ctx }) => room.getFeedbackSummary(ctx.service)),
  listSuppressions: wedding
    .input(ListSuppressions)
    .query(({ ctx, input }) => room.listSuppressions(ctx.service, input)),
  addSuppression: wedding
    .input(AddSuppression)
    .mutation(({ ctx, input }) => room.addSuppression(ctx.service, input)),
  liftSuppression: wedding
    .input(LiftSuppression)
    .mutation(({ ctx, input }) => room.liftSuppression(ctx.service, input)),
  getBounceOverview: operatorProcedure
    .input(BounceOverviewInput)
    .query(({ ctx, input }) => room.getBounceOverview(ctx.service, input)),
});
