import { ExportGuests } from '@wedsync/contracts/guest-imports';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { readExisting, readImportContext } from './import-context.ts';
import { exportCsv } from './model/import/export-csv.ts';
import type { Existing, ExportRow } from './model/import/types.ts';

function toExportRows({ guests, households }: Existing): ExportRow[] {
  const homes = new Map(households.map(({ householdId, values }) => [householdId, values]));
  return guests.flatMap(({ imported: _, ...guest }) => {
    const household = homes.get(guest.householdId);
    return household ? [{ ...guest, household }] : [];
  });
}

/**
 * The guest list as CSV for spreadsheet programs; importing it back unchanged changes nothing. It
 * is written to the history: whoever holds the file holds everybody's contact data.
 */
export async function exportGuests(
  ctx: ServiceContext,
  input: ExportGuests,
): Promise<{ fileName: string; content: string }> {
  const { guestIds } = parseInput(ExportGuests, input);
  requirePermission(ctx, 'guests.export');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const { tx, audit } = scope;
    const { events } = await readImportContext(tx, weddingId);
    const all = toExportRows(await readExisting(scope, weddingId));
    const wanted = new Set(guestIds);
    const rows = guestIds ? all.filter((row) => wanted.has(row.guestId)) : all;
    const after = { guests: rows.length };
    await audit({ action: 'guests.export', entity: 'guest-list', entityId: weddingId, after });
    const day = ctx.clock.now().toISOString().slice(0, 10);
    return { fileName: `guests-${day}.csv`, content: exportCsv(rows, events) };
  });
}
