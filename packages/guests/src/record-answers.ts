import { DomainError } from '@wedsync/contracts/errors';
import type { Answer } from '@wedsync/contracts/guest-fields';
import { RecordAnswers } from '@wedsync/contracts/guests';
import type { EventId, GuestId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireRows } from './scope.ts';
import { presentGuests } from './tag-guests.ts';

type InvitationRecord = { guestId: GuestId; answer: Answer | null; version: number };

async function lockInvitations(
  tx: Tx,
  where: { weddingId: WeddingId; eventId: EventId; guestIds: readonly GuestId[] },
): Promise<InvitationRecord[]> {
  const present = await presentGuests(tx, where.weddingId, where.guestIds);
  const rows = await tx.execute<InvitationRecord>(sql`
    select guest_id as "guestId", answer, version from wedding.invitations
    where wedding_id = ${where.weddingId} and event_id = ${where.eventId}
      and guest_id = any(${uuidArray(present)})
    order by guest_id for update`);
  if (rows.length === present.length) return [...rows];
  throw new DomainError(
    'precondition',
    'guests.not-invited',
    'Some of these guests are not invited to this event. Invite them first, then write down the answer.',
    { notInvited: present.filter((id) => !rows.some((row) => row.guestId === id)) },
  );
}

/**
 * A planner writes down answers that came by phone or in person; `null` makes them outstanding.
 * @throws DomainError `conflict` when a stated version is stale (`details.current`: invitations),
 * `precondition` `guests.not-invited`, `not-found`
 */
export async function recordAnswers(
  ctx: ServiceContext,
  input: RecordAnswers,
): Promise<{ changed: number }> {
  const { eventId, answer, via, guests } = parseInput(RecordAnswers, input);
  requirePermission(ctx, 'guests.answer');
  const weddingId = requireWedding(ctx);
  const seen = new Map(guests.map((guest) => [guest.guestId, guest.version]));
  return writeTx(ctx, async ({ tx, auditAll, change }) => {
    await requireRows(tx, 'events', { weddingId, ids: [eventId] });
    const rows = await lockInvitations(tx, { weddingId, eventId, guestIds: [...seen.keys()] });
    const stale = rows.filter((row) => (seen.get(row.guestId) ?? row.version) !== row.version);
    if (stale.length > 0) throw staleVersion(stale, 'answer');
    const changing = rows.filter((row) => row.answer !== answer);
    if (changing.length === 0) return { changed: 0 };
    const by = actorId(ctx.actor) ?? null;
    await tx.execute(sql`
      update wedding.invitations set answer = ${answer}::text,
        answered_at = case when ${answer}::text is not null then ${ctx.clock.now().toISOString()}::timestamptz end,
        answered_by_kind = case when ${answer}::text is not null then ${ctx.actor.kind}::text end,
        answered_by = case when ${answer}::text is not null then ${by}::uuid end,
        via = case when ${answer}::text is not null then ${via}::text end
      where wedding_id = ${weddingId} and event_id = ${eventId}
        and guest_id = any(${uuidArray(changing.map((row) => row.guestId))})`);
    await auditAll(
      changing.map((row) => ({
        action: 'guests.answer',
        entity: 'guest',
        entityId: row.guestId,
        before: { eventId, answer: row.answer },
        after: { eventId, answer, via },
      })),
    );
    await change({ entity: 'invitation', kind: 'bulk' });
    return { changed: changing.length };
  });
}
