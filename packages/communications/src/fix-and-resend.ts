import type { DeliveryState, MessageSummary } from '@wedsync/contracts/communications';
import { FixAndResend } from '@wedsync/contracts/communications-control';
import { DomainError } from '@wedsync/contracts/errors';
import type { DeliveryId, GuestId, MessageId } from '@wedsync/contracts/ids';
import { EmailAddress } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { deliveries } from '@wedsync/db/schema/communications';
import { getGuest, updateGuest } from '@wedsync/guests';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { answerOnce } from './answer-once.ts';
import { repeatMessage } from './repeat-message.ts';
import { requireSms, type SmsProviderGround } from './require-sms.ts';
import { requireMessage } from './rows.ts';

/** Where a new address can help. */
const fixable: readonly DeliveryState[] = ['failed', 'bounced', 'skipped'];

async function guestToFix(
  tx: Tx,
  ctx: ServiceContext,
  { messageId, deliveryId }: { messageId: MessageId; deliveryId: DeliveryId },
): Promise<{ guestId: GuestId; channel: 'email' | 'sms' }> {
  const [row] = await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.weddingId, requireWedding(ctx)),
        eq(deliveries.messageId, messageId),
        eq(deliveries.id, deliveryId),
      ),
    );
  if (!row?.guestId) throw notFound('delivery');
  if (row.channel === 'notice' || !fixable.includes(row.state)) {
    throw new DomainError(
      'precondition',
      'communications.not-fixable',
      'A new address helps only where a message failed, came back or had nowhere to go.',
      { state: row.state, channel: row.channel },
    );
  }
  return { guestId: row.guestId, channel: row.channel };
}

/**
 * Corrects a guest's address and sends the message again, to this guest alone and past every bulk
 * message. The new message names the old one, whose ledger stays as it is. Where sending fails the
 * corrected address is kept: doing it again only sends.
 * @throws DomainError `precondition` `communications.not-fixable`
 * @throws DomainError `precondition` `communications.sms-not-configured`
 * @throws DomainError `invalid` for an address that is none
 */
export async function fixAndResend(
  ctx: ServiceContext,
  input: FixAndResend,
  ground: SmsProviderGround = {},
): Promise<MessageSummary> {
  const { idempotencyKey, ...fields } = parseInput(FixAndResend, input);
  requirePermission(ctx, 'communications.send');
  requirePermission(ctx, 'guests.update');
  const { messageId } = fields;
  const { guestId, channel } = await readTx(ctx, (tx) => guestToFix(tx, ctx, fields));
  requireSms({ channel }, ground);
  const address = channel === 'email' ? parseInput(EmailAddress, fields.address) : fields.address;
  const { version } = await getGuest(ctx, { guestId });
  const patch = channel === 'email' ? { email: address } : { phone: address };
  await updateGuest(ctx, { guestId, version, patch });
  return writeTx(ctx, (scope) => {
    const work = async () => {
      const original = await requireMessage(scope.tx, ctx, messageId);
      const { summary, entry } = await repeatMessage(ctx, scope, {
        original,
        channel,
        guestId,
      });
      await scope.audit({ ...entry, action: 'communications.fix-and-resend' });
      return summary;
    };
    // The address is no part of what is remembered: it is the guest's.
    const { address: _, ...intent } = fields;
    return answerOnce(ctx, scope, {
      key: idempotencyKey,
      verb: 'fix-and-resend',
      input: intent,
      work,
    });
  });
}
