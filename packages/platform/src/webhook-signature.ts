import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of webhooks as Standard Webhooks (standardwebhooks.com) writes them: HMAC-SHA-256 over
 * id, time (seconds since 1970) and body, so that a captured call can be neither changed nor
 * repeated later. The signature is `v1,<base64>`, or several separated by spaces while a secret is
 * being changed.
 */
export type SignedHeaders = Record<
  'webhook-id' | 'webhook-timestamp' | 'webhook-signature',
  string
>;

/** How far the sender's clock may be off, and so how long a captured call could be repeated. */
export const webhookToleranceMs = 300_000;

/** `whsec_<base64>` as the standard hands secrets out, or any other text as it is. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

function signatureOf(secret: string, call: { id: string; timestamp: string; body: string }) {
  const content = `${call.id}.${call.timestamp}.${call.body}`;
  return `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`;
}

export function signWebhook(
  secret: string,
  call: { id: string; body: string; at: Date },
): SignedHeaders {
  const timestamp = String(Math.floor(call.at.getTime() / 1_000));
  const { id, body } = call;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, { id, timestamp, body }),
  };
}

/** As node parses them: lower-case names, lists where a header came twice. */
export type HeaderValues = Readonly<Record<string, string | string[] | undefined>>;

export type WebhookVerdict = 'valid' | 'unsigned' | 'expired' | 'forged';

/** Judges a call by its headers and the bytes of its body, in constant time. */
export function verifyWebhook(
  secret: string,
  call: { headers: HeaderValues; body: string; now: Date },
): WebhookVerdict {
  const header = (name: keyof SignedHeaders) => {
    const value = call.headers[name];
    return typeof value === 'string' ? value : '';
  };
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  const signatures = header('webhook-signature');
  if (!id || !timestamp || !signatures) return 'unsigned';
  const age = Math.abs(call.now.getTime() - Number(timestamp) * 1_000);
  if (!(age <= webhookToleranceMs)) return 'expired';
  const expected = Buffer.from(signatureOf(secret, { id, timestamp, body: call.body }));
  const isOurs = signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isOurs ? 'valid' : 'forged';
}
