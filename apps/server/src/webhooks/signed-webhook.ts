import type { RefusalCounter } from '@wedsync/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { verifyWebhook } from '@wedsync/platform/webhook-signature';
import type { Handler } from 'hono';
import { addressKey } from '../client-address.ts';
import type { HttpContext, HttpEnv } from '../http-context.ts';
import type { RateLimits } from '../rate-limits.ts';

/** What every door for webhooks stands on. */
export interface WebhookGround {
  limits: Pick<RateLimits, 'webhook'>;
  refusals: Pick<RefusalCounter, 'count'>;
  now?: () => Date;
}

/** A call whose signature holds and whose body is JSON. */
export interface SignedCall {
  /** The last part of the path; lower-case letters, digits and dashes. */
  provider: string;
  /** The sender's `webhook-id`: the same when it repeats the call. */
  id: string;
  body: unknown;
}

/** A forged call costs as much of its address's allowance as this many good ones. */
const forgedPoints = 100;
const providerShape = /^[a-z0-9][a-z0-9-]{0,39}$/;

const closed = () =>
  new DomainError('not-found', 'server.no-webhook', 'There is no webhook at this address.');

const wrongSignature = {
  unsigned: 'Sign the call: webhook-id, webhook-timestamp and webhook-signature are needed.',
  expired: 'The call is older than five minutes, or one of the two clocks is wrong.',
  forged: 'The signature does not match. Check that both sides have the same secret.',
} as const;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('invalid', 'server.not-json', 'The body is not JSON.');
  }
}

async function verifiedBody(
  c: HttpContext,
  ground: WebhookGround,
  secret: string,
): Promise<unknown> {
  const key = addressKey(c.get('clientIp'));
  await ground.limits.webhook.consume(key);
  const text = await c.req.text();
  const headers = c.req.header();
  const verdict = verifyWebhook(secret, {
    headers,
    body: text,
    now: ground.now?.() ?? new Date(),
  });
  if (verdict !== 'valid') {
    ground.refusals.count('webhook', verdict);
    await ground.limits.webhook.consume(key, forgedPoints);
    throw new DomainError('unauthenticated', 'server.webhook-signature', wrongSignature[verdict]);
  }
  return jsonOf(text);
}

/**
 * A door that only a provider with our secret gets through (Standard Webhooks): limited by address,
 * judged by its signature over id, time and the very bytes of the body, then handed on as JSON.
 * Without a secret there is no door.
 */
export function signedWebhook(
  ground: WebhookGround,
  secret: string | undefined,
  take: (call: SignedCall, c: HttpContext) => Promise<object>,
): Handler<HttpEnv> {
  return async (c) => {
    const provider = c.req.param('provider') ?? '';
    if (!secret || !providerShape.test(provider)) throw closed();
    const body = await verifiedBody(c, ground, secret);
    const id = c.req.header('webhook-id') ?? '';
    return c.json(await take({ provider, id, body }, c));
  };
}
