import { Audience, type MessageSummary } from '@wedsync/contracts/communications';
import { SendSingle } from '@wedsync/contracts/communications-control';
import { guests } from '@wedsync/db/schema/guests';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, isNull } from 'drizzle-orm';
import { answerOnce } from './answer-once.ts';
import { compileWordings } from './compile-wordings.ts';
import { moveMessage } from './move-message.ts';
import { summaryOf } from './queries/messages.ts';
import { requireSms, type SmsProviderGround } from './require-sms.ts';
import { writeMessage } from './write-message.ts';

/**
 * Writes to one guest at once, past every bulk message.
 * @throws DomainError `not-found` for a guest that is not there
 * @throws DomainError `invalid` `communications.wording`
 * @throws DomainError `precondition` `communications.sms-not-configured`
 */
export async function sendSingle(
  ctx: ServiceContext,
  input: SendSingle,
  ground: SmsProviderGround = {},
): Promise<MessageSummary> {
  const { idempotencyKey, ...fields } = parseInput(SendSingle, input);
  requirePermission(ctx, 'communications.send');
  const { guestId, wordings, ...message } = fields;
  requireSms(message, ground);
  const compiled = await compileWordings(wordings);
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, (scope) => {
    const work = async () => {
      const [[guest], draft] = await Promise.all([
        scope.tx
          .select({ id: guests.id })
          .from(guests)
          .where(
            and(eq(guests.weddingId, weddingId), eq(guests.id, guestId), isNull(guests.removedAt)),
          ),
        writeMessage(ctx, scope, {
          ...message,
          wordings: compiled,
          lane: 'single',
          audience: Audience.parse({ guestIds: [guestId] }),
        }),
      ]);
      if (!guest) throw notFound('guest');
      const { row, entry } = await moveMessage(ctx, scope, { current: draft, move: 'send' });
      const after = { guestId, channel: message.channel, title: message.title };
      const [summary] = await Promise.all([
        summaryOf(scope.tx, row),
        scope.audit({ ...entry, action: 'communications.send-single', after }),
      ]);
      return summary;
    };
    return answerOnce(ctx, scope, {
      key: idempotencyKey,
      verb: 'send-single',
      input: fields,
      work,
    });
  });
}
