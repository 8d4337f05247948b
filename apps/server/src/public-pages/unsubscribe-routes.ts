import { findUnsubscribeLink, unsubscribeAddress } from '@wedsync/communications';
import { createContext } from '@wedsync/service/context';
import { Hono } from 'hono';
import type { HttpEnv } from '../http-context.ts';
import { notice } from './layout.ts';
import { groundOf, type PublicPagesDeps } from './request.ts';
import { unsubscribedPage, unsubscribePage } from './unsubscribe-page.ts';

const unknownLink = () =>
  notice('This link does not work', [
    'It may be incomplete. Open the e-mail again and use the whole link.',
    'You can also reply to the e-mail and ask to be taken off.',
  ]);

/**
 * Ends e-mails to an address. Mail programs post here by themselves, without cookies, origin or
 * questions (RFC 8058 §3.2), so the token alone admits; posting again is fine.
 */
export function unsubscribeRoutes(deps: PublicPagesDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/u/:token', async (c) => {
    const token = c.req.param('token');
    const link = await findUnsubscribeLink(deps.db, token);
    if (!link) return c.html(unknownLink(), 404);
    if (link.suppressed) return c.html(unsubscribedPage(link.coupleNames));
    return c.html(unsubscribePage(link.coupleNames, `/u/${token}`));
  });
  app.post('/u/:token', async (c) => {
    const link = await findUnsubscribeLink(deps.db, c.req.param('token'));
    if (!link) return c.html(unknownLink(), 404);
    const { orgId, weddingId } = link;
    const actor = { kind: 'system', name: 'unsubscribe-link' } as const;
    await unsubscribeAddress(createContext(groundOf(c, deps), { actor, orgId, weddingId }), link);
    return c.html(unsubscribedPage(link.coupleNames));
  });
  app.all('/u/*', (c) => c.html(unknownLink(), 404));
  return app;
}
