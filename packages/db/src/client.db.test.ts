import { newUuid } from '@wedsync/contracts/ids';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type Claims, createTenantDb } from './client.ts';
import { toDomainError } from './pg-errors.ts';
import { createTestDatabase } from './testing/test-database.ts';

const db = await createTestDatabase();

const claimsOf = (weddingId: string): Claims => ({ actorKind: 'user', weddingId });
const insertChange = (weddingId: string, seq: number) =>
  sql`insert into wedding.changes (wedding_id, seq, entity, kind) values (${weddingId}, ${seq}, 'guest', 'created')`;
const changesSeen = (claims: Claims) =>
  db.app.read(claims, (tx) => tx.execute(sql`select seq from wedding.changes`));

describe('the tenant client', () => {
  it('shows a wedding its own rows and nobody else’s', async () => {
    const [mine, theirs] = [newUuid(), newUuid()];
    await db.app.write(claimsOf(mine), (tx) => tx.execute(insertChange(mine, 1)));
    expect(await changesSeen(claimsOf(mine))).toHaveLength(1);
    expect(await changesSeen(claimsOf(theirs))).toHaveLength(0);
    expect(await changesSeen({ actorKind: 'user' })).toHaveLength(0);
  });

  it('refuses a row of another wedding', async () => {
    const write = db.app.write(claimsOf(newUuid()), (tx) => tx.execute(insertChange(newUuid(), 1)));
    const error = await write.catch(toDomainError);
    expect(error).toMatchObject({ kind: 'forbidden', code: 'db.forbidden' });
  });

  it('keeps no claim on the connection after the transaction', async () => {
    const single = createTenantDb({ url: db.url('app'), max: 1, applicationName: 'test' });
    const weddingId = newUuid();
    await single.write(claimsOf(weddingId), (tx) => tx.execute(insertChange(weddingId, 1)));
    const rows = await single.read({ actorKind: 'user' }, (tx) =>
      tx.execute(sql`select current_setting('app.wedding_id', true) as claim`),
    );
    expect(rows[0]).toEqual({ claim: '' });
    await single.end();
  });

  it('does not mix the claims of transactions that run at the same time', async () => {
    const weddings = Array.from({ length: 200 }, () => newUuid());
    const seen = await Promise.all(
      weddings.map((weddingId) =>
        db.app.read(claimsOf(weddingId), async (tx) => {
          const [row] = await tx.execute(sql`select wedding.current_wedding_id() as id`);
          return row?.id;
        }),
      ),
    );
    expect(seen).toEqual(weddings);
  });

  it('rolls back the whole transaction when one statement fails', async () => {
    const weddingId = newUuid();
    const write = db.app.write(claimsOf(weddingId), async (tx) => {
      await tx.execute(insertChange(weddingId, 1));
      await tx.execute(insertChange(weddingId, 1));
    });
    expect(await write.catch(toDomainError)).toMatchObject({ kind: 'conflict' });
    expect(await changesSeen(claimsOf(weddingId))).toHaveLength(0);
  });

  it('never reports success for a transaction whose failed statement was swallowed', async () => {
    const weddingId = newUuid();
    const write = db.app.write(claimsOf(weddingId), async (tx) => {
      await tx.execute(insertChange(weddingId, 1));
      await tx.execute(insertChange(weddingId, 1)).catch(() => undefined);
    });
    await expect(write).rejects.toMatchObject({ code: 'db.rolled-back' });
  });

  it('cannot write in a read', async () => {
    const weddingId = newUuid();
    const read = db.app.read(claimsOf(weddingId), (tx) => tx.execute(insertChange(weddingId, 1)));
    await expect(read).rejects.toThrow();
  });

  it('runs a deadlocked transaction again', async () => {
    const [first, second] = [newUuid(), newUuid()];
    const shared = newUuid();
    const claims = claimsOf(shared);
    await db.admin`insert into wedding.changes (wedding_id, seq, entity, kind)
      values (${shared}, 1, ${first}, 'created'), (${shared}, 2, ${second}, 'created')`;
    // The application may not update the feed; row locks by DELETE serve as well.
    const lockBoth = (from: number, to: number) =>
      db.app.write(claims, async (tx) => {
        await tx.execute(
          sql`delete from wedding.changes where wedding_id = ${shared} and seq = ${from}`,
        );
        await tx.execute(sql`select pg_sleep(0.2)`);
        await tx.execute(
          sql`delete from wedding.changes where wedding_id = ${shared} and seq = ${to}`,
        );
      });
    await expect(Promise.all([lockBoth(1, 2), lockBoth(2, 1)])).resolves.toBeDefined();
  });
});

describe('a connection that is lost in the middle of a transaction', () => {
  /** Ends the only connection while nothing is under way on it, as a restart of the server does. */
  const lose = async (name: string) => {
    await expect
      .poll(
        () => db.admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${name} and state like 'idle in transaction%'`,
      )
      .not.toHaveLength(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const jobsNamed = (name: string) => db.admin`select from ops.outbox where job_name = ${name}`;
  const insertJob = (name: string) =>
    sql`insert into ops.outbox (id, job_name, queue, payload) values (${newUuid()}, ${name}, 'bulk', '{}')`;

  it('is not reported as committed', async () => {
    const name = 'lost-before-commit';
    const lost = createTenantDb({ url: db.url('app'), max: 1, applicationName: name });
    const write = lost.write({ actorKind: 'system' }, async (tx) => {
      await tx.execute(insertJob(name));
      await lose(name);
    });
    expect(await write.catch(toDomainError)).toMatchObject({ kind: 'unavailable' });
    expect(await jobsNamed(name)).toHaveLength(0);
    await expect(lost.ping()).resolves.toBeGreaterThan(0);
    await lost.end();
  });

  it('does not go on outside of it: nothing is half-written', async () => {
    const name = 'lost-half-way';
    const lost = createTenantDb({ url: db.url('app'), max: 1, applicationName: name });
    const write = lost.write({ actorKind: 'system' }, async (tx) => {
      await tx.execute(insertJob(name));
      await lose(name);
      await tx.execute(insertJob(name));
    });
    expect(await write.catch(toDomainError)).toMatchObject({ kind: 'unavailable' });
    expect(await jobsNamed(name)).toHaveLength(0);
    await lost.end();
  });

  it('does not answer a read without its claims', async () => {
    const name = 'lost-read';
    const weddingId = newUuid();
    await db.app.write(claimsOf(weddingId), (tx) => tx.execute(insertChange(weddingId, 1)));
    const lost = createTenantDb({ url: db.url('app'), max: 1, applicationName: name });
    const read = lost.read(claimsOf(weddingId), async (tx) => {
      await tx.execute(sql`select 1`);
      await lose(name);
      return tx.execute(sql`select seq from wedding.changes`);
    });
    expect(await read.catch(toDomainError)).toMatchObject({ kind: 'unavailable' });
    await lost.end();
  });
});

describe('the pool', () => {
  it('refuses with a clear error when no connection becomes free in time, and recovers', async () => {
    const small = createTenantDb({
      url: db.url('app'),
      max: 1,
      applicationName: 'test',
      acquireTimeoutMs: 50,
    });
    const slow = small.read({ actorKind: 'user' }, (tx) => tx.execute(sql`select pg_sleep(0.5)`));
    const refused = small.read({ actorKind: 'user' }, (tx) => tx.execute(sql`select 1`));
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', code: 'db.pool-exhausted' });
    await slow;
    await expect(small.ping()).resolves.toBeGreaterThan(0);
    await expect.poll(() => small.stats().busy).toBe(0);
    await small.end();
  });

  it('heals after the server has closed its connections', async () => {
    const healing = createTenantDb({ url: db.url('app'), max: 1, applicationName: 'healing' });
    await healing.ping();
    // The answer is caught at once: it may come before anybody waits for it.
    const sleeping = healing
      .read({ actorKind: 'user' }, (tx) => tx.execute(sql`select pg_sleep(30)`))
      .catch(toDomainError);
    await expect
      .poll(
        () => db.admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'healing' and state = 'active'`,
      )
      .not.toHaveLength(0);
    expect(await sleeping).toMatchObject({ kind: 'unavailable' });
    await expect.poll(() => healing.ping().catch(() => -1)).toBeGreaterThan(0);
    await healing.end();
  });

  it('says that the database is down when nothing listens', async () => {
    const url = 'postgres://wedsync_app:none@127.0.0.1:1/wedsync';
    const nowhere = createTenantDb({ url, max: 1, applicationName: 'test' });
    const read = nowhere.read({ actorKind: 'user' }, (tx) => tx.execute(sql`select 1`));
    expect(await read.catch(toDomainError)).toMatchObject({ kind: 'unavailable', code: 'db.down' });
    await nowhere.end();
  });
});
