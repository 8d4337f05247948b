import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ReplyToSimulatedText, SmsSendRequest } from '@wedsync/contracts/communications-sms';
import type { z } from 'zod';
import { hasBearer, sendJson } from './loopback-server.ts';
import type { SmsStore, StoredText } from './sms-store.ts';

export type SubmitAnswer =
  | { status: 202; providerRef: string; isRepeat: boolean }
  | { status: number; code: string; retryAfterS?: number }
  /** The connection ends without an answer. */
  | 'drop';

export interface SmsApiDeps {
  store: SmsStore;
  token: string;
  submit(request: SmsSendRequest): Promise<SubmitAnswer>;
  reply(text: StoredText, answer: string): Promise<StoredText>;
}

const bodyBytesMax = 64 * 1024;

/**
 * The two sides of the simulator, on loopback and behind a bearer token. To the installation it is a
 * provider; to the admin and to tests it shows what came and lets them answer as a guest.
 *
 *     POST   /v1/texts              what a provider takes; the header Idempotency-Key counts
 *     GET    /texts?search=&limit=&after=
 *     GET    /texts/count           { texts }
 *     POST   /texts/<id>/reply      { text } as the person whom it went to
 *     DELETE /texts
 */
export function createSmsApi(deps: SmsApiDeps): Server {
  return createServer((request, response) => {
    respond(deps, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) sendJson(response, 500, { error: message });
      else response.destroy();
    });
  });
}

async function respond(
  deps: SmsApiDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hasBearer(request.headers.authorization, deps.token)) {
    return sendJson(response, 401, { code: 'unauthorized' });
  }
  const url = new URL(request.url ?? '/', 'http://simulator');
  const route = `${request.method} ${url.pathname}`;
  const [, replied] = /^POST \/texts\/([0-9a-z-]+)\/reply$/.exec(route) ?? [];
  if (replied !== undefined) return takeReply(deps, replied, { request, response });
  switch (route) {
    case 'POST /v1/texts':
      return takeText(deps, request, response);
    case 'GET /texts':
      return sendJson(response, 200, deps.store.list(queryOf(url)));
    case 'GET /texts/count':
      return sendJson(response, 200, { texts: deps.store.count() });
    case 'DELETE /texts':
      await deps.store.clear();
      response.writeHead(204).end();
      return;
    default:
      return sendJson(response, 404, { code: 'not_found' });
  }
}

async function takeText(
  deps: SmsApiDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await parseBody(request, SmsSendRequest);
  if (!text) return sendJson(response, 400, { code: 'invalid_request' });
  if (request.headers['idempotency-key'] !== text.id) {
    return sendJson(response, 400, { code: 'idempotency_key_differs' });
  }
  const answer = await deps.submit(text);
  if (answer === 'drop') {
    request.socket.destroy();
    return;
  }
  const { status, ...body } = answer;
  if ('retryAfterS' in answer) response.setHeader('retry-after', String(answer.retryAfterS));
  sendJson(response, status, body);
}

async function takeReply(
  { store, reply }: SmsApiDeps,
  id: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const body = await parseBody(request, ReplyToSimulatedText.pick({ text: true }));
  if (!body) return sendJson(response, 400, { code: 'invalid_request' });
  const text = store.get(id);
  if (text?.direction !== 'to_guest') return sendJson(response, 404, { code: 'not_found' });
  sendJson(response, 201, await reply(text, body.text));
}

async function parseBody<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
): Promise<z.output<S> | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > bodyBytesMax) return undefined;
  const body = await buffer(request);
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function queryOf({ searchParams }: URL) {
  const limit = Number(searchParams.get('limit') ?? 50);
  const after = searchParams.get('after');
  return {
    search: searchParams.get('search') ?? '',
    limit: Number.isInteger(limit) ? limit : 50,
    ...(after ? { after } : {}),
  };
}
