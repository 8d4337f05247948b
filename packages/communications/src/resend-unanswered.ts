import type { MessageSummary } from '@wedsync/contracts/communications';
import { ResendUnanswered } from '@wedsync/contracts/communications-control';
import { DomainError } from '@wedsync/contracts/errors';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { answerOnce } from './answer-once.ts';
import { summaryOf } from './queries/messages.ts';
import { loadWordings } from './queries/wordings.ts';
import { takenOver } from './repeat-message.ts';
import { requireMessage } from './rows.ts';
import { writeMessage } from './write-message.ts';

/**
 * Writes a draft with the words of a sent message, for those of its audience who have never answered.
 * Who that is, is decided when the draft is sent.
 * @throws DomainError `precondition` `communications.wrong-state` while the first one is not through
 */
export async function resendUnanswered(
  ctx: ServiceContext,
  input: ResendUnanswered,
): Promise<MessageSummary> {
  const { id, idempotencyKey } = parseInput(ResendUnanswered, input);
  requirePermission(ctx, 'communications.update');
  return writeTx(ctx, (scope) => {
    const work = async () => {
      const original = await requireMessage(scope.tx, ctx, id);
      if (original.state !== 'sent') {
        throw new DomainError(
          'precondition',
          'communications.wrong-state',
          'This message is not through yet. Wait until everybody has it, then write again to those who do not answer.',
          { state: original.state },
        );
      }
      const { weddingId, audience } = original;
      const draft = await writeMessage(ctx, scope, {
        ...takenOver(original),
        wordings: await loadWordings(scope.tx, { weddingId, messageId: id }),
        audience: { ...audience, answers: ['none'] },
      });
      await scope.audit({
        action: 'communications.resend-unanswered',
        entity: 'message',
        entityId: draft.id,
        after: { retryOf: id },
      });
      return summaryOf(scope.tx, draft);
    };
    const verb = 'resend-unanswered';
    return answerOnce(ctx, scope, { key: idempotencyKey, verb, input: { id }, work });
  });
}
