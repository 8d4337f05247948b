import { DomainError } from '@wedsync/contracts/errors';
import { z } from 'zod';
import { CaughtMail, type MailPage, type MailQuery } from './mail-store.ts';

const Page = z.object({
  items: z.array(CaughtMail),
  total: z.number(),
  next: z.string().optional(),
});
const Detail = z.object({
  id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  date: z.string().nullable(),
  text: z.string(),
  html: z.string(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })),
  attachments: z.array(z.object({ filename: z.string().nullable(), mimeType: z.string() })),
});
const Count = z.object({ messages: z.number(), bytes: z.number() });

export type CaughtMailDetail = z.infer<typeof Detail>;

/** Reads a running mail catcher from another process. */
export interface MailClient {
  list(query?: MailQuery): Promise<MailPage>;
  get(id: string): Promise<CaughtMailDetail | undefined>;
  raw(id: string): Promise<string | undefined>;
  count(): Promise<{ messages: number; bytes: number }>;
  clear(): Promise<void>;
}

const timeoutMs = 5_000;

export function createMailClient({ url, token }: { url: string; token: string }): MailClient {
  async function call(path: string, method = 'GET'): Promise<Response | undefined> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw unavailable(url, String(cause));
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw unavailable(url, `status ${response.status}`);
    return response;
  }
  const json = async (path: string): Promise<unknown> => (await call(path))?.json();
  return {
    async list({ search, limit, after } = {}) {
      const query = new URLSearchParams();
      if (search) query.set('search', search);
      if (limit) query.set('limit', String(limit));
      if (after) query.set('after', after);
      const { items, total, next } = Page.parse(await json(`/messages?${query}`));
      return { items, total, ...(next ? { next } : {}) };
    },
    async get(id) {
      const body = await json(`/messages/${encodeURIComponent(id)}`);
      return body === undefined ? undefined : Detail.parse(body);
    },
    raw: async (id) => (await call(`/messages/${encodeURIComponent(id)}/raw`))?.text(),
    count: async () => Count.parse(await json('/messages/count')),
    async clear() {
      await call('/messages', 'DELETE');
    },
  };
}

function unavailable(url: string, reason: string): DomainError {
  return new DomainError(
    'unavailable',
    'platform.mail_catcher_unreachable',
    `The mail catcher at ${url} does not answer (${reason}). It runs inside npm start: start that, or set SMTP_URL.`,
  );
}
