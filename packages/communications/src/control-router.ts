import { MessageAtVersion } from '@wedsync/contracts/communications';
import {
  CreateReminderRule,
  FixAndResend,
  GetGuestTimeline,
  ListPreflightRecipients,
  PreflightMessage,
  RemoveReminderRule,
  ResendUnanswered,
  RetryFailed,
  ScheduleMessage,
  SendMessage,
  SendSingle,
  StartMessageChecks,
  UpdateReminderRule,
  UpdateSendSettings,
} from '@wedsync/contracts/communications-control';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** What planners decide around sending: now, later, again, to one guest, by rule. */
export function createControlRouter(settings: room.CommunicationsSettings) {
  return router({
    sendMessage: wedding
      .input(SendMessage)
      .mutation(({ ctx, input }) => room.sendMessage(ctx.service, input, settings)),
    scheduleMessage: wedding
      .input(ScheduleMessage)
      .mutation(({ ctx, input }) => room.scheduleMessage(ctx.service, input, settings)),
    unscheduleMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.unscheduleMessage(ctx.service, input)),
    releaseMessage: wedding
      .input(MessageAtVersion)
      .mutation(({ ctx, input }) => room.releaseMessage(ctx.service, input, settings)),

    retryFailed: wedding
      .input(RetryFailed)
      .mutation(({ ctx, input }) => room.retryFailed(ctx.service, input)),
    fixAndResend: wedding
      .input(FixAndResend)
      .mutation(({ ctx, input }) => room.fixAndResend(ctx.service, input, settings)),
    resendUnanswered: wedding
      .input(ResendUnanswered)
      .mutation(({ ctx, input }) => room.resendUnanswered(ctx.service, input)),
    sendSingle: wedding
      .input(SendSingle)
      .mutation(({ ctx, input }) => room.sendSingle(ctx.service, input, settings)),

    getGuestTimeline: wedding
      .input(GetGuestTimeline)
      .query(({ ctx, input }) => room.getGuestTimeline(ctx.service, input)),

    listPreflightRecipients: wedding
      .input(ListPreflightRecipients)
      .query(({ ctx, input }) => room.listPreflightRecipients(ctx.service, input)),
    startMessageChecks: wedding
      .input(StartMessageChecks)
      .mutation(({ ctx, input }) => room.startMessageChecks(ctx.service, input)),
    getMessageChecks: wedding
      .input(PreflightMessage)
      .query(({ ctx, input }) => room.getMessageChecks(ctx.service, input)),

    getSendSettings: wedding.query(({ ctx }) => room.getSendSettings(ctx.service)),
    updateSendSettings: wedding
      .input(UpdateSendSettings)
      .mutation(({ ctx, input }) => room.updateSendSettings(ctx.service, input)),

    listReminderRules: wedding.query(({ ctx }) => room.listReminderRules(ctx.service)),
    createReminderRule: wedding
      .input(CreateReminderRule)
      .mutation(({ ctx, input }) => room.createReminderRule(ctx.service, input)),
    updateReminderRule: wedding
      .input(UpdateReminderRule)
      .mutation(({ ctx, input }) => room.updateReminderRule(ctx.service, input)),
    removeReminderRule: wedding
      .input(RemoveReminderRule)
      .mutation(({ ctx, input }) => room.removeReminderRule(ctx.service, input)),
  });
}
