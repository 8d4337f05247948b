import { DomainError } from '@wedsync/contracts/errors';
import { createMiddleware } from 'hono/factory';
import { errorResponse } from './error-response.ts';
import type { HttpEnv } from './http-context.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const foreign = () =>
  new DomainError(
    'forbidden',
    'server.cross-site',
    'This request came from another site and was refused. Open WedSync directly and try again.',
  );

/**
 * Only our own pages may change anything (ASVS 5.0 §3.5). Browsers say where a request comes from
 * in Sec-Fetch-Site, older ones in Origin; a request that says neither is not from our pages.
 */
export function sameOriginOnly(origins: readonly string[]) {
  return createMiddleware<HttpEnv>((c, next) => {
    if (!safeMethods.has(c.req.method)) {
      const site = c.req.header('sec-fetch-site');
      const origin = c.req.header('origin');
      const ours = origin !== undefined && origins.includes(origin);
      // A development proxy of ours rewrites the host, so that the browser's word is needed too.
      if (site !== undefined ? site !== 'same-origin' && !ours : !ours) throw foreign();
    }
    return next();
  });
}

/**
 * Only JSON may change anything: a form of another site can send text and multipart, which tRPC
 * would accept, but never this type.
 */
export const jsonOnly = createMiddleware<HttpEnv>(async (c, next) => {
  if (!safeMethods.has(c.req.method)) {
    const [type] = (c.req.header('content-type') ?? '').split(';');
    const hasBody = c.req.header('content-length') !== '0' && c.req.raw.body !== null;
    if (type?.trim().toLowerCase() !== 'application/json' && (hasBody || type)) {
      const message = 'Send this request as application/json.';
      return errorResponse(c, new DomainError('invalid', 'server.not-json', message), 415);
    }
  }
  return next();
});
