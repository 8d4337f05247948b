import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { etag } from 'hono/etag';
import type { HttpEnv } from './http-context.ts';

const notBuilt = (root: string) =>
  `This surface has not been built yet: ${root} holds no index.html. Run \`pnpm build\` and reload.\n`;

/**
 * The files of one built frontend. Names under /assets carry a hash of their content and never
 * change; everything else is asked for again each time. Unknown pages get index.html, because the
 * browser's router knows them.
 */
export function staticFiles(root: string) {
  const app = new Hono<HttpEnv>();
  const indexPath = join(root, 'index.html');
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.status === 200) c.header('Cache-Control', 'public, max-age=31536000, immutable');
  });
  app.use('*', etag());
  // It warns on the console about a folder that is not there.
  if (existsSync(root)) {
    const onFound = (_path: string, c: Context) => c.header('Cache-Control', 'no-cache');
    app.use('*', serveStatic({ root, onFound }));
  }
  app.get('*', async (c) => {
    const isPage = c.req.header('accept')?.includes('text/html') ?? false;
    if (!isPage || c.req.path.startsWith('/assets/')) return c.notFound();
    c.header('Cache-Control', 'no-cache');
    if (!existsSync(indexPath)) return c.text(notBuilt(root), 503);
    return c.html(await readFile(indexPath, 'utf8'));
  });
  return app;
}
