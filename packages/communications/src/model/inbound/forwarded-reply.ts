import type { ReadMail } from './read-mail.ts';

/** Marks what we pass on: whatever comes back with it has gone round. */
export const forwardedHeader = 'X-WedSync-Forwarded';

/** More stations than any mail passes on its way (RFC 5321 §6.3 counts a hundred as a loop). */
const stationsMax = 50;

/**
 * Why an answer is not passed on; undefined where it is. Answers of machines never come this far
 * (RFC 3834): this stops two mailboxes that forward to each other.
 */
export function loopOf(
  mail: Pick<ReadMail, 'header' | 'from' | 'stations'>,
  { mailFrom, mailbox, domain }: { mailFrom: string; mailbox: string; domain: string },
): 'from_nobody' | 'forwarded_before' | 'too_many_stations' | 'to_ourselves' | undefined {
  const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (mailFrom === '' || mail.from === '') return 'from_nobody';
  if (mail.header(forwardedHeader) !== '') return 'forwarded_before';
  if (mail.stations > stationsMax) return 'too_many_stations';
  if (domainOf(mailbox) === domain.toLowerCase() || domainOf(mail.from) === domain.toLowerCase()) {
    return 'to_ourselves';
  }
  return undefined;
}

/** Who is answering, in the words of the mail that the planner gets. */
export interface AnswerFacts {
  guestName: string | null;
  messageTitle: string;
  weddingTitle: string;
  from: string;
}

/** The text above a guest's answer: what it answers, and how to answer in turn. */
export function replyText(text: string, facts: AnswerFacts): string {
  const { guestName, messageTitle, weddingTitle, from } = facts;
  const who = guestName ? `${guestName} <${from}>` : from;
  return [
    text.trim() || '(There is no text in this answer; the attached original shows it as it came.)',
    '',
    '--',
    `${who} answered “${messageTitle}” (${weddingTitle}).`,
    'Reply to this e-mail to write to them. The original is attached as it came.',
    '',
  ].join('\n');
}
