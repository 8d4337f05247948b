import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { MonitoringContext } from './ports.ts';
import { requireCatcher } from './queries/mail.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Deletes every caught mail. Only the catcher's copies go: none of them was ever delivered.
 * @returns how many there were
 */
export async function clearMails(ctx: MonitoringContext): Promise<{ removed: number }> {
  requireOperator(ctx);
  const mail = requireCatcher(ctx);
  const { messages } = await mail.count();
  await writeTx(ctx, async ({ tx }) => {
    await recordOperatorAction(ctx, tx, {
      action: 'mail.clear',
      entity: 'mail',
      before: { mails: messages },
    });
    // Last in the transaction: an audit row that cannot be written keeps the mails.
    await mail.clear();
  });
  return { removed: messages };
}
