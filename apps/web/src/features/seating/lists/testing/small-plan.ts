import {
  EventId,
  GuestId,
  HouseholdId,
  newId,
  SeatId,
  SeatingLayoutId,
  SeatingRelationshipId,
  SeatingTableId,
} from '@wedsync/contracts/ids';
import type { SeatingGuest, SeatingPlan, SeatingTable } from '@wedsync/contracts/seating';
import type { SeatingRelationship } from '@wedsync/contracts/seating-rules';

const households = new Map<string, HouseholdId>();

function householdOf(name: string): HouseholdId {
  const id = households.get(name) ?? newId(HouseholdId);
  households.set(name, id);
  return id;
}

/** Somebody who comes; the household is the last name. */
export function makeGuest(name: string, set: Partial<SeatingGuest> = {}): SeatingGuest {
  const [firstName = '', lastName = ''] = name.split(' ');
  return {
    id: newId(GuestId),
    householdId: householdOf(lastName),
    householdName: lastName,
    plusOneOf: null,
    firstName,
    lastName,
    ageGroup: 'adult',
    side: null,
    diets: [],
    accessibility: [],
    tagIds: [],
    answer: 'yes',
    ...set,
  };
}

export function makeTable(label: string, set: Partial<SeatingTable> = {}): SeatingTable {
  return {
    id: newId(SeatingTableId),
    label,
    shape: 'round',
    seatCount: 3,
    xMm: 0,
    yMm: 0,
    rotation: 0,
    widthMm: 1_520,
    depthMm: 1_520,
    zone: '',
    features: [],
    isLocked: false,
    version: 1,
    ...set,
  };
}

/** A plan in which the guests named beside a table sit at it, from seat 1 on. */
export function makePlan(
  guests: readonly SeatingGuest[],
  tables: readonly (readonly [SeatingTable, ...SeatingGuest[]])[],
): SeatingPlan {
  const seats = tables.flatMap(([table]) =>
    Array.from({ length: table.seatCount }, (_, at) => ({
      id: newId(SeatId),
      tableId: table.id,
      number: at + 1,
    })),
  );
  const assignments = tables.flatMap(([table, ...seated]) =>
    seated.flatMap((guest, at) => {
      const seat = seats.find((one) => one.tableId === table.id && one.number === at + 1);
      if (!seat) throw new Error(`${table.label} has no seat ${at + 1}`);
      return {
        guestId: guest.id,
        seatId: seat.id,
        tableId: table.id,
        seatNumber: seat.number,
        isLocked: false,
        placedBy: 'manual' as const,
      };
    }),
  );
  return {
    layout: {
      id: newId(SeatingLayoutId),
      eventId: newId(EventId),
      outline: [],
      capacity: null,
      notes: '',
      revision: 1,
      version: 1,
    },
    fixtures: [],
    tables: tables.map(([table]) => table),
    seats,
    guests: [...guests],
    assignments,
    canUndo: false,
    canRedo: false,
  };
}

/** A rule between two guests. */
export function makeRule(
  kind: SeatingRelationship['kind'],
  one: SeatingGuest,
  other: SeatingGuest,
): SeatingRelationship {
  return {
    id: newId(SeatingRelationshipId),
    eventId: null,
    kind,
    one: { kind: 'guest', id: one.id },
    other: { kind: 'guest', id: other.id },
    weight: 5,
    note: '',
    version: 1,
  };
}
