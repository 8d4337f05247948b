import { z } from 'zod';
import type { EventId, SeatingRunId, UserId, WeddingId } from './ids.ts';
import type { RunMode, RunState } from './seating-runs.ts';

/** A view that is older than this has missed two of its refreshes. */
export const seatingViewStaleMs = 25 * 60_000;

/** Newest first: `Page<SeatingRunReading>`; ids and figures, nobody's name. */
export const ListAllSeatingRuns = z.object({
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAllSeatingRuns = z.input<typeof ListAllSeatingRuns>;

export interface SeatingRunReading {
  id: SeatingRunId;
  weddingId: WeddingId;
  eventId: EventId;
  /** Name of the company that plans the wedding. */
  company: string;
  mode: RunMode;
  state: RunState;
  /** Running, but its worker has not been heard of since its lease ended. */
  isStuck: boolean;
  /** What the planner gave it. */
  seconds: number;
  queuedAt: string;
  waitedMs: number | null;
  tookMs: number | null;
  startCost: number | null;
  cost: number | null;
  /** 0 = proven best; null = no bound known. */
  gap: number | null;
  movedCount: number | null;
  isApplied: boolean;
  error: string | null;
}

export interface SeatingViewReading {
  name: string;
  refreshedAt: string;
  durationMs: number;
  rowCount: number;
  isStale: boolean;
}

/** Somebody tried to change a plan without the right to; once a minute per person and action. */
export interface SeatingRefusal {
  at: string;
  weddingId: WeddingId;
  company: string;
  userId: UserId;
  action: string;
}

/** Seating over all weddings: plans, seats, runs, gaps, conflicts, and how old the figures are. */
export interface SeatingMetrics {
  plans: { layouts: number; tables: number; emptyTables: number; changesLastHour: number };
  seats: { seats: number; seated: number; unseated: number; share: number | null };
  runs: { lastDay: number; failed: number; medianSeconds: number | null };
  gaps: { proven: number; known: number; average: number | null };
  conflicts: { plansWithBrokenRules: number; declinedSeated: number; refusalsLastDay: number };
  /** null = never refreshed. */
  viewAgeMs: number | null;
  /** The newest, at most 50. */
  refusals: SeatingRefusal[];
}
