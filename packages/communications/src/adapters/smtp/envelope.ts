import { isAscii } from 'node:buffer';
import type { Refusal } from '../../model/smtp-outcome.ts';
import type { OutboundEmail } from '../../ports.ts';
import type { Capabilities } from './capabilities.ts';

/** The commands before the content, each with its line end. */
export interface Envelope {
  mail: string;
  rcpt: string;
}

/** No space, control character or bracket, so it cannot end the command it stands in. */
const plainAddress = /^[!-;=?-~]{1,254}$/;
const wideAddress = /^[^\p{C}\p{Z}<>]{1,254}$/u;

const refuse = (code: string): Refusal => ({ kind: 'rejected', code });

/** RFC 3461 §4: everything outside `!`-`~`, and `+` and `=`, in hexadecimal. */
const xtext = (text: string) =>
  text.replace(
    /[^!-*,-<>-~]/g,
    (character) => `+${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

function mailParameters(email: OutboundEmail, offered: Capabilities): string | Refusal {
  const { content, id, needsSmtpUtf8 } = email;
  const size = content.length;
  if (offered.sizeMax > 0 && size > offered.sizeMax) return refuse('5.3.4');
  let parameters = offered.size ? ` SIZE=${size}` : '';
  if (!isAscii(content)) {
    // Nobody converts on the way any more (RFC 6152 §3), and we only make such mail for SMTPUTF8.
    if (!offered.eightBitMime) return refuse('5.6.3');
    parameters += ' BODY=8BITMIME';
  }
  if (needsSmtpUtf8) {
    if (!offered.smtpUtf8) return refuse('5.6.7');
    parameters += ' SMTPUTF8';
  }
  return offered.dsn ? `${parameters} RET=HDRS ENVID=${id}` : parameters;
}

/**
 * The envelope in the server's terms, or why this e-mail cannot be given to this server: codes are
 * those that the server would have used (RFC 3463, RFC 6531 §3.4).
 */
export function envelopeOf(
  email: OutboundEmail,
  offered: Capabilities,
  notify: string | undefined,
): Envelope | Refusal {
  const { envelopeFrom, envelopeTo, needsSmtpUtf8 } = email;
  const address = needsSmtpUtf8 ? wideAddress : plainAddress;
  // The sender is ours, so this is not the recipient's fault.
  if (envelopeFrom !== '' && !plainAddress.test(envelopeFrom)) {
    return { kind: 'unreachable', code: '5.1.7' };
  }
  if (!address.test(envelopeTo)) return refuse('5.1.3');
  const parameters = mailParameters(email, offered);
  if (typeof parameters !== 'string') return parameters;
  const reports =
    offered.dsn && notify
      ? ` NOTIFY=${notify}${needsSmtpUtf8 ? '' : ` ORCPT=rfc822;${xtext(envelopeTo)}`}`
      : '';
  return {
    mail: `MAIL FROM:<${envelopeFrom}>${parameters}\r\n`,
    rcpt: `RCPT TO:<${envelopeTo}>${reports}\r\n`,
  };
}
