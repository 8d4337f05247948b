import type { MessageSummary } from '@wedsync/contracts/communications';
import { SendMessage } from '@wedsync/contracts/communications-control';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { answerOnce } from './answer-once.ts';
import { moveMessage } from './move-message.ts';
import { messageOf, summaryOf } from './queries/messages.ts';
import { requireSms, type SmsProviderGround } from './require-sms.ts';
import { lockMessage } from './rows.ts';

/**
 * Sends a draft, or a scheduled message before its time: its audience is frozen and it leaves in the
 * background.
 * @throws DomainError `precondition` `communications.wrong-state` when it was sent before
 * @throws DomainError `conflict` `service.stale-version` when somebody changed the draft meanwhile
 * @throws DomainError `precondition` `communications.sms-not-configured`
 * @throws DomainError `conflict` `communications.key-reused`
 */
export async function sendMessage(
  ctx: ServiceContext,
  input: SendMessage,
  ground: SmsProviderGround = {},
): Promise<MessageSummary> {
  const { idempotencyKey, ...fields } = parseInput(SendMessage, input);
  requirePermission(ctx, 'communications.send');
  return writeTx(ctx, (scope) => {
    const work = async () => {
      const current = await lockMessage(scope.tx, ctx, fields.id);
      // Only a draft can have changed under the sender's eyes.
      if (current.state === 'draft' && current.version !== fields.version) {
        throw staleVersion(await messageOf(scope.tx, current), 'message');
      }
      requireSms(current, ground);
      const { row, entry } = await moveMessage(ctx, scope, { current, move: 'send' });
      await scope.audit(entry);
      return summaryOf(scope.tx, row);
    };
    return answerOnce(ctx, scope, {
      key: idempotencyKey,
      verb: 'send-message',
      input: fields,
      work,
    });
  });
}
