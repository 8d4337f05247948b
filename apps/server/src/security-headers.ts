import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

const yearS = 31_536_000;

/**
 * Headers of every answer (ASVS 5.0 §3.4). Scripts come from our own origin alone. Styles may be
 * inline, because the component kit measures and positions with style attributes and elements.
 * @param https whether the surface is reached by https; HSTS on plain http would be ignored anyway
 */
export function securityHeaders(https: boolean) {
  const secure = secureHeaders({
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
    strictTransportSecurity: https ? `max-age=${2 * yearS}; includeSubDomains` : false,
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
  return createMiddleware(async (c, next) => {
    let chosen: string | null = null;
    await secure(c, async () => {
      await next();
      chosen = c.res.headers.get('Referrer-Policy');
    });
    // A page whose address is a secret asks for more than the rest.
    if (chosen) c.header('Referrer-Policy', chosen);
  });
}
