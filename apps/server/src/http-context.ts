import type { HttpBindings } from '@hono/node-server';
import type { Logger } from '@wedsync/platform/log';
import type { Context } from 'hono';

/** What every handler of this server finds on its Hono context. */
export interface HttpEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    log: Logger;
    /** Address of the client, behind a trusted proxy the one that the proxy saw. */
    clientIp: string;
    /** Who the request counts for once a handler knows: a user or a link. */
    limitKey?: string;
  };
}

export type HttpContext = Context<HttpEnv>;
