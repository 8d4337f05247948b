import { z } from 'zod';
import { EventId, GuestId, SeatingTableId, type UserId } from './ids.ts';

/** Says where the person is looking; repeated every 10 s, forgotten after 25 s. */
export const ShowSeatingPresence = z.object({
  eventId: EventId,
  tableId: SeatingTableId.nullable(),
  guestIds: z.array(GuestId).max(50),
});
export type ShowSeatingPresence = z.input<typeof ShowSeatingPresence>;
export interface SeatingPresence {
  userId: UserId;
  userName: string;
  tableId: SeatingTableId | null;
  guestIds: GuestId[];
}
