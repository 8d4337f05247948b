import type { DeliveryReason, DeliveryState } from '@wedsync/contracts/communications';
import type { DeliveryEventKind } from '@wedsync/contracts/communications-feedback';
import type { StatusTone } from '@wedsync/ui/status-dot';

/** What became of a message for one guest, in the words of a person. */
export const deliveryWords: Record<DeliveryState, string> = {
  ready: 'Waiting',
  claimed: 'Being sent',
  in_doubt: 'Not certain',
  sent: 'Sent',
  delivered: 'Delivered',
  bounced: 'Came back',
  complained: 'Marked as unwanted',
  failed: 'Failed',
  skipped: 'Left out',
  cancelled: 'Stopped',
};

export const deliveryTones: Record<DeliveryState, StatusTone> = {
  ready: 'neutral',
  claimed: 'info',
  in_doubt: 'caution',
  sent: 'positive',
  delivered: 'positive',
  bounced: 'critical',
  complained: 'critical',
  failed: 'critical',
  skipped: 'neutral',
  cancelled: 'neutral',
};

export const reasonWords: Record<DeliveryReason, string> = {
  no_address: 'Nobody in the household has an address for this',
  invalid_address: 'The address cannot be right',
  suppressed: 'Does not want messages, or the address bounced before',
  no_consent: 'Has not agreed to text messages',
  same_household_address: 'Shares the address of another guest of the household',
  reached_through_household: 'Reached through the household',
  guest_removed: 'Was removed from the guest list',
  weekly_limit: 'Has had enough messages this week',
  erased: 'Asked to be forgotten',
  too_late: 'It would have arrived too late',
  rejected: 'The mail server refused the address',
  attempts_exhausted: 'The mail server was not ready after many attempts',
  render_failed: 'The text could not be filled in for this guest',
  process_died: 'Sending was interrupted; it may have arrived',
  connection_lost: 'The connection broke; it may have arrived',
  journal_lost: 'Sending was interrupted; it may have arrived',
  bounced_hard: 'The address does not exist (any more)',
  bounced_soft: 'The mailbox was full or not ready',
  bounced_blocked: 'The mail system refused the message',
};

export const eventWords: Record<DeliveryEventKind, string> = {
  delivered: 'Delivered',
  deferred: 'Delayed by the other side',
  bounced: 'Came back',
  complained: 'Marked as unwanted by the guest',
  unsubscribed: 'Asked for no more messages',
  replied: 'Answered',
  auto_replied: 'An automatic reply came',
};

/** Guests whom nothing reached although something was sent: what fixing an address can mend. */
export const isFixable = (state: DeliveryState, reason: DeliveryReason | null) =>
  state === 'bounced' ||
  (state === 'failed' && reason !== 'render_failed') ||
  (state === 'skipped' && (reason === 'invalid_address' || reason === 'no_address'));
