import { SimulatedText } from '@wedsync/contracts/communications-sms';
import { DomainError } from '@wedsync/contracts/errors';
import { z } from 'zod';
import type { SmsPage, SmsQuery } from './sms-store.ts';

const Page = z.object({
  items: z.array(SimulatedText),
  total: z.number(),
  next: z.string().optional(),
});

/** Reads a running SMS simulator from another process. */
export interface SmsClient {
  list(query?: SmsQuery): Promise<SmsPage>;
  count(): Promise<{ texts: number }>;
  /** Undefined where there is no such text to a guest. */
  reply(id: string, text: string): Promise<SimulatedText | undefined>;
  clear(): Promise<void>;
}

const timeoutMs = 5_000;

export function createSmsClient({ url, token }: { url: string; token: string }): SmsClient {
  async function call(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const response = await fetch(new URL(path, url), {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: unknown) => {
      throw unavailable(url, String(cause));
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw unavailable(url, `status ${response.status}`);
    return response;
  }
  return {
    async list({ search, limit, after } = {}) {
      const query = new URLSearchParams();
      if (search) query.set('search', search);
      if (limit) query.set('limit', String(limit));
      if (after) query.set('after', after);
      const answer = await call(`/texts?${query}`);
      const { items, total, next } = Page.parse(await answer?.json());
      return { items, total, ...(next ? { next } : {}) };
    },
    async count() {
      const answer = await call('/texts/count');
      return z.object({ texts: z.number() }).parse(await answer?.json());
    },
    async reply(id, text) {
      const path = `/texts/${encodeURIComponent(id)}/reply`;
      const answer = await call(path, { method: 'POST', body: JSON.stringify({ text }) });
      return answer && SimulatedText.parse(await answer.json());
    },
    async clear() {
      await call('/texts', { method: 'DELETE' });
    },
  };
}

function unavailable(url: string, reason: string): DomainError {
  return new DomainError(
    'unavailable',
    'platform.sms_simulator_unreachable',
    `The SMS simulator at ${url} does not answer (${reason}). It runs inside npm start: start that, or set SMS_URL.`,
  );
}
