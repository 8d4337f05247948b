import type { SendOutcome } from '../ports.ts';

/** What was asked when the server refused; `session` is everything before the first MAIL. */
export type SmtpStage = 'session' | 'mail' | 'rcpt' | 'data' | 'content';

/** What an SMTP client knows about an attempt that did not end in acceptance. */
export interface SmtpFailure {
  /** Last reply of the server, where there was one. */
  responseCode?: number | undefined;
  response?: string | undefined;
  /** The client's own word, e.g. `ETIMEDOUT`. */
  code?: string | undefined;
  /** Whether any byte of the e-mail itself was handed to the connection. */
  handedOver: boolean;
  /** What the reply answered, where that is known. */
  stage?: SmtpStage | undefined;
}

const enhancedCode = /(?:^|[\s-])([245]\.\d{1,3}\.\d{1,3})\b/;

/** The server as a whole: closing, throttling, or wanting other credentials (RFC 4954 §6). */
const serverCodes = new Set([421, 454, 530, 534, 535, 538]);
/** RFC 3463 §3.4: full, not accepting, wrongly configured. */
const serverStates = /^[45]\.3\.[125]$/;
/** RFC 3463: too big, or content that it does not take; the one refusal of MAIL that is the e-mail's. */
const contentStates = /^5\.(2\.3|3\.4|6\.\d+)$/;

/** The outcome that a refusal means. */
export interface Refusal {
  kind: 'deferred' | 'rejected' | 'unreachable';
  code: string;
}

/**
 * Decides what a refusing reply means (RFC 5321 §4.2.1, RFC 3463): for this e-mail, or for all.
 * A refused sender is nobody's address being wrong, so it burns no attempt and suppresses nobody.
 */
export function classifyReply(
  stage: SmtpStage,
  { code, text }: { code: number; text: string },
): Refusal {
  const [, enhanced] = enhancedCode.exec(text) ?? [];
  // RFC 2034 §4: the first digits agree, or the enhanced code is somebody's slip.
  const isSound = enhanced !== undefined && enhanced.charCodeAt(0) - 48 === Math.floor(code / 100);
  const shown = isSound ? enhanced : String(code);
  const unreachable: Refusal = { kind: 'unreachable', code: shown };
  if (stage === 'session' || serverCodes.has(code) || serverStates.test(shown)) return unreachable;
  if (code < 500) return { kind: 'deferred', code: shown };
  const isAboutContent = code === 552 || contentStates.test(shown);
  if (stage === 'mail' && !isAboutContent) return unreachable;
  return { kind: 'rejected', code: shown };
}

/**
 * Decides what a failed attempt means. A reply is the server's decision and settles it. Without one,
 * everything turns on whether the e-mail had been handed over.
 */
export function classifyFailure(failure: SmtpFailure): SendOutcome {
  const { responseCode, response = '', code = 'unknown', handedOver, stage = 'rcpt' } = failure;
  if (code === 'EAUTH') return { kind: 'unreachable', code: String(responseCode ?? code) };
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 600) {
    return classifyReply(stage, { code: responseCode, text: response });
  }
  return { kind: handedOver ? 'unknown' : 'unreachable', code };
}
