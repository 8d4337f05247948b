import { toDomainError } from '@wedsync/db/pg-errors';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { addressKey } from '../client-address.ts';
import type { HttpContext, HttpEnv } from '../http-context.ts';
import { assets, assetUrls } from './assets.ts';
import { notice } from './layout.ts';
import { preferencesRoutes } from './preferences-routes.ts';
import type { PublicPagesDeps } from './request.ts';
import { rsvpRoutes } from './rsvp-routes.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';

/**
 * Nothing about these pages is kept or passed on: their address is the key. Guessing is limited by
 * address, use by link.
 */
function guard({ limits }: PublicPagesDeps) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Robots-Tag', 'noindex, nofollow');
    // Mail programs unsubscribe for all their users from a few addresses: RFC 8058 wants no refusal.
    const oneClick = c.req.method === 'POST' && c.req.path.startsWith('/u/');
    const perAddress = oneClick ? limits.oneClick : limits.publicAddress;
    await perAddress.consume(addressKey(c.get('clientIp')));
    await limits.link.consume(c.req.path.split('/')[2] ?? '');
    await next();
  });
}

const statusOf = { limit: 429, unavailable: 503, forbidden: 403, invalid: 400 } as const;

/** A failure as a page that says what to do. */
function errorPage(c: HttpContext, error: unknown): Response | Promise<Response> {
  const domain = toDomainError(error);
  const retryAfterS = domain.details.retryAfterS;
  if (typeof retryAfterS === 'number') c.header('Retry-After', String(retryAfterS));
  const status = statusOf[domain.kind as keyof typeof statusOf];
  if (status) {
    return c.html(notice('Please try again', [domain.message]), status);
  }
  c.get('log').error({ err: error }, 'server.public_page_failed');
  return c.html(
    notice('Something went wrong on our side', [
      'Nothing was changed. Please try again in a few minutes.',
      `If it keeps happening, tell the couple this number: ${c.get('requestId')}`,
    ]),
    500,
  );
}

/** Pages for people without an account, behind capability links: `/r/<token>` and `/u/<token>`. */
export function publicPages(deps: PublicPagesDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => errorPage(c, error));
  for (const kind of ['styles', 'script'] as const) {
    app.get(assetUrls[kind], (c) =>
      c.body(assets[kind].body, 200, {
        'Content-Type': assets[kind].type,
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  }
  for (const path of ['/r/*', '/u/*']) app.use(path, guard(deps));
  app.route('/', preferencesRoutes(deps));
  app.route('/', rsvpRoutes(deps));
  app.route('/', unsubscribeRoutes(deps));
  return app;
}
