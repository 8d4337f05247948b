import { ExportGuestData, type GuestDataFile } from '@wedsync/contracts/privacy';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { packGuestData } from './model/data-file.ts';
import { readGuestData } from './queries/guest-data.ts';

/**
 * Everything that is kept about one guest, for them (Articles 15 and 20 GDPR): a zip of JSON and
 * CSV. That it was made is written down; what stood in it is not.
 * @throws DomainError `not-found`
 */
export async function exportGuestData(
  ctx: ServiceContext,
  input: ExportGuestData,
): Promise<GuestDataFile> {
  const { guestId } = parseInput(ExportGuestData, input);
  requirePermission(ctx, 'privacy.export');
  const data = await readGuestData(ctx, guestId);
  await writeTx(ctx, async ({ audit }) => {
    await audit({ action: 'privacy.export-guest-data', entity: 'guest', entityId: guestId });
  });
  const now = ctx.clock.now();
  const content = Buffer.from(packGuestData(data, now)).toString('base64');
  return { fileName: `guest-data-${now.toISOString().slice(0, 10)}.zip`, content };
}
