import { type FeedbackGround, takeEmailWebhook, verpKey } from '@wedsync/communications';
import { Hono } from 'hono';
import type { HttpEnv } from '../http-context.ts';
import { signedWebhook, type WebhookGround } from './signed-webhook.ts';

export interface EmailWebhookDeps extends WebhookGround, FeedbackGround {
  /** WEBHOOK_SECRET_EMAIL. */
  secret: string | undefined;
  linkSecret: string;
  /** BOUNCE_DOMAIN; without it no return path is ours. */
  bounceDomain: string | undefined;
}

/** `POST /webhooks/email/<provider>`: what a mail provider says became of e-mails. */
export function emailWebhook(deps: EmailWebhookDeps): Hono<HttpEnv> {
  const { linkSecret, bounceDomain, secret } = deps;
  const app = new Hono<HttpEnv>();
  const paths = { key: verpKey(linkSecret), domain: bounceDomain ?? '' };
  app.post(
    '/webhooks/email/:provider',
    signedWebhook(deps, bounceDomain ? secret : undefined, (call) =>
      takeEmailWebhook(deps, paths, call),
    ),
  );
  return app;
}
