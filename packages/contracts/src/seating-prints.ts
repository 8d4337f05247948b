import { z } from 'zod';
import type { GuestId } from './ids.ts';
import { EventId } from './ids.ts';

/** Which names the fonts of the prints cannot show whole. Answers `PrintCheck`. */
export const CheckSeatingPrint = z.object({ eventId: EventId });
export type CheckSeatingPrint = z.input<typeof CheckSeatingPrint>;
export interface PrintCheck {
  revision: number;
  /** Where a line is left free in the prints, to be written by hand. */
  notes: { where: string; printed: string; characters: readonly string[] }[];
}

/** What a household reads of its own seats on its page. */
export const seatsShown = ['nothing', 'table', 'seat'] as const;
export const SeatsShown = z.enum(seatsShown);
export type SeatsShown = z.infer<typeof SeatsShown>;

const Day = z.iso.date({ error: 'Give a day such as 2027-06-19.' });

/** Answers `SeatPublication`. */
export const GetSeatPublication = z.object({ eventId: EventId });
export type GetSeatPublication = z.input<typeof GetSeatPublication>;
/** Answers `SeatPublication`. The last word holds; it is a setting and no part of the plan. */
export const PublishSeats = z.object({
  eventId: EventId,
  shows: SeatsShown,
  /** From 00:00 of this day in the wedding's zone; null = the day of the event. */
  shownFrom: Day.nullable().default(null),
});
export type PublishSeats = z.input<typeof PublishSeats>;
export interface SeatPublication {
  shows: SeatsShown;
  shownFrom: string | null;
  /** Day of the event in the wedding's zone; null = not set, then nothing shows by itself. */
  eventDay: string | null;
  /** Whether households can read it now. */
  isShown: boolean;
}

/** A seat of the household that asks. */
export interface HouseholdSeat {
  eventId: EventId;
  guestId: GuestId;
  tableLabel: string;
  /** null where only the table is shown. */
  seatNumber: number | null;
}
