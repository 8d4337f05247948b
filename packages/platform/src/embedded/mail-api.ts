import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { hasBearer, sendJson } from './loopback-server.ts';
import type { MailStore } from './mail-store.ts';

/**
 * The read API of the mail catcher, for the admin and for tests. Loopback and a bearer token: mails
 * hold sign-in and RSVP links.
 *
 *     GET    /messages?search=&limit=&after=   a page, newest first
 *     GET    /messages/count                   { messages, bytes }
 *     GET    /messages/<id>                    text, html, headers, names of attachments
 *     GET    /messages/<id>/raw                as it came over SMTP
 *     DELETE /messages                         all of them
 */
export function createMailApi(store: MailStore, token: string): Server {
  return createServer((request, response) => {
    respond({ store, token }, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) sendJson(response, 500, { error: message });
      else response.destroy();
    });
  });
}

async function respond(
  { store, token }: { store: MailStore; token: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hasBearer(request.headers.authorization, token)) {
    return sendJson(response, 401, { error: 'The bearer token of the mail catcher is missing.' });
  }
  const url = new URL(request.url ?? '/', 'http://catcher');
  const [, root, id, part, ...rest] = url.pathname.split('/');
  if (root !== 'messages' || rest.length > 0) return sendJson(response, 404, { error: 'no page' });
  if (request.method === 'DELETE' && id === undefined) {
    await store.clear();
    response.writeHead(204).end();
    return;
  }
  if (request.method !== 'GET') return sendJson(response, 405, { error: 'read only' });
  if (id === undefined) return sendJson(response, 200, store.list(queryOf(url)));
  if (id === 'count') return sendJson(response, 200, store.count());
  if (part === 'raw') return sendRaw(store, id, response);
  return sendParsed(store, id, response);
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

async function sendRaw(store: MailStore, id: string, response: ServerResponse): Promise<void> {
  const raw = await store.raw(id);
  if (!raw) return sendJson(response, 404, { error: 'no such mail' });
  response.writeHead(200, { 'content-type': 'message/rfc822', 'content-length': raw.length });
  response.end(raw);
}

async function sendParsed(store: MailStore, id: string, response: ServerResponse): Promise<void> {
  const mail = await store.parsed(id);
  if (!mail) return sendJson(response, 404, { error: 'no such mail' });
  sendJson(response, 200, {
    id,
    from: mail.from?.address ?? '',
    to: (mail.to ?? []).map(({ address }) => address ?? ''),
    subject: mail.subject ?? '',
    date: mail.date ?? null,
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ key, value }) => ({ key, value })),
    attachments: mail.attachments.map(({ filename, mimeType }) => ({ filename, mimeType })),
  });
}
