import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import type { SeatingRelationship } from '@wedsync/contracts/seating-rules';
import {
  CompareSeatingVersion,
  ListSeatingVersions,
  type SeatingDiff,
  type SeatingVersion,
  SeatingWeights,
} from '@wedsync/contracts/seating-runs';
import type { Tx } from '@wedsync/db/client';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readOne, readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { fitVersion, type SavedSeat } from '../model/fit-version.ts';
import type { PlanFacts } from '../model/plan-index.ts';
import { judgePlan } from '../model/warnings.ts';
import { relationshipsOf } from '../update-relationship.ts';
import { readPlan } from './get-plan.ts';

type VersionRecord = Omit<SeatingVersion, 'revision' | 'cost' | 'savedAt'> & {
  revision: string;
  cost: string | null;
  savedAt: string;
};

/** A version `v` without its seats. */
export const versionColumns: SQL = sql`v.id, v.name, v.revision, v.seated_count as "seatedCount", v.cost,
  v.saved_at as "savedAt",
  coalesce((select u.name from auth.users u where u.id = v.saved_by), 'Somebody') as "savedByName"`;

export const toVersion = ({ revision, cost, savedAt, ...rest }: VersionRecord): SeatingVersion => ({
  ...rest,
  revision: Number(revision),
  cost: cost === null ? null : Number(cost),
  savedAt: new Date(savedAt).toISOString(),
});

/** Plans of an event that were kept under a name, newest first. */
export async function listVersions(
  ctx: ServiceContext,
  input: ListSeatingVersions,
): Promise<SeatingVersion[]> {
  const { eventId } = parseInput(ListSeatingVersions, input);
  requirePermission(ctx, 'seating.read');
  const rows = await readOne<VersionRecord>(
    ctx,
    sql`select ${versionColumns} from wedding.seating_versions v
      where v.wedding_id = ${requireWedding(ctx)} and v.event_id = ${eventId}
      order by v.saved_at desc, v.id desc`,
  );
  return rows.map(toVersion);
}

export interface StoredVersion {
  eventId: EventId;
  name: string;
  assignments: SavedSeat[];
}

/** @throws DomainError `not-found` */
export async function readVersion(
  tx: Tx,
  weddingId: WeddingId,
  versionId: string,
): Promise<StoredVersion> {
  const [row] = await tx.execute<StoredVersion & Record<string, unknown>>(sql`
    select event_id as "eventId", name, assignments from wedding.seating_versions
    where wedding_id = ${weddingId} and id = ${versionId}`);
  if (!row) throw notFound('version');
  return row;
}

/** The plan of an event with its rules. @throws DomainError `not-found` */
export async function readFacts(ctx: ServiceContext, tx: Tx, eventId: EventId): Promise<PlanFacts> {
  const weddingId = requireWedding(ctx);
  const [plan, relationships] = await Promise.all([
    readPlan(tx, { weddingId, eventId, userId: actorId(ctx.actor) ?? null }),
    tx.execute<SeatingRelationship & Record<string, unknown>>(relationshipsOf(weddingId, eventId)),
  ]);
  if (!plan) throw notFound('floor plan');
  return { plan, relationships: [...relationships] };
}

/**
 * What bringing a version back would move, what of it cannot be, and what either plan is worth.
 * @throws DomainError `not-found`
 */
export async function compareVersion(
  ctx: ServiceContext,
  input: CompareSeatingVersion,
): Promise<SeatingDiff> {
  const { versionId } = parseInput(CompareSeatingVersion, input);
  requirePermission(ctx, 'seating.read');
  const weddingId = requireWedding(ctx);
  const { facts, saved } = await readTx(ctx, async (tx) => {
    const { eventId, assignments } = await readVersion(tx, weddingId, versionId);
    return { facts: await readFacts(ctx, tx, eventId), saved: assignments };
  });
  const { seats, moves, dropped } = fitVersion(facts.plan, saved);
  const weights = SeatingWeights.parse({});
  const before = judgePlan(facts, weights);
  const after = judgePlan(facts, weights, seats);
  const { revision } = facts.plan.layout;
  return {
    baseRevision: revision,
    revision,
    moves,
    dropped,
    before: { cost: before.cost, warnings: before.warnings },
    after: { cost: after.cost, warnings: after.warnings },
  };
}
