import { setTimeout } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import { defineJob, jobVersion } from '@wedsync/contracts/job';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineHandler, type JobContext } from '../handler.ts';

/**
 * Jobs of the contract suite. Each writes what it did into `rig.effects`, which has no unique key:
 * an effect that happens twice is counted twice.
 */
const payload = z.object({ v: jobVersion(1), key: z.string(), holdMs: z.number().default(0) });
type Payload = z.output<typeof payload>;

/** Effect and completion in one transaction: exactly once. */
export const exactlyOnce = defineJob({
  name: 'rig.record-once',
  queue: 'bulk',
  payload,
  attempts: 20,
  backoffMs: 50,
});
/** Effect in a transaction of its own: at least once. */
export const plain = defineJob({ name: 'rig.record-plain', queue: 'interactive', payload });
export const unavailable = defineJob({
  name: 'rig.fail-unavailable',
  queue: 'interactive',
  payload,
  attempts: 3,
  backoffMs: 20,
});
export const mistaken = defineJob({ name: 'rig.fail-mistaken', queue: 'interactive', payload });
export const endless = defineJob({
  name: 'rig.run-endless',
  queue: 'maintenance',
  payload,
  timeoutMs: 300,
});
export const ticking = defineJob({
  name: 'rig.tick-often',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  schedule: { everyMs: 500 },
});

/** The rig's verbs' context: the name of the process that runs the job. */
export interface RigService {
  process: string;
}
type Ctx = JobContext<RigService>;

async function record(ctx: Ctx, key: string, complete: boolean): Promise<void> {
  const { process } = ctx.service({ actorKind: 'system' });
  await ctx.db.write({ actorKind: 'system' }, async (tx) => {
    await tx.execute(sql`
      insert into rig.effects (key, job_id, attempt, process)
      values (${key}, ${ctx.id}, ${ctx.attempt}, ${process})`);
    if (complete) await ctx.complete(tx);
  });
}

async function recordOnce(ctx: Ctx, { key, holdMs }: Payload): Promise<void> {
  await setTimeout(holdMs);
  await record(ctx, key, true);
}

async function recordPlain(ctx: Ctx, { key, holdMs }: Payload): Promise<void> {
  if (holdMs > 0) await setTimeout(holdMs, undefined, { signal: ctx.signal });
  await record(ctx, key, false);
}

async function failUnavailable(ctx: Ctx, { key }: Payload): Promise<void> {
  await record(ctx, key, false);
  throw new DomainError('unavailable', 'rig.down', 'The rig is down on purpose.');
}

async function failMistaken(ctx: Ctx, { key }: Payload): Promise<void> {
  await record(ctx, key, false);
  throw new TypeError('guest ada@example.org cannot be read');
}

export const rigHandlers = [
  defineHandler(exactlyOnce, recordOnce),
  defineHandler(plain, recordPlain),
  defineHandler(unavailable, failUnavailable),
  defineHandler(mistaken, failMistaken),
  // Ignores its signal on purpose.
  defineHandler(endless, async (_ctx: Ctx, { holdMs }) => {
    await setTimeout(holdMs);
  }),
] as const;

export const tickHandler = defineHandler(ticking, (ctx: Ctx) => record(ctx, 'tick', false));
