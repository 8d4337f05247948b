import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { ensureHouseholdLinks } from '@wedsync/guests';
import { createLogger } from '@wedsync/platform/log';
import type { Clock } from '@wedsync/service/context';
import { createTestWake } from '@wedsync/testing/contexts';
import { testKeyRing } from '@wedsync/testing/key-ring';
import { Hono } from 'hono';
import type { HttpEnv } from '../http-context.ts';
import type { RateLimit } from '../rate-limits.ts';
import { publicPages } from './public-pages.ts';

const open: RateLimit = { consume: async () => {}, reset: async () => {} };
const secret = 'test-link-secret-0123456789abcdefghijklmnopqrstuvwxyz';

export interface TestSite {
  url: string;
  /** Every line that was logged. */
  logLines: string[];
  close(): Promise<void>;
}

/** The public pages alone on a port of their own. */
export async function startTestSite(
  db: TestDatabase,
  options: { clock?: Clock; link?: RateLimit } = {},
): Promise<TestSite> {
  const logLines: string[] = [];
  const destination = { write: (line: string) => void logLines.push(line) };
  const log = createLogger({ service: 'test', destination });
  const app = new Hono<HttpEnv>();
  app.use('*', async (c, next) => {
    c.set('requestId', 'test-request');
    c.set('log', log);
    c.set('clientIp', '192.0.2.1');
    await next();
  });
  app.route(
    '/',
    publicPages({
      db: db.app,
      wake: createTestWake(),
      keyRing: testKeyRing,
      limits: { link: options.link ?? open, oneClick: open, publicAddress: open },
      origins: ['https://wedding.example'],
      ...(options.clock ? { clock: options.clock } : {}),
    }),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logLines,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The token of a household's link, as a mailing would hand it out. */
export async function linkTokenOf(
  db: TestDatabase,
  { weddingId, householdId }: { weddingId: WeddingId; householdId: HouseholdId },
): Promise<string> {
  const tokens = await db.worker.write({ actorKind: 'system', weddingId }, (tx) =>
    ensureHouseholdLinks(tx, secret, { weddingId, householdIds: [householdId] }),
  );
  const token = tokens.get(householdId);
  if (!token) throw new Error('no such household');
  return token;
}

/** An unsubscribe link of a guest at some address. */
export async function seedUnsubscribeToken(
  db: TestDatabase,
  { weddingId, guestId }: { weddingId: string; guestId: string },
): Promise<string> {
  const token = randomBytes(16).toString('base64url');
  await db.admin`
    insert into wedding.unsubscribe_links (wedding_id, guest_id, channel, address_hash, token_hash)
    values (${weddingId}, ${guestId}, 'email', ${randomBytes(32)},
      ${createHash('sha256').update(token).digest()})`;
  return token;
}
