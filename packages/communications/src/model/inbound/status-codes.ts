import type { BounceClass } from '@wedsync/contracts/communications-feedback';

interface Subject {
  meaning: string;
  bounceClass: BounceClass;
}

const hard = (meaning: string): Subject => ({ meaning, bounceClass: 'hard' });
const soft = (meaning: string): Subject => ({ meaning, bounceClass: 'soft' });
const blocked = (meaning: string): Subject => ({ meaning, bounceClass: 'blocked' });

/**
 * What the second and third number of an enhanced status code say (RFC 3463 §3, the IANA registry of
 * RFC 5248, and what large providers use beyond it), and what a permanent failure of that kind means
 * for the address. A refusal of the sender or of the content is not about the address.
 */
const subjects: Readonly<Record<string, Subject>> = {
  '0.0': soft('No further detail'),
  '1.0': hard('Other trouble with the address'),
  '1.1': hard('There is no such mailbox'),
  '1.2': hard('There is no such domain'),
  '1.3': hard('The address is malformed'),
  '1.4': hard('The address is ambiguous'),
  '1.5': soft('The address is valid'),
  '1.6': hard('The mailbox has moved and left no forwarding address'),
  '1.7': blocked('The sender’s address is malformed'),
  '1.8': blocked('The sender’s domain does not exist'),
  '1.9': soft('Passed on to a system that cannot report'),
  '1.10': hard('The domain takes no mail (null MX)'),
  '1.20': hard('The address belongs to nobody'),
  '2.0': soft('Other trouble with the mailbox'),
  '2.1': hard('The mailbox is disabled'),
  '2.2': soft('The mailbox is full'),
  '2.3': blocked('The message is too long for this mailbox'),
  '2.4': soft('A mailing list could not be expanded'),
  '3.0': soft('Other trouble with the mail system'),
  '3.1': soft('The mail system is full'),
  '3.2': soft('The mail system takes no messages now'),
  '3.3': blocked('The mail system lacks a feature the message needs'),
  '3.4': blocked('The message is too big for the mail system'),
  '3.5': soft('The mail system is set up wrongly'),
  '3.6': soft('A requested priority was changed'),
  '4.0': soft('Other trouble on the network'),
  '4.1': soft('No answer from the mail system'),
  '4.2': soft('The connection broke'),
  '4.3': soft('A directory or name server failed'),
  '4.4': soft('No way to the mail system was found'),
  '4.5': soft('The mail system is congested'),
  '4.6': soft('The message went in circles'),
  '4.7': soft('It was tried for too long'),
  '4.8': soft('A routing loop'),
  '4.14': soft('The message hopped too often'),
  '4.310': hard('There is no such domain'),
  '4.312': soft('The name server did not answer'),
  '4.316': soft('The message expired while it waited'),
  '5.0': soft('Other trouble with the protocol'),
  '5.1': blocked('A command was refused'),
  '5.2': blocked('A command was not understood'),
  '5.3': soft('Too many recipients'),
  '5.4': blocked('Command arguments were refused'),
  '5.5': blocked('Wrong protocol version'),
  '5.6': blocked('Authentication exchange line too long'),
  '6.0': blocked('Other trouble with the content'),
  '6.1': blocked('The kind of content is not supported'),
  '6.2': blocked('The content would have to be converted, which is forbidden'),
  '6.3': blocked('The content would have to be converted, which is not supported'),
  '6.4': blocked('The content was converted with losses'),
  '6.5': blocked('The content could not be converted'),
  '6.6': blocked('The content is not available'),
  '6.7': blocked('An address outside ASCII is not supported'),
  '7.0': blocked('Refused by a security rule'),
  '7.1': blocked('Delivery is not authorized; the message was refused'),
  '7.2': blocked('A mailing list does not take this sender'),
  '7.3': blocked('Security conversion is required but not possible'),
  '7.4': blocked('A security feature is not supported'),
  '7.5': blocked('A cryptographic failure'),
  '7.6': blocked('A cryptographic algorithm is not supported'),
  '7.7': blocked('The message was changed on its way'),
  '7.8': blocked('Authentication failed'),
  '7.9': blocked('Refused by policy: the sender could not be verified'),
  '7.10': blocked('Encryption is needed'),
  '7.13': hard('The mailbox is disabled'),
  '7.14': blocked('A trust relationship is required'),
  '7.15': blocked('The priority is too low'),
  '7.16': blocked('The message is too big for its priority'),
  '7.17': hard('The mailbox has a new owner'),
  '7.18': hard('The domain has a new owner'),
  '7.19': blocked('The new owner could not be verified'),
  '7.20': blocked('No valid DKIM signature'),
  '7.21': blocked('No acceptable DKIM signature'),
  '7.22': blocked('The DKIM signature is not the author’s'),
  '7.23': blocked('SPF says that the sender may not send'),
  '7.24': blocked('SPF could not be evaluated'),
  '7.25': blocked('The sending host has no valid reverse name'),
  '7.26': blocked('Several checks of the sender failed (SPF, DKIM, DMARC)'),
  '7.27': blocked('The sender’s domain takes no mail'),
  '7.28': blocked('Too much mail from the sender'),
  '7.29': blocked('ARC validation failed'),
  '7.30': blocked('Encryption to the recipient is required'),
  '7.124': blocked('The sender is not on the recipient’s list of allowed senders'),
  '7.133': blocked('The group takes mail from its own organization only'),
  '7.134': blocked('The mailbox takes mail from its own organization only'),
  '7.509': blocked('The sender’s DMARC policy refuses it'),
  '7.515': blocked('The sender does not meet the provider’s authentication rules'),
  '7.606': blocked('The sending address is banned'),
  '7.708': blocked('The sending network is not trusted'),
};

/** What only the subject says where the detail is unknown. */
const bySubject: Readonly<Record<string, Subject>> = {
  '1': hard('Trouble with the address'),
  '2': soft('Trouble with the mailbox'),
  '3': soft('Trouble with the mail system'),
  '4': soft('Trouble on the network'),
  '5': soft('Trouble with the protocol'),
  '6': blocked('Trouble with the content'),
  '7': blocked('Refused by a security rule or policy'),
};

/** Reply codes of servers that send no enhanced code (RFC 5321 §4.2.3). */
const byReply: Readonly<Record<string, Subject>> = {
  '421': soft('The mail system is not available'),
  '450': soft('The mailbox is busy'),
  '451': soft('An error in the mail system'),
  '452': soft('The mail system is full'),
  '521': hard('The domain takes no mail'),
  '550': hard('The mailbox is not available'),
  '551': hard('The mailbox is elsewhere'),
  '552': soft('The mailbox is full'),
  '553': hard('The address is not allowed'),
  '554': blocked('The message was refused'),
  '556': hard('The domain takes no mail'),
};

const enhanced = /^([245])\.(\d{1,3}\.\d{1,3})$/;

function subjectOf(code: string): Subject | undefined {
  const [, , detail] = enhanced.exec(code) ?? [];
  if (!detail) return byReply[code];
  const [subject = '', number = ''] = detail.split('.').map((part) => String(Number(part)));
  return subjects[`${subject}.${number}`] ?? bySubject[subject];
}

/** A code in words, for people; never empty. */
export function meaningOf(code: string): string {
  return subjectOf(code)?.meaning ?? 'No further detail';
}

/**
 * What a final failure with this code says about the address; undefined where the code says nothing.
 * A temporary code that became final (the relay gave up) is never the end of an address.
 */
export function classOfCode(code: string): BounceClass | undefined {
  const subject = subjectOf(code);
  if (!subject || subject === subjects['0.0']) return undefined;
  if (code.startsWith('4') && subject.bounceClass === 'hard') return 'soft';
  return subject.bounceClass;
}

/** True for `x.y.z`; codes of three digits are weaker evidence. */
export const isEnhanced = (code: string): boolean => enhanced.test(code);
