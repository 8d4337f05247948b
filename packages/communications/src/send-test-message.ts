import { SendTestMessage } from '@wedsync/contracts/communications';
import { sendTestJob } from '@wedsync/contracts/communications-jobs';
import { DomainError } from '@wedsync/contracts/errors';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { requireMessage } from './rows.ts';

/**
 * Sends the message to the signed-in person's own address, in a moment.
 * @throws DomainError `forbidden` for anybody who is not a signed-in user
 */
export async function sendTestMessage(ctx: ServiceContext, input: SendTestMessage): Promise<void> {
  const { id, guestId, channel, language } = parseInput(SendTestMessage, input);
  requirePermission(ctx, 'communications.update');
  const { actor } = ctx;
  if (actor.kind !== 'user') {
    throw new DomainError(
      'forbidden',
      'communications.test-needs-user',
      'A test is sent to your own address. Sign in to send one.',
    );
  }
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, enqueue }) => {
    await requireMessage(tx, ctx, id);
    const { userId } = actor;
    await audit({ action: 'communications.send-test-message', entity: 'message', entityId: id });
    const target = { messageId: id, userId, guestId, channel, language };
    await enqueue(sendTestJob, { v: 1, weddingId, ...target });
  });
}
