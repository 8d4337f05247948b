import type { HeldReason, MessagePurpose, MessageState } from '@wedsync/contracts/communications';
import type {
  MergeFieldName,
  MessageChannel,
  MessageKind,
} from '@wedsync/contracts/communications-templates';
import type { StatusTone } from '@wedsync/ui/status-dot';

/** Everything that messages name in codes, in the words of a person. */
export const kindWords: Record<MessageKind, string> = {
  save_the_date: 'Save the date',
  invitation: 'Invitation',
  reminder: 'Reminder',
  logistics: 'How to get there',
  day_of: 'On the day',
  thank_you: 'Thank you',
  other: 'Message',
};

export const channelWords: Record<MessageChannel, string> = {
  email: 'E-mail',
  sms: 'Text message',
  notice: 'Note on the answer page',
};

/** What leaves on a channel, one and many. */
export const channelUnits: Record<MessageChannel, [string, string]> = {
  email: ['e-mail', 'e-mails'],
  sms: ['text', 'texts'],
  notice: ['note', 'notes'],
};

export const purposeWords: Record<MessagePurpose, string> = {
  relationship: 'News of the couple to their guests',
  commercial: 'Promotes something',
};

export const stateWords: Record<MessageState, string> = {
  draft: 'Draft',
  scheduled: 'Planned',
  held: 'Held back',
  queued: 'About to start',
  sending: 'Sending',
  paused: 'Paused',
  sent: 'Sent',
  cancelled: 'Stopped',
};

export const stateTones: Record<MessageState, StatusTone> = {
  draft: 'neutral',
  scheduled: 'info',
  held: 'caution',
  queued: 'info',
  sending: 'info',
  paused: 'caution',
  sent: 'positive',
  cancelled: 'critical',
};

export const heldWords: Record<HeldReason, string> = {
  too_late: 'Its time had passed before it could start, so it may not make sense any more.',
  restored: 'The data came back from a backup, so it may have been sent before.',
  no_anchor: 'The day that it counts from is gone or not fixed.',
};

/** Fields that a text may carry, as the couple's planner knows them. */
export const mergeFieldWords: Record<MergeFieldName, string> = {
  names: 'Everybody this message speaks to',
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

/** The words of a field that a text names; the name itself where it is not one of ours. */
export function fieldWords(name: string): string {
  return Object.entries(mergeFieldWords).find(([key]) => key === name)?.[1] ?? name;
}

/** A subject where nobody's values can stand in it: what differs for each guest becomes dots. */
export function subjectWords(subject: string): string {
  return subject.replaceAll(/\{\{.*?\}\}/g, '…');
}

/** "Portuguese (Brazil)" for `pt-BR`, in the reader's language. */
export function languageWords(tag: string): string {
  try {
    return new Intl.DisplayNames(navigator.language, { type: 'language' }).of(tag) ?? tag;
  } catch {
    // A tag that this browser does not know still names itself.
    return tag;
  }
}
