import {
  EstimateSms,
  ListInboundTexts,
  MarkInboundText,
  SendTestText,
} from '@wedsync/contracts/communications-sms';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** Procedures about text messages. */
export function createSmsRouter(settings: room.CommunicationsSettings) {
  return router({
    getSmsStatus: wedding.query(({ ctx }) => room.getSmsStatus(ctx.service, settings)),
    estimateSms: wedding
      .input(EstimateSms)
      .query(({ ctx, input }) => room.estimateSms(ctx.service, input, settings)),
    sendTestText: wedding
      .input(SendTestText)
      .mutation(({ ctx, input }) => room.sendTestText(ctx.service, input, settings)),
    listInboundTexts: wedding
      .input(ListInboundTexts)
      .query(({ ctx, input }) => room.listInboundTexts(ctx.service, input)),
    markInboundText: wedding
      .input(MarkInboundText)
      .mutation(({ ctx, input }) => room.markInboundText(ctx.service, input)),
  });
}
