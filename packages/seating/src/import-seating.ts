import { createHash } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import type { EventId } from '@wedsync/contracts/ids';
import type { PlanChange, SeatingPlan } from '@wedsync/contracts/seating';
import {
  ImportSeating,
  PreviewSeatingImport,
  type SeatingImportPreview,
} from '@wedsync/contracts/seating-runs';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import { planSeatingImport, type SeatingImportPlan } from './model/csv/plan-seating-import.ts';
import { readSeatingCsv } from './model/csv/read-seating-csv.ts';
import { requireSeating } from './permission.ts';
import { placeGuests } from './place-guests.ts';
import { getPlan, readPlan } from './queries/get-plan.ts';
import { changePlan, lockLayout, stalePlan } from './write-plan.ts';

const plannedOf = (plan: SeatingPlan, csv: string): SeatingImportPlan =>
  planSeatingImport(plan, readSeatingCsv(csv));

/** Stands for what a person has agreed to: this file with these moves and these problems. */
const digestOf = (eventId: EventId, csv: string, planned: SeatingImportPlan): string =>
  createHash('sha256')
    .update(JSON.stringify([eventId, csv, planned]))
    .digest('hex');

/**
 * What importing a file would change. Writes nothing.
 * @throws DomainError `forbidden`, `not-found`, `invalid` `seating.no-columns`, `limit`
 */
export async function previewImport(
  ctx: ServiceContext,
  input: PreviewSeatingImport,
): Promise<SeatingImportPreview> {
  const { eventId, csv } = parseInput(PreviewSeatingImport, input);
  await requireSeating(ctx, 'seating.update');
  const plan = await getPlan(ctx, { eventId });
  if (!plan) throw notFound('floor plan');
  const planned = plannedOf(plan, csv);
  return { ...planned, digest: digestOf(eventId, csv, planned) };
}

/**
 * Imports a file as its preview showed it, all in one change that can be undone; rows with problems
 * stay out, as shown. The same file again changes nothing.
 * @throws DomainError `forbidden`, `not-found`, `conflict` `seating.stale-plan`, `conflict`
 * `seating.import-differs`
 */
export async function importSeating(
  ctx: ServiceContext,
  input: ImportSeating,
): Promise<PlanChange> {
  const { eventId, csv, digest, revision } = parseInput(ImportSeating, input);
  const weddingId = requireWedding(ctx);
  return changePlan(ctx, async (scope) => {
    const layout = await lockLayout(scope.tx, weddingId, sql`l.event_id = ${eventId}`);
    if (layout.revision !== revision) throw stalePlan(layout.revision);
    const plan = await readPlan(scope.tx, {
      weddingId,
      eventId,
      userId: actorId(ctx.actor) ?? null,
    });
    if (!plan) throw notFound('floor plan');
    const planned = plannedOf(plan, csv);
    if (digestOf(eventId, csv, planned) !== digest) {
      throw new DomainError(
        'conflict',
        'seating.import-differs',
        'Guests or tables have changed since this file was looked at. Nothing was changed; look at it again.',
      );
    }
    const { moves } = planned;
    return placeGuests(ctx, scope, {
      eventId,
      placements: moves.flatMap(({ guestId, to }) => (to ? [{ guestId, ...to }] : [])),
      unseat: moves.flatMap(({ guestId, to }) => (to ? [] : [guestId])),
      revision,
      by: 'import',
      kind: 'imported',
      action: 'seating.import',
    });
  });
}
