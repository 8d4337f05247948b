import type { GuestId, SeatId, SeatingTableId } from '@wedsync/contracts/ids';
import type { OperationKind, PlanPatch } from '../model/operation.ts';

/** One stored operation, as far as a replay needs it. */
export interface StoredOperation {
  revision: number;
  kind: OperationKind;
  forward: PlanPatch;
}

/** A plan as replaying its history from nothing gives it; keys sorted, so that two can be compared. */
export interface ReplayedPlan {
  /** Seat of each guest, with a mark where locked. */
  assignments: Record<GuestId, string>;
  /** Table and number of each seat. */
  seats: Record<SeatId, string>;
  /** Label, seats and lock of each table. */
  tables: Record<SeatingTableId, string>;
}

const sorted = (map: ReadonlyMap<string, string>) =>
  Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Carries the history out again, and judges each step by rules that must never break. */
export function replayPlan(operations: readonly StoredOperation[]): {
  plan: ReplayedPlan;
  /** Steps that broke a rule: two guests on a seat, a seat that is not there, a lock overridden. */
  faults: string[];
} {
  const assignments = new Map<GuestId, { seatId: SeatId; isLocked: boolean }>();
  const seats = new Map<SeatId, { tableId: SeatingTableId; number: number }>();
  const tables = new Map<SeatingTableId, { label: string; seatCount: number; isLocked: boolean }>();
  const faults: string[] = [];
  for (const { revision, kind, forward } of operations) {
    const fault = (what: string) => faults.push(`${revision} ${kind}: ${what}`);
    const overrides = (guestId: GuestId, seatId: SeatId | null) => {
      const here = assignments.get(guestId);
      if (here?.isLocked && here.seatId !== seatId && kind !== 'guests-left')
        fault(`moves ${guestId}, who is locked`);
      const tableId = here && seats.get(here.seatId)?.tableId;
      const isHeld = tableId && tables.get(tableId)?.isLocked && here.seatId !== seatId;
      if (isHeld && kind !== 'guests-left') fault(`takes ${guestId} from a locked table`);
    };
    for (const guestId of forward.unseatedGuestIds ?? []) {
      overrides(guestId, null);
      assignments.delete(guestId);
    }
    for (const { guestId, seatId } of forward.assignments ?? []) overrides(guestId, seatId);
    for (const tableId of forward.removedTableIds ?? []) {
      tables.delete(tableId);
      for (const [id, seat] of seats) if (seat.tableId === tableId) seats.delete(id);
    }
    for (const { id, label, seatCount, isLocked } of forward.tables ?? [])
      tables.set(id, { label, seatCount, isLocked });
    const resized = new Set(forward.seats?.map(({ tableId }) => tableId));
    for (const [id, seat] of seats) if (resized.has(seat.tableId)) seats.delete(id);
    for (const { id, tableId, number } of forward.seats ?? []) seats.set(id, { tableId, number });
    for (const { guestId, seatId, isLocked } of forward.assignments ?? [])
      assignments.set(guestId, { seatId, isLocked });
    const taken = new Set<SeatId>();
    for (const [guestId, { seatId }] of assignments) {
      if (taken.has(seatId)) fault(`two guests on seat ${seatId}`);
      if (!seats.has(seatId)) fault(`${guestId} sits on a seat that is gone`);
      taken.add(seatId);
    }
  }
  return {
    plan: {
      assignments: sorted(
        new Map([...assignments].map(([id, a]) => [id, `${a.seatId} ${a.isLocked}`])),
      ),
      seats: sorted(new Map([...seats].map(([id, s]) => [id, `${s.tableId} ${s.number}`]))),
      tables: sorted(
        new Map([...tables].map(([id, t]) => [id, `${t.label} ${t.seatCount} ${t.isLocked}`])),
      ),
    },
    faults,
  };
}
