import type { SendOutcome } from '../../ports.ts';

export interface ProviderAnswer {
  status: number;
  /** Header `Retry-After` (RFC 9110 §10.2.3): seconds or a date. */
  retryAfter: string | null;
  body: string;
}

/** An outcome, and how long the provider wants to be left alone. */
export type ProviderOutcome = SendOutcome & { retryAfterMs?: number };

const codeMax = 60;
/** Where a provider says nothing about when to come back. */
const retryAfterDefaultMs = 5_000;
/** After an answer that was lost on the way, which says nothing about the provider. */
const retryLostMs = 200;
const retryAfterMaxMs = 300_000;
/** Our key, our address or our account: no recipient is at fault. */
const oursToFix = new Set([401, 402, 403, 404, 405, 407, 410, 415, 421]);

/**
 * What an answer of a provider means for one text. An error of the server says nothing about whether
 * the text was taken: asking again is safe only where the provider knows the text by its key.
 */
export function smsOutcome(
  answer: ProviderAnswer,
  { isIdempotent, now }: { isIdempotent: boolean; now: number },
): ProviderOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const providerRef = textOf(answer.body, ['providerRef', 'id', 'messageId']);
    return providerRef ? { kind: 'accepted', providerRef } : { kind: 'accepted' };
  }
  const code =
    textOf(answer.body, ['code', 'errorCode'])?.replace(/[^\w.-]/g, '_') ?? `http_${status}`;
  if (status === 429 || status === 503) {
    return { kind: 'unreachable', code, retryAfterMs: waitOf(answer.retryAfter, now) };
  }
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || oursToFix.has(status)) return { kind: 'unreachable', code };
  // The provider is still working on an earlier request with the same key.
  if (status === 408 || status === 409 || status === 425) return { kind: 'deferred', code };
  if (status >= 400 && status < 500) return { kind: 'rejected', code };
  return isIdempotent
    ? { kind: 'unreachable', code, retryAfterMs: waitOf(answer.retryAfter, now) }
    : { kind: 'unknown', code };
}

/** Failures that happen before a request has left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What a request that got no answer means. */
export function smsTrouble(error: unknown, isIdempotent: boolean): ProviderOutcome {
  const code = codeOf(error);
  if (neverLeft.has(code)) return { kind: 'unreachable', code };
  return isIdempotent
    ? { kind: 'unreachable', code, retryAfterMs: retryLostMs }
    : { kind: 'unknown', code };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown_error';
  if (error.name === 'TimeoutError') return 'no_answer_in_time';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return 'connection_lost';
}

function waitOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return retryAfterDefaultMs;
  const seconds = Number(retryAfter);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(retryAfter) - now;
  if (!Number.isFinite(waitMs)) return retryAfterDefaultMs;
  return Math.min(Math.max(waitMs, 0), retryAfterMaxMs);
}

/** The first of the fields that holds a short text or a number. */
function textOf(body: string, fields: readonly string[]): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const values = new Map(Object.entries(parsed));
  for (const field of fields) {
    const value: unknown = values.get(field);
    if (typeof value === 'string' && value !== '') return value.slice(0, codeMax);
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}
