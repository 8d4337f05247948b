import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { createTenantDb } from './client.ts';
import { toDomainError } from './pg-errors.ts';
import { openRenewedClient } from './renewed-client.ts';
import { createTestDatabase } from './testing/test-database.ts';

const rig = await createTestDatabase();

/** A way to the database that can be cut hard: clients see their connections reset. */
async function openWay(url: string) {
  const target = new URL(url);
  const { hostname, port } = target;
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    clients.add(client.on('close', () => clients.delete(client)));
    for (const socket of [client, database]) socket.on('error', () => {});
    client.pipe(database).pipe(client);
    client.on('close', () => database.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  target.port = String((server.address() as AddressInfo).port);
  return {
    url: target.href,
    cut() {
      for (const client of clients) client.resetAndDestroy();
    },
    close() {
      this.cut();
      server.close();
    },
  };
}

const way = await openWay(rig.url('app'));
const db = createTenantDb({ url: way.url, max: 8, applicationName: 'cut' });
const renewed = openRenewedClient({ url: way.url, max: 3, applicationName: 'cut' }, (own) => own);
afterAll(async () => {
  await db.end();
  await renewed.end();
  way.close();
});
const claims = { actorKind: 'user' } as const;

const work = {
  read: () => db.read(claims, (tx) => tx.execute(sql`select pg_sleep(0.002), 1 as n`)),
  readOne: () => db.readOne(claims, sql`select pg_sleep(0.002), 1 as n`),
  write: () =>
    db.write(claims, async (tx) => {
      await tx.execute(sql`select pg_sleep(0.002)`);
      return tx.execute(sql`select 1 as n`);
    }),
};

describe('connections that are reset in the middle of work', () => {
  it.each(Object.entries(work))(
    'fail a %s as unavailable, never with a wrong answer and never by silence',
    async (_name, ask) => {
      const outcomes = new Set<string>();
      const until = performance.now() + 1_500;
      const customer = async () => {
        while (performance.now() < until) {
          const rows = await ask().catch(toDomainError);
          outcomes.add(Array.isArray(rows) ? `${rows.length} ${rows[0]?.n}` : rows.kind);
        }
      };
      const cutter = setInterval(() => way.cut(), 150);
      await Promise.all(Array.from({ length: 16 }, customer)).finally(() => clearInterval(cutter));
      expect([...outcomes].sort()).toEqual(['1 1', 'unavailable']);
      await expect.poll(() => db.stats().busy).toBe(0);
      await expect.poll(() => ask().then(([row]) => row?.n, toDomainError)).toBe(1);
    },
    20_000,
  );
});

describe('a client of several connections', () => {
  it('answers each statement with its own rows or not at all, whatever is reset', async () => {
    const outcomes = new Set<string>();
    const until = performance.now() + 3_000;
    const customer = async (_: unknown, index: number) => {
      while (performance.now() < until) {
        const rows = await renewed.use`select ${index}::int as n`.catch(toDomainError);
        if (!Array.isArray(rows)) outcomes.add(rows.kind);
        else outcomes.add(rows[0]?.n === index ? 'its own' : 'wrong');
      }
    };
    const cutter = setInterval(() => way.cut(), 100);
    const customers = Array.from({ length: 24 }, customer);
    await Promise.all(customers).finally(() => clearInterval(cutter));
    expect([...outcomes].sort()).toEqual(['its own', 'unavailable']);
  }, 20_000);
});
