import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { PlacementConflict } from '@wedsync/contracts/seating';

/** What the database says of a placement that cannot be. */
export interface FoundConflict {
  guestId: GuestId;
  reason: PlacementConflict['reason'];
  tableId: SeatingTableId | null;
  tableLabel: string | null;
  seatNumber: number | null;
}

const full = (table: string, alternatives: readonly string[]) =>
  alternatives.length === 0
    ? `${table} is full, and so is every other table. Add a table or a seat first.`
    : `${table} is full. There is room at table ${alternatives.join(', ')}.`;

/**
 * A conflict in the planner's words: what is in the way and what to do. Guests are not named; the
 * screen knows their names, and errors may be logged.
 * @param alternatives labels of tables with room
 */
export function putConflict(found: FoundConflict, alternatives: readonly string[]): string {
  const table = found.tableLabel === null ? 'This table' : `Table ${found.tableLabel}`;
  switch (found.reason) {
    case 'seat-taken':
      return `Seat ${found.seatNumber} of ${table.charAt(0).toLowerCase()}${table.slice(1)} is taken. Choose a free seat or let the two change places.`;
    case 'table-full':
      return full(table, alternatives);
    case 'no-such-seat':
      return `${table} has no seat ${found.seatNumber}. Choose another seat or add seats to it.`;
    case 'no-such-table':
      return 'This table was removed in the meantime. Choose another one.';
    case 'guest-not-invited':
      return 'This guest is not invited to the event, or was removed. Invite them first.';
    case 'guest-locked':
      return 'This guest is locked to their seat. Unlock them first.';
    case 'table-locked':
      return `${table} is locked. Unlock it before you change who sits there.`;
    case 'named-twice':
      return 'This guest was named twice. Choose one seat for them.';
  }
}
