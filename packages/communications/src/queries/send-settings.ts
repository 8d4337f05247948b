import type { SendSettings } from '@wedsync/contracts/communications-control';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { sendSettings } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { eq } from 'drizzle-orm';

/** What holds before somebody has chosen; `wedding.list_weekly_limited` says the same. */
const unchosen: SendSettings = { weeklyLimit: 3, version: 0 };

/** How a wedding sends. */
export async function loadSendSettings(
  tx: Tx,
  weddingId: WeddingId,
  { isLocked }: { isLocked: boolean },
): Promise<SendSettings> {
  const select = tx
    .select({ weeklyLimit: sendSettings.weeklyLimit, version: sendSettings.version })
    .from(sendSettings)
    .where(eq(sendSettings.weddingId, weddingId));
  const [row] = isLocked ? await select.for('update') : await select;
  return row ?? unchosen;
}

/** How the wedding sends. */
export async function getSendSettings(ctx: ServiceContext): Promise<SendSettings> {
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, (tx) => loadSendSettings(tx, requireWedding(ctx), { isLocked: false }));
}
