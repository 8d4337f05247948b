import type {
  DeliveryReason,
  DeliveryState,
  MergeFieldName,
  MessageKind,
  MessageState,
} from '@wedsync/contracts/communications';
import type { StatusTone } from '@wedsync/ui/status-dot';

export const kindWords: Record<MessageKind, string> = {
  save_the_date: 'Save the date',
  invitation: 'Invitation',
  reminder: 'Reminder',
  thank_you: 'Thank you',
  other: 'Message',
};

export const stateWords: Record<MessageState, string> = {
  draft: 'Draft',
  queued: 'About to start',
  sending: 'Sending',
  paused: 'Paused',
  sent: 'Sent',
  cancelled: 'Stopped',
};

export const stateTones: Record<MessageState, StatusTone> = {
  draft: 'neutral',
  queued: 'info',
  sending: 'info',
  paused: 'caution',
  sent: 'positive',
  cancelled: 'critical',
};

export const deliveryWords: Record<DeliveryState, string> = {
  ready: 'Waiting',
  claimed: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  skipped: 'Left out',
  in_doubt: 'Not certain',
  cancelled: 'Stopped',
};

export const deliveryTones: Record<DeliveryState, StatusTone> = {
  ready: 'neutral',
  claimed: 'info',
  sent: 'positive',
  failed: 'critical',
  skipped: 'neutral',
  in_doubt: 'caution',
  cancelled: 'neutral',
};

export const reasonWords: Record<DeliveryReason, string> = {
  no_address: 'Nobody in the household has an e-mail address',
  invalid_address: 'The e-mail address cannot be right',
  suppressed: 'Does not want e-mail, or the address bounced before',
  same_household_address: 'Shares the address of another guest of the household',
  reached_through_household: 'Reached through the household',
  guest_removed: 'Was removed from the guest list',
  rejected: 'The mail server refused the address',
  attempts_exhausted: 'The mail server was not ready after many attempts',
  render_failed: 'The text could not be filled in for this guest',
  process_died: 'Sending was interrupted; it may have arrived',
  connection_lost: 'The connection broke; it may have arrived',
  journal_lost: 'Sending was interrupted; it may have arrived',
};

/** Fields that a text may carry, as the couple's planner knows them. */
export const mergeFieldWords: Record<MergeFieldName, string> = {
  names: 'Everybody this e-mail speaks to',
  first_name: 'First name of the guest',
  last_name: 'Last name of the guest',
  full_name: 'Title and full name of the guest',
  household_name: 'Name of the household',
  couple_names: 'The couple',
  wedding_title: 'Title of the wedding',
  wedding_date: 'Day of the wedding',
  venue: 'Venue',
  events: 'What the household is invited to',
  rsvp_link: 'Personal link to answer',
  rsvp_deadline: 'Last day to answer',
};

/** A subject where nobody's values can stand in it: what differs for each guest becomes dots. */
export function subjectWords(subject: string): string {
  return subject.replaceAll(/\{\{.*?\}\}/g, '…');
}
