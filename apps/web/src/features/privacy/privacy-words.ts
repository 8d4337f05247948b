import type {
  SuppressionChannel,
  SuppressionReason,
} from '@wedsync/contracts/communications-feedback';
import type {
  ConsentChannel,
  ConsentPurpose,
  ConsentStatus,
  ConsentWay,
} from '@wedsync/contracts/privacy';

/** Consents and opt-outs, in the words of a person. */
export const consentChannelWords: Record<ConsentChannel, string> = {
  email: 'E-mail',
  sms: 'Text messages',
  notice: 'Notes on the answer page',
};

export const consentPurposeWords: Record<ConsentPurpose, string> = {
  relationship: 'about the wedding',
  commercial: 'that promote something',
};

export const consentStatusWords: Record<ConsentStatus, string> = {
  granted: 'Agreed',
  withdrawn: 'Withdrawn',
};

export const consentWayWords: Record<ConsentWay, string> = {
  form: 'on the answer page',
  link: 'through the link in a message',
  sms: 'by text message',
  email: 'by e-mail',
  paper: 'on paper',
  verbal: 'by word of mouth',
  import: 'with an imported list',
};

export const suppressionChannelWords: Record<SuppressionChannel, string> = {
  email: 'E-mail',
  sms: 'Text messages',
};

export const suppressionReasonWords: Record<SuppressionReason, string> = {
  unsubscribed: 'Asked for no more messages',
  bounced: 'The address does not work',
  soft_bounced: 'Five messages in a row came back',
  complained: 'Marked a message as unwanted',
  manual: 'Entered by a planner',
  erased: 'Was erased and wants to stay so',
};

const isReason = (code: string): code is SuppressionReason => code in suppressionReasonWords;
const isChannel = (code: string): code is SuppressionChannel => code in suppressionChannelWords;

/** "E-mail: asked for no more messages", for the counts of the summary. */
export function suppressedWords(channel: string, reason: string): string {
  const by = isChannel(channel) ? suppressionChannelWords[channel] : 'Messages';
  return `${by}: ${isReason(reason) ? suppressionReasonWords[reason].toLowerCase() : 'stopped'}`;
}

/** What is deleted by itself, and from when its days are counted; the server names both by codes. */
export const keptWords: Readonly<Record<string, string>> = {
  'removed-guests': 'Guests taken off the list',
  'import-snapshots': 'What an import replaced',
  'inbound-texts': 'Texts that guests wrote',
  'history-values': 'Old values in the history',
  'message-ledger': 'Messages and to whom they went',
  'message-reports': 'What came back about messages',
};
export const sinceWords: Readonly<Record<string, string>> = {
  removal: 'they were removed',
  import: 'the import',
  arrival: 'they arrived',
  change: 'the change',
  'month-end': 'the end of their month',
  'wedding-day': 'the wedding day',
};
