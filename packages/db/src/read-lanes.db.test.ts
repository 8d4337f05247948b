import { newUuid } from '@wedsync/contracts/ids';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type Claims, createTenantDb } from './client.ts';
import { toDomainError } from './pg-errors.ts';
import { createTestDatabase } from './testing/test-database.ts';

const rig = await createTestDatabase();
/** Two lanes and six connections of their own. */
const db = createTenantDb({ url: rig.url('app'), max: 8, applicationName: 'lanes' });
const claimsOf = (weddingId: string): Claims => ({ actorKind: 'user', weddingId });
const claimSeen = sql`select wedding.current_wedding_id() as id, pg_backend_pid() as pid`;

describe('reads of one statement', () => {
  it('share connections without ever seeing each other’s claims', async () => {
    const weddings = Array.from({ length: 500 }, () => newUuid());
    const seen = await Promise.all(weddings.map((id) => db.readOne(claimsOf(id), claimSeen)));
    expect(seen.map(([row]) => row?.id)).toEqual(weddings);
    expect(new Set(seen.map(([row]) => row?.pid)).size).toBeLessThanOrEqual(8);
  });

  it('go side by side while there is a connection without work', async () => {
    await expect
      .poll(async () => {
        const reads = Array.from({ length: 2 }, () => db.readOne(claimsOf(newUuid()), claimSeen));
        return new Set((await Promise.all(reads)).map(([row]) => row?.pid)).size;
      })
      .toBe(2);
  });

  it('fail alone: the neighbours on the same connection get their answers', async () => {
    await db.readOne(claimsOf(newUuid()), claimSeen);
    const reads = Array.from({ length: 60 }, (_, index) => {
      const statement = index % 3 === 0 ? sql`select 1 / 0 as id` : claimSeen;
      return db.readOne(claimsOf(newUuid()), statement).then(
        () => 'answered',
        () => 'failed',
      );
    });
    const outcomes = await Promise.all(reads);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(20);
    await expect.poll(() => db.stats().busy).toBe(0);
  });

  it('go around a connection on which something slow runs', async () => {
    await db.readOne(claimsOf(newUuid()), claimSeen);
    const order: string[] = [];
    const slow = Array.from({ length: 2 }, () =>
      db.readOne(claimsOf(newUuid()), sql`select pg_sleep(1)`).then(() => order.push('slow')),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all(Array.from({ length: 20 }, () => db.readOne(claimsOf(newUuid()), claimSeen)));
    order.push('fast');
    await Promise.all(slow);
    expect(order).toEqual(['fast', 'slow', 'slow']);
  });

  it('cannot write', async () => {
    const weddingId = newUuid();
    const statement = sql`insert into wedding.changes (wedding_id, seq, entity, kind)
      values (${weddingId}, 1, 'guest', 'created') returning seq`;
    const write = db.readOne(claimsOf(weddingId), statement);
    await expect(write).rejects.toMatchObject({ code: '25006' });
  });

  it('say that the database is unavailable when their connection is cut, and go on afterwards', async () => {
    await db.readOne(claimsOf(newUuid()), claimSeen);
    const reads = Promise.all(
      Array.from({ length: 10 }, () =>
        db.readOne(claimsOf(newUuid()), sql`select pg_sleep(5)`).catch(toDomainError),
      ),
    );
    await expect
      .poll(
        () => rig.admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'lanes' and state = 'active'`,
      )
      .not.toHaveLength(0);
    const failed = (await reads).filter((outcome) => !Array.isArray(outcome));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({ kind: 'unavailable' });
    await expect
      .poll(() =>
        db.readOne(claimsOf(newUuid()), claimSeen).then(
          (rows) => rows.length,
          () => 0,
        ),
      )
      .toBe(1);
    await db.end();
  });
});
