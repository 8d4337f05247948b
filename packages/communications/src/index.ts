export { addDefaultTemplates } from './add-default-templates.ts';
export {
  cancelMessage,
  pauseMessage,
  resumeMessage,
  sendMessage,
} from './change-message-state.ts';
export { createMessage } from './create-message.ts';
export { createTemplate } from './create-template.ts';
export type { CommunicationsSettings } from './ports.ts';
export { checkAudience } from './queries/check-audience.ts';
export { listDeliveries, listGuestDeliveries } from './queries/deliveries.ts';
export { findUnsubscribeLink, type UnsubscribeLink } from './queries/find-unsubscribe-link.ts';
export { listTemplates } from './queries/list-templates.ts';
export { getMessage, listMessages } from './queries/messages.ts';
export { previewMessage } from './queries/preview-message.ts';
export { removeMessage } from './remove-message.ts';
export { removeTemplate } from './remove-template.ts';
export { resolveDelivery } from './resolve-delivery.ts';
export { sendTestMessage } from './send-test-message.ts';
export { unsubscribeAddress } from './unsubscribe-address.ts';
export { updateMessage } from './update-message.ts';
export { updateTemplate } from './update-template.ts';
