import type { Env } from '@wedsync/platform/env';

/** Planners and couples work on `web`, operators on `admin`; each has a port and an origin of its own. */
export type Surface = 'web' | 'admin';

export interface SurfaceAddress {
  surface: Surface;
  port: number;
  /** What people type; cookies, links and origin checks follow from it. */
  publicUrl: string;
  /** Every origin that is this surface. */
  origins: readonly string[];
}

/** Loopback has several spellings, and all of them are this machine. */
function loopbackOrigins(publicUrl: string, port: number): string[] {
  const { hostname, protocol } = new URL(publicUrl);
  if (protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(hostname)) return [];
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
}

export function surfaceAddress(env: Env, surface: Surface): SurfaceAddress {
  const publicUrl = surface === 'web' ? env.PUBLIC_WEB_URL : env.PUBLIC_ADMIN_URL;
  const port = surface === 'web' ? env.WEB_PORT : env.ADMIN_PORT;
  const origins = [...new Set([new URL(publicUrl).origin, ...loopbackOrigins(publicUrl, port)])];
  return { surface, port, publicUrl, origins };
}
