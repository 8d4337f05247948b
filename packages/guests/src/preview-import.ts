import { type GuestImportPreview, PreviewImport } from '@wedsync/contracts/guest-imports';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { readExisting, readImportContext } from './import-context.ts';
import { planFile, readImportFile, toPreview } from './import-plan.ts';

/**
 * Reads a file and says what importing it would do. Writes nothing and keeps nothing of the file.
 * @throws DomainError `invalid`/`limit` `guests.import_*` for a file that is no guest list
 */
export async function previewImport(
  ctx: ServiceContext,
  input: PreviewImport,
): Promise<GuestImportPreview> {
  const request = parseInput(PreviewImport, input);
  requirePermission(ctx, 'guests.import');
  const weddingId = requireWedding(ctx);
  const file = await readImportFile(request);
  const wedding = await readTx(ctx, async (tx) => {
    const [context, existing] = await Promise.all([
      readImportContext(tx, weddingId),
      readExisting({ tx, keyRing: ctx.keyRing }, weddingId),
    ]);
    return { context, existing };
  });
  return toPreview(file, planFile(file, request, wedding));
}
