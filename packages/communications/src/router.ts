import {
  CheckAudience,
  CreateMessage,
  GetMessage,
  ListDeliveries,
  ListGuestDeliveries,
  ListMessages,
  MessageAtVersion,
  ResolveDelivery,
  SendTestMessage,
  UpdateMessage,
} from '@wedsync/contracts/communications';
import { PreflightMessage } from '@wedsync/contracts/communications-control';
import { PreviewMessage } from '@wedsync/contracts/communications-templates';
import { mergeRouters, router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import { createControlRouter } from './control-router.ts';
import { feedbackRouter } from './feedback-router.ts';
import * as room from './index.ts';
import { integrityRouter } from './integrity-router.ts';
import { createSmsRouter } from './sms-router.ts';
import { statisticsRouter } from './statistics-router.ts';
import { templatesRouter } from './templates-router.ts';

/** The planner's door to this room, for an installation with the given settings. */
export function createCommunicationsRouter(settings: room.CommunicationsSettings) {
  const messagesRouter = router({
    listMessages: wedding
      .input(ListMessages)
      .query(({ ctx, input }) => room.listMessages(ctx.service, input)),
    getMessage: wedding
      .input(GetMessage)
      .query(({ ctx, input }) => room.getMessage(ctx.service, input)),
    createMessage: wedding
      .input(CreateMessage)
      .mutation(({ ctx, input }) => room.createMessage(ctx.service, input)),
    updateMessage: wedding
      .input(UpdateMessage)
      .mutation(({ ctx, input }) => room.updateMessage(ctx.service, input)),
    removeMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.removeMessage(ctx.service, input)),

    checkAudience: wedding
      .input(CheckAudience)
      .query(({ ctx, input }) => room.checkAudience(ctx.service, input)),
    previewMessage: wedding
      .input(PreviewMessage)
      .query(({ ctx, input }) => room.previewMessage(ctx.service, input, settings)),
    preflightMessage: wedding
      .input(PreflightMessage)
      .query(({ ctx, input }) => room.preflightMessage(ctx.service, input, settings)),
    sendTestMessage: wedding
      .input(SendTestMessage)
      .mutation(({ ctx, input }) => room.sendTestMessage(ctx.service, input)),

    pauseMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.pauseMessage(ctx.service, input)),
    resumeMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.resumeMessage(ctx.service, input, settings)),
    cancelMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.cancelMessage(ctx.service, input)),

    listDeliveries: wedding
      .input(ListDeliveries)
      .query(({ ctx, input }) => room.listDeliveries(ctx.service, input)),
    listGuestDeliveries: wedding
      .input(ListGuestDeliveries)
      .query(({ ctx, input }) => room.listGuestDeliveries(ctx.service, input)),
    resolveDelivery: wedding
      .input(ResolveDelivery)
      .mutation(({ ctx, input }) => room.resolveDelivery(ctx.service, input)),
  });
  return mergeRouters(
    messagesRouter,
    createSmsRouter(settings),
    feedbackRouter,
    integrityRouter,
    templatesRouter,
    createControlRouter(settings),
    statisticsRouter,
  );
}
