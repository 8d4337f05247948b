import type { SendOutcome } from '../ports.ts';

/** What an SMTP client knows about an attempt that did not end in acceptance. */
export interface SmtpFailure {
  /** Last reply of the server, where there was one. */
  responseCode?: number | undefined;
  response?: string | undefined;
  /** The client's own word, e.g. `ETIMEDOUT`. */
  code?: string | undefined;
  /** Whether any byte of the e-mail itself was handed to the connection. */
  handedOver: boolean;
}

const enhancedCode = /\b([245]\.\d{1,3}\.\d{1,3})\b/;

/**
 * Decides what a failed attempt means (RFC 5321 §4.2.1, RFC 3463). A reply is the server's decision
 * and settles it. Without one, everything turns on whether the e-mail had been handed over.
 */
export function classifyFailure(failure: SmtpFailure): SendOutcome {
  const { responseCode, response = '', code = 'unknown', handedOver } = failure;
  if (code === 'EAUTH') return { kind: 'unreachable', code: String(responseCode ?? code) };
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 600) {
    const [, enhanced] = enhancedCode.exec(response) ?? [];
    const shown = enhanced ?? String(responseCode);
    // 421 closes the channel: it speaks of the server, not of the recipient.
    if (responseCode === 421) return { kind: 'unreachable', code: shown };
    return { kind: responseCode < 500 ? 'deferred' : 'rejected', code: shown };
  }
  return { kind: handedOver ? 'unknown' : 'unreachable', code };
}
