import { exportDeliveries } from '@wedsync/communications';
import { deliveryStates } from '@wedsync/contracts/communications';
import { MessageId } from '@wedsync/contracts/ids';
import { Hono } from 'hono';
import type { HttpEnv } from './http-context.ts';
import { type FileOptions, fileContext, idOf } from './signed-in-file.ts';

const isState = (state: string) => deliveryStates.find((known) => known === state);

/** Files too long to be one answer of the API: written as they are read. */
export function exportRoutes(options: FileOptions) {
  const app = new Hono<HttpEnv>();
  app.get('/exports/messages/:weddingId/:messageId/deliveries.csv', async (c) => {
    const ctx = await fileContext(c, options);
    const messageId = idOf(MessageId, c.req.param('messageId'), 'message');
    const states = (c.req.queries('state') ?? []).flatMap((state) => isState(state) ?? []);
    const { fileName, content } = await exportDeliveries(ctx, { messageId, states });
    return c.body(ReadableStream.from(content).pipeThrough(new TextEncoderStream()), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
