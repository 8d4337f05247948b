import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const yearS = 31_536_000;

const hsts = (https: boolean) => (https ? `max-age=${2 * yearS}; includeSubDomains` : false);

/**
 * Headers of pages and their files (ASVS 5.0 §3.4). Scripts come from our own origin alone. Styles
 * may be inline, because the component kit measures and positions with style attributes.
 */
const forPages = (https: boolean) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
    strictTransportSecurity: hsts(https),
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    permissionsPolicy: {
      camera: [],
      microphone: [],
      geolocation: [],
      payment: [],
      usb: [],
      publickeyCredentialsGet: ['self'],
    },
  });

/**
 * Headers of answers that are data (OWASP REST Security Cheat Sheet): a browser that is made to
 * show one may load and run nothing. What only concerns pages is left out; these answers are many.
 */
const forData = (https: boolean) =>
  secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    strictTransportSecurity: hsts(https),
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    xDownloadOptions: false,
    xDnsPrefetchControl: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
    removePoweredBy: false,
  });

const isData = (path: string) => path.startsWith('/trpc/') || path.startsWith('/api/');

/** @param https whether the surface is reached by https; HSTS on plain http would be ignored anyway */
export function securityHeaders(https: boolean) {
  const [pages, data] = [forPages(https), forData(https)];
  return createMiddleware(async (c, next) => {
    if (isData(c.req.path)) return data(c, next);
    let chosen: string | null = null;
    await pages(c, async () => {
      await next();
      chosen = c.res.headers.get('Referrer-Policy');
    });
    // A page whose address is a secret asks for more than the rest.
    if (chosen) c.header('Referrer-Policy', chosen);
    return undefined;
  });
}
