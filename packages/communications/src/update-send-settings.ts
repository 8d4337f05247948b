import { type SendSettings, UpdateSendSettings } from '@wedsync/contracts/communications-control';
import { sendSettings } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { eq } from 'drizzle-orm';
import { loadSendSettings } from './queries/send-settings.ts';

/**
 * Changes how a wedding sends.
 * @throws DomainError `conflict` `service.stale-version` with the current settings
 */
export async function updateSendSettings(
  ctx: ServiceContext,
  input: UpdateSendSettings,
): Promise<SendSettings> {
  const { version, weeklyLimit } = parseInput(UpdateSendSettings, input);
  requirePermission(ctx, 'communications.send');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    // Of two people who set it for the first time at once, the second waits here for the first.
    const [made] =
      version === 0
        ? await tx
            .insert(sendSettings)
            .values({ weddingId, weeklyLimit })
            .onConflictDoNothing()
            .returning()
        : [];
    const before = await loadSendSettings(tx, weddingId, { isLocked: true });
    if (!made) {
      if (before.version !== version) throw staleVersion(before, 'setting');
      await tx
        .update(sendSettings)
        .set({ weeklyLimit })
        .where(eq(sendSettings.weddingId, weddingId));
    }
    await audit({
      action: 'communications.update-send-settings',
      entity: 'wedding',
      entityId: weddingId,
      ...(made ? {} : { before: { weeklyLimit: before.weeklyLimit } }),
      after: { weeklyLimit },
    });
    await change({ entity: 'send_settings', kind: 'updated' });
    return loadSendSettings(tx, weddingId, { isLocked: false });
  });
}
