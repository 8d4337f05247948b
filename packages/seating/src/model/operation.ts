import type { GuestId, SeatingFixtureId, SeatingTableId, UserId } from '@wedsync/contracts/ids';
import type {
  PlanChange,
  Seat,
  SeatAssignment,
  SeatingFixture,
  SeatingLayout,
  SeatingTable,
} from '@wedsync/contracts/seating';
import { type OperationParts, summarize } from './summaries.ts';

/** What a change of the plan is called in its history; the database knows the same list. */
export type OperationKind =
  | 'layout-created'
  | 'layout-updated'
  | 'tables-added'
  | 'table-updated'
  | 'things-moved'
  | 'tables-removed'
  | 'fixtures-added'
  | 'fixture-updated'
  | 'fixtures-removed'
  | 'assigned'
  | 'swapped'
  | 'unassigned'
  | 'locked'
  | 'unlocked'
  | 'guests-left'
  | 'rules-changed'
  | 'run-applied'
  | 'version-restored'
  | 'imported'
  | 'undone'
  | 'redone';

/** The layout inside a patch; JSON without nulls says "none" where the capacity is not known. */
export interface LayoutPatch
  extends Pick<SeatingLayout, 'id' | 'eventId' | 'outline' | 'notes' | 'version'> {
  capacity: number | 'none';
}

/** Things of a plan as they are or shall be; `seats` lists all seats of each table it names. */
export interface PlanPatch {
  layout?: LayoutPatch;
  tables?: SeatingTable[];
  removedTableIds?: SeatingTableId[];
  seats?: Seat[];
  fixtures?: SeatingFixture[];
  removedFixtureIds?: SeatingFixtureId[];
  assignments?: SeatAssignment[];
  unseatedGuestIds?: GuestId[];
}

/** One operation as the database answers it, with the names that its summary needs. */
export interface OperationRecord {
  revision: number;
  kind: string;
  parts: OperationParts;
  at: string;
  userId: UserId | null;
  userName: string | null;
  forward: PlanPatch;
  guestNames: Record<string, string>;
}

export interface UndoState {
  canUndo: boolean;
  canRedo: boolean;
}

/** Who did it, for the screen; nobody where the system did. */
export const actorName = (record: Pick<OperationRecord, 'userName' | 'userId'>): string =>
  record.userName ?? (record.userId === null ? 'WedSync' : 'Somebody');

/** An operation as it crosses the wire. */
export function toPlanChange(record: OperationRecord, undo: UndoState): PlanChange {
  const { layout, ...things } = record.forward;
  return {
    revision: Number(record.revision),
    kind: record.kind,
    summary: summarize(record.kind, record.parts, record.guestNames),
    at: new Date(record.at).toISOString(),
    userId: record.userId,
    userName: actorName(record),
    ...(layout && {
      layout: {
        ...layout,
        capacity: layout.capacity === 'none' ? null : layout.capacity,
        revision: Number(record.revision),
      },
    }),
    ...things,
    ...undo,
  };
}
