import { MessageAtVersion, type MessageSummary } from '@wedsync/contracts/communications';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import type { MessageMove } from './model/message-states.ts';
import { moveMessage } from './move-message.ts';
import { summaryOf } from './queries/messages.ts';
import { requireSms, type SmsProviderGround } from './require-sms.ts';
import { lockMessage, type MessageRow } from './rows.ts';

/**
 * A person's move that needs no version: it is about what happens to the message, not about what it
 * says, and its version is counted by progress.
 */
async function move(
  ctx: ServiceContext,
  input: MessageAtVersion,
  to: {
    move: MessageMove;
    set?: (current: MessageRow) => Partial<MessageRow>;
    /** Of moves after which something leaves. */
    ground?: SmsProviderGround;
  },
): Promise<MessageSummary> {
  const { id } = parseInput(MessageAtVersion, input);
  requirePermission(ctx, 'communications.send');
  return writeTx(ctx, async (scope) => {
    const current = await lockMessage(scope.tx, ctx, id);
    if (to.ground) requireSms(current, to.ground);
    const set = to.set?.(current) ?? {};
    const { row, entry } = await moveMessage(ctx, scope, { current, move: to.move, set });
    await scope.audit(entry);
    return summaryOf(scope.tx, row);
  });
}

/** Stops after the e-mails that are under way; the rest waits for `resumeMessage`. */
export const pauseMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  move(ctx, input, { move: 'pause' });

/**
 * Goes on where `pauseMessage` stopped.
 * @throws DomainError `precondition` `communications.sms-not-configured`
 */
export const resumeMessage = (
  ctx: ServiceContext,
  input: MessageAtVersion,
  ground: SmsProviderGround = {},
) => move(ctx, input, { move: 'resume', ground });

/** Stops for good: what has not left never will. */
export const cancelMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  move(ctx, input, { move: 'cancel' });

/** Makes a scheduled or held message a draft again. */
export const unscheduleMessage = (ctx: ServiceContext, input: MessageAtVersion) =>
  move(ctx, input, {
    move: 'unschedule',
    set: () => ({ schedule: null, sendAt: null, notAfter: null }),
  });

/**
 * Sends a held message after all. Whoever releases it has seen that it is late, so a moment after
 * which it should not have left, and which has passed, no longer counts.
 * @throws DomainError `precondition` `communications.sms-not-configured`
 */
export const releaseMessage = (
  ctx: ServiceContext,
  input: MessageAtVersion,
  ground: SmsProviderGround = {},
) =>
  move(ctx, input, {
    move: 'release',
    ground,
    set: ({ notAfter }) => (notAfter && notAfter <= ctx.clock.now() ? { notAfter: null } : {}),
  });
