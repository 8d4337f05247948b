import type { BounceClass, MailProvider } from '@wedsync/contracts/communications-feedback';
import { isAutoReply } from './auto-reply.ts';
import { fieldGroups, type RecipientStatus, readDeliveryStatus } from './delivery-status.ts';
import { classOfPhrase } from './diagnostic-phrases.ts';
import { providerIn, providerOf } from './mail-providers.ts';
import { readPlainBounce } from './plain-bounce.ts';
import { type ReadMail, readMail } from './read-mail.ts';
import { classOfCode, isEnhanced } from './status-codes.ts';

/** What an e-mail to a bounce address is. */
export type InboundMail =
  | { kind: 'bounced'; bounceClass: BounceClass; code?: string; provider: MailProvider }
  | { kind: 'deferred'; code?: string; provider: MailProvider }
  | { kind: 'delivered' | 'complained' | 'unsubscribed'; provider: MailProvider }
  | { kind: 'auto_replied' | 'replied' }
  | { kind: 'ignored'; reason: 'unreadable' | 'relayed' | 'not_a_complaint' };

/**
 * What a final failure says about the address. An enhanced code is the surest word, but many systems
 * give a general one and say the truth in the text; a code of three digits is the weakest.
 */
export function bounceClassOf(code: string, words: string): BounceClass {
  const byCode = classOfCode(code);
  const byWords = classOfPhrase(words);
  if (!byCode) return byWords ?? (code.startsWith('5') ? 'hard' : 'soft');
  if (!byWords || byWords === byCode) return byCode;
  if (code.startsWith('4')) return byWords === 'hard' ? byCode : byWords;
  if (!isEnhanced(code)) return byWords;
  // 5.1.1 "listed as spam" is about us; 5.7.1 "user unknown" is about the guest.
  return byWords === 'soft' && byCode === 'blocked' ? byCode : byWords;
}

const withCode = (code: string) =>
  /^[245](?:\.\d{1,3}\.\d{1,3}|\d\d)$/.test(code) ? { code } : {};

function ofStatus(status: RecipientStatus): InboundMail {
  const { action, diagnostic, remoteHost, domain } = status;
  // Sendmail's general 5.0.0 often stands beside a better code in the diagnostic.
  const told = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(diagnostic)?.[1];
  const general = status.status === '' || /^[45]\.0\.0$/.test(status.status);
  const reply = /^\s*(?:smtp;\s*)?([45]\d\d)\b/i.exec(diagnostic)?.[1];
  const code = general ? (told ?? reply ?? status.status) : status.status;
  const near = [remoteHost, domain].map(providerOf).find((name) => name !== 'other');
  const provider = near ?? providerIn(diagnostic);
  if (action === 'delivered') return { kind: 'delivered', provider };
  if (action === 'delayed') return { kind: 'deferred', ...withCode(code), provider };
  if (action === 'failed') {
    return {
      kind: 'bounced',
      bounceClass: bounceClassOf(code, diagnostic),
      ...withCode(code),
      provider,
    };
  }
  return { kind: 'ignored', reason: 'relayed' };
}

/** Abuse reporting format (RFC 5965, RFC 6430 for `not-spam`, RFC 6591 for `auth-failure`). */
function ofFeedbackReport(text: string, mail: ReadMail): InboundMail {
  const fields = fieldGroups(text)[0];
  const type = fields?.get('feedback-type')?.toLowerCase().split(/[\s;]/)[0] ?? '';
  const provider = providerIn(`${fields?.get('reporting-mta') ?? ''} ${mail.from.split('@')[1]}`);
  if (type === 'not-spam' || type === 'auth-failure') {
    return { kind: 'ignored', reason: 'not_a_complaint' };
  }
  if (type.startsWith('opt-out') || type === 'unsubscribe') {
    return { kind: 'unsubscribed', provider };
  }
  return { kind: 'complained', provider };
}

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];

function classify(mail: ReadMail, fromNobody: boolean): InboundMail {
  const [complaint] = mail.parts('message/feedback-report');
  if (complaint !== undefined) return ofFeedbackReport(complaint, mail);
  for (const part of mail.parts(...statusTypes)) {
    const status = readDeliveryStatus(part);
    if (status) {
      const words = `${status.diagnostic} ${status.diagnostic ? '' : mail.text.slice(0, 3_000)}`;
      return ofStatus({ ...status, diagnostic: words.trim() });
    }
  }
  // A read receipt (RFC 8098): some program saw it, nobody answered.
  if (mail.parts('message/disposition-notification').length > 0) return { kind: 'auto_replied' };
  const bounce = readPlainBounce(mail, fromNobody);
  if (bounce) {
    const { code, reason, isFinal } = bounce;
    const provider = providerIn(`${mail.from.split('@')[1] ?? ''} ${reason}`);
    if (!isFinal) return { kind: 'deferred', ...withCode(code), provider };
    const bounceClass = bounceClassOf(code, reason);
    return { kind: 'bounced', bounceClass, ...withCode(code), provider };
  }
  return isAutoReply(mail) ? { kind: 'auto_replied' } : { kind: 'replied' };
}

/** What an e-mail is, with the e-mail itself where it could be read. */
export interface ClassifiedMail {
  what: InboundMail;
  mail: ReadMail | undefined;
}

/** `classifyMail`, for who also needs what stands in it. */
export async function readAndClassify(raw: Uint8Array, mailFrom: string): Promise<ClassifiedMail> {
  const mail = await readMail(raw);
  const what: InboundMail = mail
    ? classify(mail, mailFrom === '')
    : { kind: 'ignored', reason: 'unreadable' };
  return { what, mail };
}

/**
 * Tells what came back: a report of a mail system, a complaint, an automatic answer or a person.
 * Never throws, and its work is bounded whatever the bytes are.
 * @param mailFrom the envelope's sender; empty for reports (RFC 5321 §4.5.5)
 */
export async function classifyMail(raw: Uint8Array, mailFrom: string): Promise<InboundMail> {
  return (await readAndClassify(raw, mailFrom)).what;
}
