import type { EventId, GuestId, SeatingFixtureId, SeatingTableId } from '@wedsync/contracts/ids';
import type {
  FixtureInput,
  PlanChange,
  RoomPoint,
  SeatingPlan,
  TableInput,
} from '@wedsync/contracts/seating';
import type { SeatingPresence } from '@wedsync/contracts/seating-presence';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Moves, Placement } from './plan-guesses.ts';
import type { PlanIndex } from './plan-model.ts';

/** What the person has picked out; guests and things of the room never at once. */
export interface SeatingSelection {
  guestIds: ReadonlySet<GuestId>;
  tableIds: ReadonlySet<SeatingTableId>;
  fixtureIds: ReadonlySet<SeatingFixtureId>;
}

/** Where guests are to sit: a table, or one seat of it. */
export type SeatTarget = Omit<Placement, 'guestId'>;

/** Seating of one event as this browser sees it now. Every change makes a new object. */
export interface SeatingState {
  weddingId: string;
  eventId: EventId;
  /** May change the plan; others only look. */
  canEdit: boolean;
  /** The plan with everything that is on its way to the server already in it. */
  plan: SeatingPlan;
  index: PlanIndex;
  selection: SeatingSelection;
  /** The selected guests are in hand: the next seat or table that is chosen takes them. */
  isCarrying: boolean;
  /** The room is being arranged: tables and fixtures can be moved, guests stay. */
  isArranging: boolean;
  /** Others who have this plan open. */
  presence: readonly SeatingPresence[];
  /** Changes that the server has not answered yet. */
  pendingCount: number;
  /** What was last done, for the status line and for screen readers. */
  message: string;
  /** Somebody asked to see this table; the floor plan brings it into view. */
  shownTableId: SeatingTableId | null;
}

/**
 * What can be done to the plan. Each is shown at once, sent in order, and taken back with a notice
 * when it is refused; the promise answers the change, or null after a refusal.
 */
export interface SeatingActions {
  /** All of them or none. */
  seat(placements: readonly Placement[]): Promise<PlanChange | null>;
  swap(one: GuestId, other: GuestId): Promise<PlanChange | null>;
  unseat(guestIds: readonly GuestId[]): Promise<PlanChange | null>;
  lock(guestIds: readonly GuestId[], isLocked: boolean): Promise<PlanChange | null>;
  /** Guests to a table or seat; one guest on a taken seat changes places. Says why it cannot be. */
  place(guestIds: readonly GuestId[], target: SeatTarget): Promise<PlanChange | null>;
  addTables(tables: readonly TableInput[]): Promise<PlanChange | null>;
  updateTable(tableId: SeatingTableId, set: Partial<TableInput>): Promise<PlanChange | null>;
  removeTables(tableIds: readonly SeatingTableId[]): Promise<PlanChange | null>;
  addFixtures(fixtures: readonly FixtureInput[]): Promise<PlanChange | null>;
  updateFixture(
    fixtureId: SeatingFixtureId,
    set: Partial<FixtureInput>,
  ): Promise<PlanChange | null>;
  removeFixtures(fixtureIds: readonly SeatingFixtureId[]): Promise<PlanChange | null>;
  moveThings(moves: Moves): Promise<PlanChange | null>;
  updateLayout(set: {
    outline?: RoomPoint[];
    capacity?: number | null;
    notes?: string;
  }): Promise<PlanChange | null>;
  undo(): Promise<PlanChange | null>;
  redo(): Promise<PlanChange | null>;
  /** Takes in a change that another procedure answered: a run applied, a version restored. */
  merge(change: PlanChange): void;
  /** Reads what has happened since the revision that is shown. */
  catchUp(): Promise<void>;

  /** Replaces the selection; nothing given clears it. Lets go of guests in hand. */
  select(selection?: {
    guestIds?: Iterable<GuestId>;
    tableIds?: Iterable<SeatingTableId>;
    fixtureIds?: Iterable<SeatingFixtureId>;
  }): void;
  /** Adds a guest to the selection or takes it out. */
  toggleGuest(guestId: GuestId): void;
  /** Takes guests in hand: the next seat or table that is chosen takes them. */
  pickUp(guestIds: readonly GuestId[]): void;
  /** Lets go of what is in hand and selected. */
  letGo(): void;
  arrange(isArranging: boolean): void;
  showTable(tableId: SeatingTableId | null): void;
  /** Says something in the status line; screen readers speak it. */
  announce(message: string): void;
}

/** The state together with what can be done. */
export interface Seating extends SeatingState {
  actions: SeatingActions;
}

/** Holds the state outside React, so that only what changed is drawn again. */
export interface PlanStore {
  state(): SeatingState;
  subscribe(listener: () => void): () => void;
  actions: SeatingActions;
}

export const PlanStoreContext = createContext<PlanStore | null>(null);

export function usePlanStore(): PlanStore {
  const store = useContext(PlanStoreContext);
  if (!store) throw new Error('Seating is read inside its page: wrap this in <PlanProvider>.');
  return store;
}

/** Everything about the open plan; draws again with every change of it. */
export function useSeating(): Seating {
  const store = usePlanStore();
  const state = useSyncExternalStore(store.subscribe, store.state);
  return { ...state, actions: store.actions };
}
