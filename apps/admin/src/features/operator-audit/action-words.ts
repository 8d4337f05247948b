import type { OperatorAction, OperatorActionEntry } from '@wedsync/contracts/monitoring';
import { jobTitle } from '../../lib/job-words.ts';
import { tierWords } from '../organizations/tier-words.ts';

type Settings = OperatorActionEntry['before'];

const textOf = (settings: Settings, key: string): string => {
  const value = settings?.[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

function tierOf(settings: Settings): string {
  const tier = textOf(settings, 'tier');
  return tier === 'free' || tier === 'studio' || tier === 'enterprise'
    ? tierWords[tier].label
    : tier;
}

const jobOf = ({ after }: OperatorActionEntry) => jobTitle(textOf(after, 'job')) || 'A job';
const someone = ({ subject }: OperatorActionEntry) => subject ?? 'a removed account';

const rateOf = (settings: Settings) =>
  settings?.perSecond === null || settings?.perSecond === undefined
    ? 'no limit'
    : `${textOf(settings, 'perSecond')} a second`;

/** What was done, as a sentence without its subject. */
const sentences: Record<OperatorAction, (entry: OperatorActionEntry) => string> = {
  'integrity.check': () => 'Started the check of the ledger',
  'integrity.accept': ({ after }) => `Accepted a finding: ${textOf(after, 'note')}`,
  'jobs.retry': (entry) => `Started “${jobOf(entry)}” over`,
  'jobs.cancel': (entry) => `Cancelled “${jobOf(entry)}”`,
  'keys.rotate': ({ after }) =>
    textOf(after, 'weddingId')
      ? 'Replaced the key of a wedding'
      : 'Replaced the keys of all weddings',
  'mail.clear': ({ before }) => `Deleted ${textOf(before, 'mails')} caught mails`,
  'organizations.update-tier': ({ subject, before, after }) =>
    `Moved ${subject ?? 'a removed company'} from ${tierOf(before)} to ${tierOf(after)}`,
  'seating.refresh-views': () => 'Had the figures of seating brought up to date',
  'sending.update-rate': ({ before, after }) =>
    `Changed the limit of ${textOf(after, 'scope')} from ${rateOf(before)} to ${rateOf(after)}`,
  'sms.assign-number': ({ subject, before, after }) =>
    textOf(after, 'number')
      ? `Gave ${subject ?? 'a removed company'} the number ${textOf(after, 'number')}`
      : `Took the number ${textOf(before, 'number')} from ${subject ?? 'a removed company'}`,
  'sms.update-prices': ({ after }) => `Wrote ${textOf(after, 'prices')} prices of text messages`,
  'texts.clear': ({ before }) => `Deleted ${textOf(before, 'texts')} simulated texts`,
  'texts.reply': () => 'Answered a simulated text as a guest',
  'users.disable': (entry) => `Closed the account of ${someone(entry)}`,
  'users.enable': (entry) => `Opened the account of ${someone(entry)} again`,
  'users.grant-operator': (entry) => `Made ${someone(entry)} an operator`,
  'users.revoke-operator': (entry) => `Took the operator right from ${someone(entry)}`,
  'users.end-sessions': (entry) => `Signed ${someone(entry)} out everywhere`,
};

/** One line of the operators' log in words; an action of a newer version shows its name. */
export function describeAction(entry: OperatorActionEntry): string {
  return sentences[entry.action]?.(entry) ?? entry.action;
}
