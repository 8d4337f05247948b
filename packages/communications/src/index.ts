export { addDefaultTemplates } from './add-default-templates.ts';
export {
  cancelMessage,
  pauseMessage,
  releaseMessage,
  resumeMessage,
  unscheduleMessage,
} from './change-message-state.ts';
export { createMessage } from './create-message.ts';
export { createTemplate } from './create-template.ts';
export type { CommunicationsSettings } from './ports.ts';
export { checkAudience } from './queries/check-audience.ts';
export { checkWording } from './queries/check-wording.ts';
export { listDeliveries, listGuestDeliveries } from './queries/deliveries.ts';
export { findUnsubscribeLink, type UnsubscribeLink } from './queries/find-unsubscribe-link.ts';
export { getMessage, listMessages } from './queries/messages.ts';
export { previewMessage } from './queries/preview-message.ts';
export {
  getTemplate,
  getTemplateVersion,
  listTemplates,
  listTemplateUses,
  listTemplateVersions,
} from './queries/templates.ts';
export { removeMessage } from './remove-message.ts';
export { removeTemplate } from './remove-template.ts';
export { resolveDelivery } from './resolve-delivery.ts';
export { sendMessage } from './send-message.ts';
export { sendTestMessage } from './send-test-message.ts';
export { unsubscribeAddress } from './unsubscribe-address.ts';
export { updateMessage } from './update-message.ts';
export { restoreTemplateVersion, updateTemplate } from './update-template.ts';
