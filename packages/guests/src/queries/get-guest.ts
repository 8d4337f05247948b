import { GetGuest, type Guest } from '@wedsync/contracts/guests';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { fetchGuest } from '../guest-rows.ts';

/**
 * One guest with tags and invitations.
 * @throws DomainError `not-found` for a guest that was removed or is not of this wedding
 */
export async function getGuest(ctx: ServiceContext, input: GetGuest): Promise<Guest> {
  const { guestId } = parseInput(GetGuest, input);
  requirePermission(ctx, 'guests.read');
  return fetchGuest(ctx, { weddingId: requireWedding(ctx), guestId });
}
