import { DomainError } from '@wedsync/contracts/errors';
import { newUuid, type OutboxId } from '@wedsync/contracts/ids';
import type { JobContract } from '@wedsync/contracts/job';
import type { Tx } from '@wedsync/db/client';
import type { CompiledStatement } from '@wedsync/db/compiled-statement';
import { jsonParameter } from '@wedsync/db/sql-values';
import { type EnqueueOptions, enqueue } from '@wedsync/queue/outbox';
import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { actorId, type ServiceContext } from './context.ts';
import type { KeySource } from './keys-for.ts';

/** What somebody did, for the history of an entity. `before`/`after` hold only what changed. */
export interface AuditEntry {
  action: string;
  entity: string;
  entityId?: string;
  before?: unknown;
  after?: unknown;
}

/** What other browsers must refetch. `bulk` stands for many rows of the entity at once. */
export interface ChangeEntry {
  entity: string;
  entityId?: string;
  kind: 'created' | 'updated' | 'removed' | 'bulk';
}

/** A write in progress: everything goes through one transaction and is kept or lost together. */
export interface WriteScope extends KeySource {
  audit(entry: AuditEntry): Promise<void>;
  /** The same for a verb over many rows, in one statement: each row keeps its own history. */
  auditAll(entries: readonly AuditEntry[]): Promise<void>;
  /** Takes the wedding's next sequence number; its row lock orders the feed by commit. */
  change(entry: ChangeEntry): Promise<void>;
  enqueue<C extends JobContract>(
    contract: C,
    payload: z.input<C['payload']>,
    options?: EnqueueOptions,
  ): Promise<OutboxId>;
}

async function writeAudit(
  ctx: ServiceContext,
  tx: Tx,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (!ctx.orgId) {
    throw new DomainError(
      'bug',
      'service.no-organization',
      'An audited write needs its organization.',
    );
  }
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ ...entry, id: newUuid(), entity_id: entry.entityId }));
  await tx.execute(sql`
    insert into wedding.audit_log
      (org_id, id, wedding_id, actor_kind, actor_id, action, entity, entity_id, before, after, request_id)
    select ${ctx.orgId}::uuid, entry.id, ${ctx.weddingId ?? null}::uuid, ${ctx.actor.kind},
      ${actorId(ctx.actor) ?? null}::uuid, entry.action, entry.entity, entry.entity_id, entry.before,
      entry.after, ${ctx.requestId}
    from jsonb_to_recordset(${jsonParameter(rows)}) as entry
      (id uuid, action text, entity text, entity_id uuid, before jsonb, after jsonb)`);
}

async function writeChange(ctx: ServiceContext, tx: Tx, entry: ChangeEntry): Promise<void> {
  if (!ctx.weddingId) {
    throw new DomainError('bug', 'service.no-wedding', 'A change entry needs its wedding.');
  }
  await tx.execute(sql`
    with counter as (
      insert into wedding.change_counters as counters (wedding_id, seq) values (${ctx.weddingId}, 1)
      on conflict (wedding_id) do update set seq = counters.seq + 1
      returning wedding_id, seq
    )
    insert into wedding.changes (wedding_id, seq, entity, entity_id, kind, actor_id)
    select wedding_id, seq, ${entry.entity}, ${entry.entityId ?? null}::uuid, ${entry.kind},
      ${actorId(ctx.actor) ?? null}::uuid
    from counter`);
}

/** Runs a read-only transaction under the context's claims. */
export function readTx<T>(ctx: ServiceContext, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.read(ctx.claims, fn);
}

/** One statement in a transaction of its own, in a single round trip; for hot reads. */
export function readOne<R extends Record<string, unknown>>(
  ctx: ServiceContext,
  statement: SQL | CompiledStatement,
): Promise<R[]> {
  return ctx.db.readOne<R>(ctx.claims, statement);
}

/**
 * Runs one write under the context's claims. Rows, audit, change feed and jobs commit together;
 * after the commit the feed and the outbox relay are woken. A lost wake-up only delays: both also
 * look by themselves. `fn` may run more than once (deadlock), so it must not act outside `tx`.
 */
export async function writeTx<T>(
  ctx: ServiceContext,
  fn: (scope: WriteScope) => Promise<T>,
): Promise<T> {
  let changed = false;
  let enqueued = false;
  const result = await ctx.db.write(ctx.claims, async (tx) => {
    changed = false;
    enqueued = false;
    return fn({
      tx,
      keyRing: ctx.keyRing,
      audit: (entry) => writeAudit(ctx, tx, [entry]),
      auditAll: (entries) => writeAudit(ctx, tx, entries),
      change: (entry) => {
        changed = true;
        return writeChange(ctx, tx, entry);
      },
      enqueue: (contract, payload, options) => {
        enqueued = true;
        return enqueue(tx, { contract, payload, requestId: ctx.requestId, ...options });
      },
    });
  });
  if (changed && ctx.weddingId) wake(ctx, 'changes', ctx.weddingId);
  if (enqueued) wake(ctx, 'outbox', '');
  return result;
}

function wake(ctx: ServiceContext, channel: 'changes' | 'outbox', key: string): void {
  ctx.wake.publish(channel, key).catch((error: unknown) => {
    ctx.log.warn({ err: error, channel }, 'service.wake_failed');
  });
}
