import { DomainError } from '@wedsync/contracts/errors';
import type { Answer } from '@wedsync/contracts/guest-fields';
import { InviteGuests, UninviteGuests } from '@wedsync/contracts/guests';
import type { GuestId } from '@wedsync/contracts/ids';
import { uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireRows } from './scope.ts';
import { presentGuests } from './tag-guests.ts';

/**
 * Invites many guests to one event. Who is invited already stays as they are, with their answer.
 * @throws DomainError `not-found` for a foreign event, or when none of the guests is there
 */
export async function inviteGuests(
  ctx: ServiceContext,
  input: InviteGuests,
): Promise<{ invited: number }> {
  const { eventId, guestIds } = parseInput(InviteGuests, input);
  requirePermission(ctx, 'guests.invite');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await requireRows(tx, 'events', { weddingId, ids: [eventId] });
    const present = await presentGuests(tx, weddingId, guestIds);
    const rows = await tx.execute<{ id: GuestId }>(sql`
      insert into wedding.invitations (wedding_id, guest_id, event_id)
      select ${weddingId}::uuid, guest_id, ${eventId}::uuid from unnest(${uuidArray(present)}) as guest_id
      on conflict do nothing
      returning guest_id as id`);
    if (rows.length === 0) return { invited: 0 };
    await auditAll(
      rows.map(({ id }) => ({
        action: 'guests.invite',
        entity: 'guest',
        entityId: id,
        after: { eventId },
      })),
    );
    await change({ entity: 'invitation', kind: 'bulk' });
    return { invited: rows.length };
  });
}

/**
 * Takes many guests off one event.
 * @throws DomainError `precondition` `guests.answers-exist` when answers would be lost and
 * `evenAnswered` was not said; `details.answered` = how many
 */
export async function uninviteGuests(
  ctx: ServiceContext,
  input: UninviteGuests,
): Promise<{ uninvited: number; answersLost: number }> {
  const { eventId, guestIds, evenAnswered } = parseInput(UninviteGuests, input);
  requirePermission(ctx, 'guests.invite');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await requireRows(tx, 'events', { weddingId, ids: [eventId] });
    const present = await presentGuests(tx, weddingId, guestIds);
    const rows = await tx.execute<{ id: GuestId; answer: Answer | null }>(sql`
      delete from wedding.invitations
      where wedding_id = ${weddingId} and event_id = ${eventId}
        and guest_id = any(${uuidArray(present)})
      returning guest_id as id, answer`);
    const answered = rows.filter((row) => row.answer !== null).length;
    if (answered > 0 && !evenAnswered) {
      throw new DomainError(
        'precondition',
        'guests.answers-exist',
        `${answered} of these guests answered already, and their answers would be lost. Confirm to take them off the event anyway.`,
        { answered },
      );
    }
    if (rows.length === 0) return { uninvited: 0, answersLost: 0 };
    await auditAll(
      rows.map(({ id, answer }) => ({
        action: 'guests.uninvite',
        entity: 'guest',
        entityId: id,
        before: { eventId, answer },
      })),
    );
    await change({ entity: 'invitation', kind: 'bulk' });
    return { uninvited: rows.length, answersLost: answered };
  });
}
