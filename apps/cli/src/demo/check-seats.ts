import type { GuestId } from '@wedsync/contracts/ids';
import type { SeatingPlan, SeatingTable } from '@wedsync/contracts/seating';
import { tablesBesideMm } from '@wedsync/contracts/seating-rules';

/** What is wrong with a plan, counted from its rows alone: nothing of the optimizer is used. */
export interface SeatFaults {
  guestsTwice: number;
  seatsTwice: number;
  seatsUnknown: number;
  needsUnmet: number;
}

const repeated = (values: readonly string[]) => values.length - new Set(values).size;
const distance = (one: SeatingTable, other: SeatingTable) =>
  Math.hypot(one.xMm - other.xMm, one.yMm - other.yMm);

/** Tables where somebody with an allergy may sit: by the kitchen, or beside such a table. */
function nearKitchen(tables: readonly SeatingTable[]): Set<string> {
  const kitchen = tables.filter(({ features }) => features.includes('near-kitchen'));
  const beside = (table: SeatingTable) =>
    kitchen.some((other) => distance(table, other) <= tablesBesideMm);
  return new Set((kitchen.length > 0 ? tables.filter(beside) : tables).map(({ id }) => id));
}

export function countSeatFaults({ guests, tables, seats, assignments }: SeatingPlan): SeatFaults {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const served = nearKitchen(tables);
  const tableOf = new Map<GuestId, SeatingTable | undefined>(
    assignments.map(({ guestId, tableId }) => [guestId, byId.get(tableId)]),
  );
  const unmet = guests.filter(({ id, accessibility, diets }) => {
    const table = tableOf.get(id);
    if (!table) return false;
    const has = (feature: SeatingTable['features'][number]) => table.features.includes(feature);
    const stepFree = accessibility.some((need) => need === 'wheelchair' || need === 'step-free');
    return (
      (stepFree && !has('step-free')) ||
      (accessibility.includes('seat-near-exit') && !has('near-exit')) ||
      (accessibility.includes('quiet-place') && !has('quiet')) ||
      (diets.some(({ severity }) => severity === 'allergy') && !served.has(table.id))
    );
  });
  const known = new Map(seats.map(({ id, tableId }) => [id, tableId]));
  return {
    guestsTwice: repeated(assignments.map(({ guestId }) => guestId)),
    seatsTwice: repeated(assignments.map(({ seatId }) => seatId)),
    seatsUnknown: assignments.filter(({ seatId, tableId }) => known.get(seatId) !== tableId).length,
    needsUnmet: unmet.length,
  };
}
