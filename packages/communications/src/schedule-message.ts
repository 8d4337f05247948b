import type { MessageSummary, Schedule } from '@wedsync/contracts/communications';
import { ScheduleMessage } from '@wedsync/contracts/communications-control';
import { DomainError } from '@wedsync/contracts/errors';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { scheduledMoment, type WeddingDates } from './model/schedule-times.ts';
import { moveMessage } from './move-message.ts';
import { messageOf, summaryOf } from './queries/messages.ts';
import { loadWeddingDates } from './queries/wedding-dates.ts';
import { requireSms, type SmsProviderGround } from './require-sms.ts';
import { lockMessage } from './rows.ts';

function momentOf(schedule: Schedule, dates: WeddingDates, now: Date): Date {
  const isOfEvent = schedule.kind === 'relative' && schedule.anchor === 'event';
  if (isOfEvent && !dates.eventDays.has(schedule.eventId ?? '')) throw notFound('event');
  const sendAt = scheduledMoment(schedule, dates);
  if (!sendAt) {
    throw new DomainError(
      'precondition',
      'communications.no-anchor',
      'The date to count from is not decided yet. Set it in the wedding, or choose a day yourself.',
    );
  }
  if (sendAt <= now) {
    throw new DomainError(
      'invalid',
      'communications.in-the-past',
      'This moment has passed. Choose a later one, or send the message now.',
      { sendAt: sendAt.toISOString() },
    );
  }
  return sendAt;
}

/**
 * Plans when a draft leaves, or plans a scheduled message anew. A time relative to a date of the
 * wedding follows that date.
 * @throws DomainError `precondition` `communications.no-anchor` while the date is undecided
 * @throws DomainError `invalid` `communications.in-the-past`, `communications.not-after-too-early`
 * @throws DomainError `precondition` `communications.sms-not-configured`
 * @throws DomainError `conflict` `service.stale-version` when somebody changed the draft meanwhile
 */
export async function scheduleMessage(
  ctx: ServiceContext,
  input: ScheduleMessage,
  ground: SmsProviderGround = {},
): Promise<MessageSummary> {
  const { id, version, schedule, notAfter: latest } = parseInput(ScheduleMessage, input);
  requirePermission(ctx, 'communications.send');
  return writeTx(ctx, async (scope) => {
    const current = await lockMessage(scope.tx, ctx, id);
    if (current.version !== version) {
      throw staleVersion(await messageOf(scope.tx, current), 'message');
    }
    requireSms(current, ground);
    const dates = await loadWeddingDates(scope.tx, requireWedding(ctx));
    const sendAt = momentOf(schedule, dates, ctx.clock.now());
    const notAfter = latest === null ? null : new Date(latest);
    if (notAfter && notAfter <= sendAt) {
      throw new DomainError(
        'invalid',
        'communications.not-after-too-early',
        'The last moment must be later than the moment at which the message leaves.',
      );
    }
    const set = { schedule, sendAt, notAfter };
    const { row, entry } = await moveMessage(ctx, scope, { current, move: 'schedule', set });
    await scope.audit(entry);
    return summaryOf(scope.tx, row);
  });
}
