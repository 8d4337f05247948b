import { DomainError } from '@wedsync/contracts/errors';
import { type AppliedImport, ApplyImport } from '@wedsync/contracts/guest-imports';
import { ImportId, newId, type WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { guestImports } from '@wedsync/db/schema/guests';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { readExisting, readImportContext } from './import-context.ts';
import { type ImportFile, type PlannedImport, planFile, readImportFile } from './import-plan.ts';
import { type ImportRows, isEmpty, toImportRows } from './import-rows.ts';
import { recordAfter, recordBefore } from './import-snapshots.ts';
import { type Importer, writeImportRows } from './import-writes.ts';

/** One import or undo at a time per wedding: two tabs with the same file must not both create. */
export async function lockImports(tx: Tx, weddingId: WeddingId): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`guest-import ${weddingId}`}, 0))`,
  );
}

function requireAsPreviewed(planned: PlannedImport, digest: string): void {
  if (planned.digest === digest) return;
  throw new DomainError(
    'conflict',
    'guests.import-changed',
    'The guest list changed since you looked at the preview, so the import would do something else now. Look at the new preview and import again.',
    { digest: planned.digest },
  );
}

const idsOf = (rows: readonly { id: string; action?: string }[], action: 'create' | 'update') =>
  rows.filter((row) => row.action === action).map((row) => row.id);

interface Writing {
  by: Importer;
  file: ImportFile;
  planned: PlannedImport;
  rows: ImportRows;
}

async function write(scope: WriteScope, { by, file, planned, rows }: Writing): Promise<ImportId> {
  const { tx } = scope;
  const { weddingId } = by;
  const importId = newId(ImportId);
  const { columns, plan } = planned;
  await tx.insert(guestImports).values({
    weddingId,
    id: importId,
    fileName: file.table.fileName,
    fileSha256: file.sha256,
    format: file.table.format,
    mapping: columns.map(({ column, field, eventId, person }) => ({
      column,
      field,
      eventId,
      person,
    })),
    counts: plan.counts,
    appliedAt: new Date(by.at),
    appliedBy: by.userId,
  });
  await recordBefore(
    tx,
    { weddingId, importId },
    {
      guests: [...idsOf(rows.guests, 'update'), ...rows.keys.map((row) => row.id)],
      households: idsOf(rows.households, 'update'),
    },
  );
  const tags = await writeImportRows(scope, by, rows);
  await recordAfter(
    tx,
    { weddingId, importId },
    {
      guests: idsOf(rows.guests, 'create'),
      households: idsOf(rows.households, 'create'),
      tags,
    },
  );
  // The guests' own histories read the recorded changes; one entry stands for the whole import.
  await scope.audit({
    action: 'guests.apply-import',
    entity: 'guest-import',
    entityId: importId,
    after: { fileName: file.table.fileName, ...plan.counts },
  });
  await scope.change({ entity: 'guest', kind: 'bulk' });
  return importId;
}

/**
 * Does what the preview showed, in one transaction: all of it, or on any failure nothing. Applying a
 * file again changes nothing.
 * @throws DomainError `conflict` `guests.import-changed` when the list changed since the preview,
 * `invalid`/`limit` `guests.import_*`, `limit` when the plan of the company has no room
 */
export async function applyImport(ctx: ServiceContext, input: ApplyImport): Promise<AppliedImport> {
  const request = parseInput(ApplyImport, input);
  requirePermission(ctx, 'guests.import');
  const weddingId = requireWedding(ctx);
  const file = await readImportFile(request);
  return writeTx(ctx, async (scope) => {
    await lockImports(scope.tx, weddingId);
    const context = await readImportContext(scope.tx, weddingId);
    const existing = await readExisting(scope, weddingId);
    const planned = planFile(file, request, { context, existing });
    const rows = toImportRows(planned.plan, existing);
    const { counts } = planned.plan;
    if (isEmpty(rows)) return { importId: null, counts };
    requireAsPreviewed(planned, request.digest);
    const by = { weddingId, userId: actorId(ctx.actor) ?? null, at: ctx.clock.now().toISOString() };
    return { importId: await write(scope, { by, file, planned, rows }), counts };
  });
}
