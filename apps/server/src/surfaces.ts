import { createAppRouter } from '@wedsync/api/router';
import { createHttpSmsTransport } from '@wedsync/communications';
import type { Env } from '@wedsync/platform/env';
import type { Logger } from '@wedsync/platform/log';
import { createAccounts } from '@wedsync/weddings/accounts';
import { createApp } from './app.ts';
import { type Dependencies, staticRootOf } from './dependencies.ts';
import { type Listening, listen } from './listen.ts';
import { publicPages } from './public-pages/public-pages.ts';
import { type Surface, surfaceAddress } from './surface.ts';
import { webhooks } from './webhooks/webhooks.ts';

export interface SurfacesOptions {
  env: Env;
  log: Logger;
  dependencies: Dependencies;
  stopping: AbortSignal;
}

/** Without both, no text can leave: screens and verbs must say so. */
const smsOf = ({ SMS_URL: url, SMS_FROM: smsFrom, SMS_TOKEN: token }: Env) =>
  url && smsFrom
    ? {
        smsFrom,
        testTexts: createHttpSmsTransport({ name: 'sms', url, token, isIdempotent: false }),
      }
    : {};

/** Opens both surfaces on their ports. */
export async function openSurfaces(options: SurfacesOptions): Promise<Record<Surface, Listening>> {
  const { env, log, dependencies, stopping } = options;
  const { wake, monitoring } = dependencies;
  const communications = {
    publicUrl: new URL(env.PUBLIC_WEB_URL).origin,
    linkSecret: env.LINK_SECRET,
    mailFrom: env.MAIL_FROM,
    ...smsOf(env),
    isSmsSimulated: env.SMS_SIMULATOR_URL !== undefined,
  };
  const router = createAppRouter({ communications, monitoring });
  const open = (surface: Surface) => {
    const address = surfaceAddress(env, surface);
    const accounts = createAccounts({
      database: dependencies.authDatabase,
      secret: env.AUTH_SECRET,
      publicUrl: address.publicUrl,
      trustedOrigins: address.origins,
      cookiePrefix: `wedsync-${surface}`,
      log,
      onEmailRequested: () => {
        wake.publish('outbox', '').catch((err: unknown) => log.warn({ err }, 'server.wake_failed'));
      },
    });
    const app = createApp({
      ...dependencies,
      address,
      router,
      accounts,
      log,
      stopping,
      metricsToken: env.METRICS_TOKEN,
      trustProxy: env.TRUST_PROXY,
      staticRoot: staticRootOf(env, surface),
      // Guests never meet the operators' surface.
      publicPages:
        surface === 'web' ? publicPages({ ...dependencies, origins: address.origins }) : undefined,
      webhooks: surface === 'web' ? webhooks(env, dependencies) : undefined,
    });
    return listen(app, { host: env.HOST, port: address.port });
  };
  const web = await open('web');
  const admin = await open('admin');
  return { web, admin };
}
