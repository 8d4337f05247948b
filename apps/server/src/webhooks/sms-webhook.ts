import { type SmsGround, takeSmsWebhook } from '@wedsync/communications';
import type { TenantDb } from '@wedsync/db/client';
import type { Wake } from '@wedsync/queue/wake';
import { createContext, systemClock } from '@wedsync/service/context';
import type { KeyRing } from '@wedsync/service/key-ring';
import { Hono } from 'hono';
import type { HttpContext, HttpEnv } from '../http-context.ts';
import { signedWebhook, type WebhookGround } from './signed-webhook.ts';

export interface SmsWebhookDeps extends WebhookGround, Omit<SmsGround, 'contextOf' | 'wake'> {
  db: TenantDb;
  wake: Wake;
  keyRing: KeyRing;
  /** WEBHOOK_SECRET_SMS. */
  secret: string | undefined;
}

/** The system in the wedding that a text is for; what it writes is audited under its name. */
const groundOf = (c: HttpContext, deps: SmsWebhookDeps): SmsGround => ({
  serviceDb: deps.serviceDb,
  linkSecret: deps.linkSecret,
  wake: deps.wake,
  contextOf: ({ orgId, weddingId }) =>
    createContext(
      {
        db: deps.db,
        wake: deps.wake,
        keyRing: deps.keyRing,
        clock: systemClock,
        requestId: c.get('requestId'),
        log: c.get('log'),
        signal: c.req.raw.signal,
      },
      { actor: { kind: 'system', name: 'sms-webhook' }, orgId, weddingId },
    ),
});

/** `POST /webhooks/sms/<provider>`: what became of texts, and what guests write back. */
export function smsWebhook(deps: SmsWebhookDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post(
    '/webhooks/sms/:provider',
    signedWebhook(deps, deps.secret, (call, c) => takeSmsWebhook(groundOf(c, deps), call)),
  );
  return app;
}
