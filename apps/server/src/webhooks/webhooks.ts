import type { Env } from '@wedsync/platform/env';
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import type { HttpEnv } from '../http-context.ts';
import { emailWebhook } from './email-webhook.ts';
import { smsWebhook } from './sms-webhook.ts';

/** The doors of all providers, each with a secret of its own. */
export function webhooks(env: Env, dependencies: Dependencies): Hono<HttpEnv> {
  const { LINK_SECRET: linkSecret, BOUNCE_DOMAIN: bounceDomain } = env;
  const email = { ...dependencies, secret: env.WEBHOOK_SECRET_EMAIL, linkSecret, bounceDomain };
  const sms = { ...dependencies, secret: env.WEBHOOK_SECRET_SMS, linkSecret };
  return new Hono<HttpEnv>().route('/', emailWebhook(email)).route('/', smsWebhook(sms));
}
