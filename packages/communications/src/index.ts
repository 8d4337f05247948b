export { createHttpSmsTransport } from './adapters/sms-http.ts';
export { addDefaultTemplates } from './add-default-templates.ts';
export { addSuppression } from './add-suppression.ts';
export { answerWebhookOnce } from './answer-webhook-once.ts';
export {
  cancelMessage,
  pauseMessage,
  releaseMessage,
  resumeMessage,
  unscheduleMessage,
} from './change-message-state.ts';
export { createRefusalCounter, type RefusalCounter } from './count-refusals.ts';
export { createMessage } from './create-message.ts';
export { createTemplate } from './create-template.ts';
export { type DeliveriesFile, exportDeliveries } from './export-deliveries.ts';
export { fixAndResend } from './fix-and-resend.ts';
export {
  exportComplianceReport,
  getComplianceReport,
} from './integrity/compliance-report.ts';
export { listIntegrityFindings, listIntegrityRuns } from './integrity/list-findings.ts';
export { acceptFinding, requestIntegrityCheck } from './integrity/operate-checks.ts';
export { liftSuppression } from './lift-suppression.ts';
export { markInboundText } from './mark-inbound-text.ts';
export { verpAddress, verpKey } from './model/verp.ts';
export type { CommunicationsSettings } from './ports.ts';
export { getBounceOverview } from './queries/bounce-overview.ts';
export { checkAudience } from './queries/check-audience.ts';
export { checkWording } from './queries/check-wording.ts';
export { listDeliveries, listGuestDeliveries } from './queries/deliveries.ts';
export { listDeliveryEvents } from './queries/delivery-events.ts';
export { estimateSms } from './queries/estimate-sms.ts';
export { findUnsubscribeLink, type UnsubscribeLink } from './queries/find-unsubscribe-link.ts';
export { getGuestTimeline } from './queries/guest-timeline.ts';
export { getHouseholdPreferences } from './queries/household-preferences.ts';
export { listInboundTexts } from './queries/inbound-texts.ts';
export { type HouseholdNotice, listNotices } from './queries/list-notices.ts';
export { getMessageChecks } from './queries/message-checks.ts';
export { getMessage, listMessages } from './queries/messages.ts';
export { preflightMessage } from './queries/preflight-message.ts';
export { listPreflightRecipients } from './queries/preflight-recipients.ts';
export { previewMessage } from './queries/preview-message.ts';
export { listReminderRules } from './queries/reminder-rules.ts';
export { getSendSettings } from './queries/send-settings.ts';
export { getSmsStatus } from './queries/sms-status.ts';
export { organizationStatistics, weddingStatistics } from './queries/statistics.ts';
export { getFeedbackSummary, listSuppressions } from './queries/suppressions.ts';
export {
  getTemplate,
  getTemplateVersion,
  listTemplates,
  listTemplateUses,
  listTemplateVersions,
} from './queries/templates.ts';
export {
  type DeliveryReport,
  type FeedbackGround,
  recordDeliveryEvents,
} from './record-delivery-events.ts';
export { removeMessage } from './remove-message.ts';
export { removeTemplate } from './remove-template.ts';
export { resendUnanswered } from './resend-unanswered.ts';
export { resolveDelivery } from './resolve-delivery.ts';
export { retryFailed } from './retry-failed.ts';
export { scheduleMessage } from './schedule-message.ts';
export { sendMessage } from './send-message.ts';
export { sendSingle } from './send-single.ts';
export { sendTestMessage } from './send-test-message.ts';
export { sendTestText } from './send-test-text.ts';
export { startMessageChecks } from './start-message-checks.ts';
export { takeEmailWebhook } from './take-email-webhook.ts';
export { type SmsGround, takeSmsWebhook } from './take-sms-webhook.ts';
export { unsubscribeAddress } from './unsubscribe-address.ts';
export { updateMessage } from './update-message.ts';
export { updatePreferences } from './update-preferences.ts';
export {
  createReminderRule,
  removeReminderRule,
  updateReminderRule,
} from './update-reminder-rule.ts';
export { updateSendSettings } from './update-send-settings.ts';
export { restoreTemplateVersion, updateTemplate } from './update-template.ts';
