import { z } from 'zod';
import type { AccessibilityNeed, Answer, TagId } from './guest-fields.ts';
import { textBlock, textLine, Version } from './guest-fields.ts';
import type { AgeGroup, Diet } from './guest-import.ts';
import {
  EventId,
  GuestId,
  type HouseholdId,
  type SeatId,
  SeatingFixtureId,
  SeatingLayoutId,
  SeatingTableId,
  type UserId,
} from './ids.ts';

/** Largest plan that is promised to be fast; the database refuses more. */
export const seatingGuestsMax = 2_000;
export const seatingTablesMax = 300;
/** Most seats at one table: a long banquet table. */
export const tableSeatsMax = 60;

// Room ------------------------------------------------------------------------------------------

/** Millimetres from the room's upper left corner, x to the right, y down. Rooms up to 200 m. */
export const Millimetres = z.int().min(-200_000).max(200_000);
export const RoomPoint = z.object({ xMm: Millimetres, yMm: Millimetres });
export type RoomPoint = z.infer<typeof RoomPoint>;
/** Clockwise, whole degrees. */
export const RotationDegrees = z.int().min(0).max(359);

export const fixtureKinds = [
  'door',
  'kitchen-pass',
  'dance-floor',
  'stage',
  'band',
  'bar',
  'buffet',
  'cake',
  'photo-booth',
  'wall',
  'pillar',
  'window',
  'step',
  'restroom',
  'other',
] as const;
export const FixtureKind = z.enum(fixtureKinds);
export type FixtureKind = z.infer<typeof FixtureKind>;

const placeFields = {
  /** Middle of the thing. */
  xMm: Millimetres,
  yMm: Millimetres,
  rotation: RotationDegrees.default(0),
};
const sizeMm = z.int().min(50).max(100_000);

export const FixtureInput = z.object({
  kind: FixtureKind,
  label: textLine(60).default(''),
  ...placeFields,
  widthMm: sizeMm,
  depthMm: sizeMm,
});
export type FixtureInput = z.input<typeof FixtureInput>;

export interface SeatingFixture extends z.output<typeof FixtureInput> {
  id: SeatingFixtureId;
  version: number;
}

// Tables ----------------------------------------------------------------------------------------

export const tableShapes = [
  'round',
  'rectangular',
  'square',
  'oval',
  'head',
  'sweetheart',
  'serpentine',
] as const;
export const TableShape = z.enum(tableShapes);
export type TableShape = z.infer<typeof TableShape>;

/** What a table offers beyond seats; hard rules of guests are met by it. */
export const tableFeatures = ['step-free', 'near-exit', 'quiet', 'near-kitchen', 'vip'] as const;
export const TableFeature = z.enum(tableFeatures);
export type TableFeature = z.infer<typeof TableFeature>;

export const TableInput = z.object({
  /** As guests read it: "1", "12", "Lisbon". Unique per layout. */
  label: textLine(40).min(1),
  shape: TableShape,
  seatCount: z.int().min(1).max(tableSeatsMax),
  ...placeFields,
  /** Diameter of a round table. */
  widthMm: sizeMm,
  depthMm: sizeMm,
  /** Free name of a part of the room, e.g. "terrace". */
  zone: textLine(40).default(''),
  features: z.array(TableFeature).max(tableFeatures.length).default([]),
  isLocked: z.boolean().default(false),
});
export type TableInput = z.input<typeof TableInput>;

export interface SeatingTable extends z.output<typeof TableInput> {
  id: SeatingTableId;
  version: number;
}

/** One row per seat; numbered from 1 clockwise, from the seat nearest the table's top. */
export interface Seat {
  id: SeatId;
  tableId: SeatingTableId;
  number: number;
}

// Plan ------------------------------------------------------------------------------------------

/** Who or what placed a guest. */
export const placedBy = ['manual', 'optimizer', 'import', 'version'] as const;
export type PlacedBy = (typeof placedBy)[number];

export interface SeatAssignment {
  guestId: GuestId;
  seatId: SeatId;
  tableId: SeatingTableId;
  seatNumber: number;
  /** A locked guest is moved by nobody and nothing until unlocked. */
  isLocked: boolean;
  placedBy: PlacedBy;
}

/** Somebody invited to the event, with what matters to a seat. */
export interface SeatingGuest {
  id: GuestId;
  householdId: HouseholdId;
  householdName: string;
  plusOneOf: GuestId | null;
  firstName: string;
  lastName: string;
  ageGroup: AgeGroup;
  side: 'partner_a' | 'partner_b' | 'both' | null;
  diets: Diet[];
  accessibility: AccessibilityNeed[];
  tagIds: TagId[];
  /** null = outstanding. "no" stands here only while the guest still has a seat. */
  answer: Answer | null;
}

export interface SeatingLayout {
  id: SeatingLayoutId;
  eventId: EventId;
  /** Corners of the room, in order; at least three. */
  outline: RoomPoint[];
  /** Most persons that the room may hold, by law or by the venue; null = not known. */
  capacity: number | null;
  notes: string;
  /** Grows by one with every change of the plan: table, seat, assignment, lock, rule. */
  revision: number;
  version: number;
}

/** Everything that the floor plan and the list show. */
export interface SeatingPlan {
  layout: SeatingLayout;
  fixtures: SeatingFixture[];
  tables: SeatingTable[];
  seats: Seat[];
  guests: SeatingGuest[];
  assignments: SeatAssignment[];
  canUndo: boolean;
  canRedo: boolean;
}

/** Answers `SeatingPlan | null` (null: no layout was made for the event yet). */
export const GetSeatingPlan = z.object({ eventId: EventId });
export type GetSeatingPlan = z.input<typeof GetSeatingPlan>;

/** Everybody's seats at once would be too much for a phone: `Page<MobileTable>`, by label. */
export const ListMobileTables = z.object({
  eventId: EventId,
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(50).default(20),
});
export type ListMobileTables = z.input<typeof ListMobileTables>;
export interface MobileTable {
  id: SeatingTableId;
  label: string;
  seatCount: number;
  seated: { guestId: GuestId; name: string; seatNumber: number; diets: string[] }[];
}

/** Answers `SeatingSummary`: at most 20 kB for 50 tables. */
export const GetSeatingSummary = z.object({ eventId: EventId });
export type GetSeatingSummary = z.input<typeof GetSeatingSummary>;
export interface SeatingSummary {
  revision: number;
  seatCount: number;
  seatedCount: number;
  unseatedCount: number;
  tables: { id: SeatingTableId; label: string; seatCount: number; seatedCount: number }[];
}

/** Guests by name for placing, accents and typos forgiven; unseated first. `FoundGuest[]`. */
export const SearchSeatingGuests = z.object({
  eventId: EventId,
  text: z.string().trim().min(1).max(100),
  onlyUnseated: z.boolean().default(false),
  limit: z.int().min(1).max(50).default(10),
});
export type SearchSeatingGuests = z.input<typeof SearchSeatingGuests>;
export interface FoundGuest {
  guestId: GuestId;
  name: string;
  householdName: string;
  tableLabel: string | null;
  seatNumber: number | null;
}

// Changes of the room ---------------------------------------------------------------------------

/** Answers the `SeatingPlan`. One layout per event. */
export const CreateSeatingLayout = z.object({
  eventId: EventId,
  outline: z.array(RoomPoint).min(3).max(100),
  capacity: z.int().min(1).max(10_000).nullable().default(null),
  /** Tables and fixtures to begin with, e.g. from a template of the browser. */
  tables: z.array(TableInput).max(seatingTablesMax).default([]),
  fixtures: z.array(FixtureInput).max(200).default([]),
});
export type CreateSeatingLayout = z.input<typeof CreateSeatingLayout>;

/** Answers `PlanChange`. */
export const UpdateSeatingLayout = z.object({
  layoutId: SeatingLayoutId,
  version: Version,
  outline: z.array(RoomPoint).min(3).max(100).optional(),
  capacity: z.int().min(1).max(10_000).nullable().optional(),
  notes: textBlock(2_000).optional(),
});
export type UpdateSeatingLayout = z.input<typeof UpdateSeatingLayout>;

/** Answers `PlanChange`. */
export const AddSeatingTables = z.object({
  layoutId: SeatingLayoutId,
  tables: z.array(TableInput).min(1).max(100),
});
export type AddSeatingTables = z.input<typeof AddSeatingTables>;

/**
 * Fewer seats send the guests of the seats that go to the unseated queue, in the same transaction;
 * the answer, a `PlanChange`, names them.
 */
export const UpdateSeatingTable = z.object({
  tableId: SeatingTableId,
  version: Version,
  set: TableInput.partial(),
});
export type UpdateSeatingTable = z.input<typeof UpdateSeatingTable>;

/** Where things stand, many at once; no versions, because the last hand on a table wins. */
export const MoveSeatingThings = z.object({
  layoutId: SeatingLayoutId,
  tables: z.array(z.object({ tableId: SeatingTableId, ...placeFields })).max(seatingTablesMax),
  fixtures: z.array(z.object({ fixtureId: SeatingFixtureId, ...placeFields })).max(200),
});
export type MoveSeatingThings = z.input<typeof MoveSeatingThings>;

/** Their guests go to the unseated queue. Answers `PlanChange`. */
export const RemoveSeatingTables = z.object({
  layoutId: SeatingLayoutId,
  tableIds: z.array(SeatingTableId).min(1).max(seatingTablesMax),
});
export type RemoveSeatingTables = z.input<typeof RemoveSeatingTables>;

export const AddSeatingFixtures = z.object({
  layoutId: SeatingLayoutId,
  fixtures: z.array(FixtureInput).min(1).max(200),
});
export type AddSeatingFixtures = z.input<typeof AddSeatingFixtures>;
export const UpdateSeatingFixture = z.object({
  fixtureId: SeatingFixtureId,
  version: Version,
  set: FixtureInput.partial(),
});
export type UpdateSeatingFixture = z.input<typeof UpdateSeatingFixture>;
export const RemoveSeatingFixtures = z.object({
  layoutId: SeatingLayoutId,
  fixtureIds: z.array(SeatingFixtureId).min(1).max(200),
});
export type RemoveSeatingFixtures = z.input<typeof RemoveSeatingFixtures>;

// Changes of who sits where ---------------------------------------------------------------------

const guestIds = z.array(GuestId).min(1).max(seatingGuestsMax);

/** A table alone takes its lowest free seat; `seatNumber` asks for that seat. */
export const SeatPlacement = z.object({
  guestId: GuestId,
  tableId: SeatingTableId,
  seatNumber: z.int().min(1).max(tableSeatsMax).optional(),
});
export type SeatPlacement = z.input<typeof SeatPlacement>;

/**
 * All of it or nothing: a conflict refuses the whole with `conflict` `seating.placements-refused`,
 * whose details carry `conflicts: PlacementConflict[]`. Guests that sit elsewhere are moved.
 * `revision` given: refused as stale unless the plan is still at it.
 */
export const AssignSeats = z.object({
  eventId: EventId,
  placements: z.array(SeatPlacement).min(1).max(seatingGuestsMax),
  revision: z.int().min(0).optional(),
});
export type AssignSeats = z.input<typeof AssignSeats>;

export const placementConflicts = [
  'seat-taken',
  'table-full',
  'no-such-seat',
  'no-such-table',
  'guest-not-invited',
  'guest-locked',
  'table-locked',
  'named-twice',
] as const;
export interface PlacementConflict {
  guestId: GuestId;
  reason: (typeof placementConflicts)[number];
  /** In the planner's words. */
  message: string;
}

/** Two guests exchange their seats. Answers `PlanChange`. */
export const SwapSeats = z.object({ eventId: EventId, guestIds: z.tuple([GuestId, GuestId]) });
export type SwapSeats = z.input<typeof SwapSeats>;
export const UnassignSeats = z.object({ eventId: EventId, guestIds });
export type UnassignSeats = z.input<typeof UnassignSeats>;
export const LockSeats = z.object({ eventId: EventId, guestIds, isLocked: z.boolean() });
export type LockSeats = z.input<typeof LockSeats>;

/** Takes back the newest change of the plan that this person made and nobody built upon. */
export const UndoSeating = z.object({ eventId: EventId });
export type UndoSeating = z.input<typeof UndoSeating>;
export const RedoSeating = UndoSeating;
export type RedoSeating = UndoSeating;

// History and deltas ----------------------------------------------------------------------------

/** What one change did; a browser at `revision - 1` that merges it is at `revision`. */
export interface PlanChange {
  revision: number;
  kind: string;
  /** Plain words, e.g. "Ann Lee to table 4". */
  summary: string;
  at: string;
  userId: UserId | null;
  userName: string;
  layout?: SeatingLayout;
  tables?: SeatingTable[];
  removedTableIds?: SeatingTableId[];
  /** All seats of every table whose seats changed. */
  seats?: Seat[];
  fixtures?: SeatingFixture[];
  removedFixtureIds?: SeatingFixtureId[];
  assignments?: SeatAssignment[];
  /** Guests who lost their seat. */
  unseatedGuestIds?: GuestId[];
  canUndo: boolean;
  canRedo: boolean;
}

/** Oldest first, up to 200; null when too much is missing and the plan must be read again. */
export const ListPlanChanges = z.object({ eventId: EventId, sinceRevision: z.int().min(0) });
export type ListPlanChanges = z.input<typeof ListPlanChanges>;
/** Newest first: `Page<PlanHistoryEntry>`. */
export const ListSeatingHistory = z.object({
  eventId: EventId,
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListSeatingHistory = z.input<typeof ListSeatingHistory>;
export interface PlanHistoryEntry {
  revision: number;
  kind: string;
  summary: string;
  at: string;
  userName: string;
  isUndone: boolean;
}
