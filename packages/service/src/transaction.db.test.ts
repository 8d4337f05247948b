import { newId, OrgId, UserId, WeddingId } from '@wedsync/contracts/ids';
import { defineJob, jobVersion } from '@wedsync/contracts/job';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import type { Wake } from '@wedsync/queue/wake';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createContext, type ServiceContext, systemClock } from './context.ts';
import { createKeyRing } from './key-ring.ts';
import { writeTx } from './transaction.ts';

const db = await createTestDatabase();

const job = defineJob({
  name: 'testing.do-nothing',
  queue: 'interactive',
  payload: z.object({ v: jobVersion(1) }),
});

/** A planner at work on a wedding of their own, and what was published on their behalf. */
function planner() {
  const published: string[] = [];
  const wake: Wake = {
    publish: async (channel) => void published.push(channel),
    subscribe: async () => async () => {},
    close: async () => {},
  };
  const ctx = createContext(
    {
      db: db.app,
      requestId: 'request-1',
      log: createLogger({ service: 'test', level: 'silent' }),
      clock: systemClock,
      signal: new AbortController().signal,
      wake,
      keyRing: createKeyRing({ masterKey: Buffer.alloc(32, 7).toString('base64') }),
    },
    {
      actor: { kind: 'user', userId: newId(UserId) },
      access: { orgRole: 'planner' },
      orgId: newId(OrgId),
      weddingId: newId(WeddingId),
    },
  );
  return { ctx, published };
}

const counts = async ({ orgId, weddingId }: ServiceContext) => {
  const [row] = await db.admin<{ audit: number; changes: number; jobs: number }[]>`
    select (select count(*) from wedding.audit_log where org_id = ${orgId ?? ''})::int as audit,
      (select count(*) from wedding.changes where wedding_id = ${weddingId ?? ''})::int as changes,
      (select count(*) from ops.outbox where job_name = ${job.name})::int as jobs`;
  return row;
};

const writeEverything = (ctx: ServiceContext) =>
  writeTx(ctx, async ({ audit, change, enqueue }) => {
    await audit({ action: 'guests.update', entity: 'guest', after: { name: 'Ana' } });
    await change({ entity: 'guest', kind: 'updated' });
    await enqueue(job, { v: 1 });
  });

describe('a write', () => {
  it('keeps audit, change feed and job together and wakes both readers afterwards', async () => {
    const { ctx, published } = planner();
    await writeEverything(ctx);
    expect(await counts(ctx)).toEqual({ audit: 1, changes: 1, jobs: 1 });
    expect(published.sort()).toEqual(['changes', 'outbox']);
  });

  it('keeps none of them when it fails, and wakes nobody', async () => {
    const { ctx, published } = planner();
    const before = await counts(ctx);
    const failing = writeTx(ctx, async ({ audit, change, enqueue }) => {
      await audit({ action: 'guests.update', entity: 'guest' });
      await change({ entity: 'guest', kind: 'updated' });
      await enqueue(job, { v: 1 });
      throw new Error('the last rule said no');
    });
    await expect(failing).rejects.toThrow('the last rule said no');
    expect(await counts(ctx)).toEqual(before);
    expect(published).toEqual([]);
  });

  it('records who did it, in which request', async () => {
    const { ctx } = planner();
    await writeEverything(ctx);
    const [row] = await db.admin`select * from wedding.audit_log where org_id = ${ctx.orgId ?? ''}`;
    expect(row).toMatchObject({
      actor_kind: 'user',
      actor_id: ctx.claims.userId,
      action: 'guests.update',
      after: { name: 'Ana' },
      request_id: 'request-1',
    });
  });

  it('numbers the change feed without gaps, whatever runs at once and whatever fails', async () => {
    const { ctx } = planner();
    const writes = Array.from({ length: 60 }, (_, index) =>
      writeTx(ctx, async ({ change }) => {
        await change({ entity: 'guest', kind: 'updated' });
        if (index % 3 === 0) throw new Error('rolled back');
      }).catch(() => undefined),
    );
    await Promise.all(writes);
    const rows = await db.admin<{ seq: string }[]>`
      select seq from wedding.changes where wedding_id = ${ctx.weddingId ?? ''} order by seq`;
    expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('refuses a payload that the job contract does not describe', async () => {
    const { ctx } = planner();
    const wrong = writeTx(ctx, ({ enqueue }) => enqueue(job, JSON.parse('{"v":2}')));
    await expect(wrong).rejects.toMatchObject({ kind: 'bug' });
  });
});

describe('claims', () => {
  it('hold the organization for its members only', () => {
    const { ctx } = planner();
    const { orgId, weddingId, actor } = ctx;
    const partner = createContext(ctx, {
      actor,
      access: { weddingRole: 'partner' },
      orgId,
      weddingId,
    });
    expect(ctx.claims).toMatchObject({ orgId, weddingId });
    expect(partner.claims.orgId).toBeUndefined();
    expect(partner.claims.weddingId).toBe(weddingId);
  });
});
