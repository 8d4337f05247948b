import { z } from 'zod';
import { textLine } from './guest-fields.ts';
import {
  EventId,
  GuestId,
  SeatingRunId,
  type SeatingTableId,
  SeatingVersionId,
  type UserId,
  WeddingId,
} from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { ListSeatingHistory } from './seating.ts';
import type { SeatingWarning } from './seating-rules.ts';

/** What the planner trades off, each from 0 (does not matter) to 10. */
export const SeatingWeights = z.object({
  /** Wishes of guests met. */
  happiness: z.int().min(0).max(10).default(6),
  /** Nobody much worse off than the others; nobody who knows nobody at the table. */
  fairness: z.int().min(0).max(10).default(4),
  /** Guests who keep their seats. */
  fewestMoves: z.int().min(0).max(10).default(2),
  /** Tables equally full. */
  balance: z.int().min(0).max(10).default(1),
});
export type SeatingWeights = z.infer<typeof SeatingWeights>;

export const runStates = [
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
  'infeasible',
] as const;
export type RunState = (typeof runStates)[number];

/**
 * `full` seats everybody anew but locked guests; `unseated` moves nobody who was placed by hand;
 * `reflow` repairs the plan after answers changed with as few moves as possible.
 */
export const runModes = ['full', 'unseated', 'reflow'] as const;
export const RunMode = z.enum(runModes);
export type RunMode = z.infer<typeof RunMode>;

/** Starts an optimization. Answers the `SeatingRun`, queued. One at a time per event. */
export const StartSeatingRun = z.object({
  eventId: EventId,
  mode: RunMode,
  weights: SeatingWeights.prefault({}),
  /** Guests still undecided or unanswered are seated too. */
  includesUndecided: z.boolean().default(false),
  seconds: z.int().min(1).max(300).default(10),
  /** Given: the run can be repeated exactly. */
  seed: z.int().min(1).max(2_147_483_647).optional(),
});
export type StartSeatingRun = z.input<typeof StartSeatingRun>;

/** Best cost and proven bound over time, for the curve. */
export interface RunPoint {
  atMs: number;
  cost: number;
  bound: number | null;
}

export interface SeatingRun {
  id: SeatingRunId;
  eventId: EventId;
  mode: RunMode;
  state: RunState;
  weights: SeatingWeights;
  seed: number;
  /** Revision of the plan that the run began with. */
  baseRevision: number;
  startedBy: UserId | null;
  startedByName: string;
  queuedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  startCost: number | null;
  cost: number | null;
  bound: number | null;
  /** 0 = proven best; 0.02 = at most 2 % from the best; null = no bound known. */
  gap: number | null;
  curve: RunPoint[];
  movesPerSecond: number | null;
  /** Guests who would sit elsewhere. */
  movedCount: number | null;
  appliedRevision: number | null;
  /** For `infeasible`: the smallest reason, in the planner's words. */
  infeasible: { message: string; guestIds: GuestId[]; tableIds: SeatingTableId[] } | null;
  error: string | null;
}

export const GetSeatingRun = z.object({ runId: SeatingRunId });
export type GetSeatingRun = z.input<typeof GetSeatingRun>;
/** Newest first: `Page<SeatingRun>`. */
export const ListSeatingRuns = ListSeatingHistory;
export type ListSeatingRuns = z.input<typeof ListSeatingRuns>;
/** Keeps the best plan found so far. */
export const CancelSeatingRun = GetSeatingRun;
export type CancelSeatingRun = GetSeatingRun;

export interface SeatingMove {
  guestId: GuestId;
  name: string;
  from: { tableId: SeatingTableId; tableLabel: string; seatNumber: number } | null;
  to: { tableId: SeatingTableId; tableLabel: string; seatNumber: number } | null;
}

/** What applying would do now: `SeatingDiff`. */
export const PreviewSeatingRun = GetSeatingRun;
export type PreviewSeatingRun = GetSeatingRun;
export interface SeatingDiff {
  baseRevision: number;
  revision: number;
  moves: SeatingMove[];
  /** Moves of the run that no longer fit, because a person changed something since. */
  dropped: (SeatingMove & { reason: string })[];
  before: { cost: number; warnings: SeatingWarning[] };
  after: { cost: number; warnings: SeatingWarning[] };
}

/**
 * Applies a run's plan in one transaction. Where the plan has changed since, the run is rebased:
 * locks and manual moves made since stay, what no longer fits is dropped and named. `revision` must
 * be the one of the preview, else `conflict` `seating.stale-plan`. Answers `PlanChange`.
 */
export const ApplySeatingRun = z.object({ runId: SeatingRunId, revision: z.int().min(0) });
export type ApplySeatingRun = z.input<typeof ApplySeatingRun>;

/** Computes the fewest moves that repair the plan, at once. Answers a finished `SeatingRun`. */
export const ProposeReflow = z.object({ eventId: EventId });
export type ProposeReflow = z.input<typeof ProposeReflow>;

/** Answers `SeatExplanation`. */
export const ExplainSeat = z.object({ eventId: EventId, guestId: GuestId });
export type ExplainSeat = z.input<typeof ExplainSeat>;
export interface SeatExplanation {
  guestId: GuestId;
  tableId: SeatingTableId | null;
  /** What speaks for and against the table, strongest first; negative `cost` speaks for it. */
  reasons: { cost: number; message: string }[];
  /** Every other table, cheapest first. */
  alternatives: {
    tableId: SeatingTableId;
    tableLabel: string;
    /** Change of the objective; null where a rule forbids it. */
    cost: number | null;
    message: string;
    /** Somebody to change places with, where the table is full. */
    swapWith: GuestId | null;
  }[];
}

// Versions --------------------------------------------------------------------------------------

/** Keeps the plan as it is under a name. Answers `SeatingVersion`. */
export const SaveSeatingVersion = z.object({ eventId: EventId, name: textLine(80).min(1) });
export type SaveSeatingVersion = z.input<typeof SaveSeatingVersion>;
export interface SeatingVersion {
  id: SeatingVersionId;
  name: string;
  revision: number;
  seatedCount: number;
  cost: number | null;
  savedAt: string;
  savedByName: string;
}
export const ListSeatingVersions = z.object({ eventId: EventId });
export type ListSeatingVersions = z.input<typeof ListSeatingVersions>;
/** What bringing the version back would move: `SeatingDiff`. */
export const CompareSeatingVersion = z.object({ versionId: SeatingVersionId });
export type CompareSeatingVersion = z.input<typeof CompareSeatingVersion>;
/** Undoable like any change. Answers `PlanChange`. */
export const RestoreSeatingVersion = z.object({
  versionId: SeatingVersionId,
  revision: z.int().min(0),
});
export type RestoreSeatingVersion = z.input<typeof RestoreSeatingVersion>;
export const RemoveSeatingVersion = CompareSeatingVersion;
export type RemoveSeatingVersion = CompareSeatingVersion;

// Import, export, print -------------------------------------------------------------------------

/** One row per guest: table, seat, guest, household, answer, diet. Answers `{ name, csv }`. */
export const ExportSeating = z.object({ eventId: EventId });
export type ExportSeating = z.input<typeof ExportSeating>;
/** Nothing is written: answers `SeatingImportPreview`. */
export const PreviewSeatingImport = z.object({ eventId: EventId, csv: z.string().max(2_000_000) });
export type PreviewSeatingImport = z.input<typeof PreviewSeatingImport>;
export interface SeatingImportPreview {
  /** Says which content was previewed; the import takes nothing else. */
  digest: string;
  moves: SeatingMove[];
  problems: { line: number; message: string }[];
}
/** All of it in one transaction. Answers `PlanChange`. */
export const ImportSeating = PreviewSeatingImport.extend({
  digest: z.string().length(64),
  revision: z.int().min(0),
});
export type ImportSeating = z.input<typeof ImportSeating>;

export const seatingPrints = [
  'floor-plan',
  'table-cards',
  'place-cards',
  'escort-cards',
  'alphabetical-list',
  'caterer-sheet',
] as const;
export const SeatingPrint = z.enum(seatingPrints);
export type SeatingPrint = z.infer<typeof SeatingPrint>;
export const paperSizes = ['A4', 'A3', 'A2', 'A1', 'A0', 'letter'] as const;
/** GET of the web surface: `/print/seating/:weddingId/:eventId/:print.pdf?paper=A4`. */
export const PrintSeating = z.object({
  eventId: EventId,
  print: SeatingPrint,
  paper: z.enum(paperSizes).default('A4'),
});
export type PrintSeating = z.input<typeof PrintSeating>;

// Jobs ------------------------------------------------------------------------------------------

export const optimizeSeatingJob = defineJob({
  name: 'seating.optimize-plan',
  queue: 'interactive',
  payload: z.object({ v: jobVersion(1), weddingId: WeddingId, runId: SeatingRunId }),
  attempts: 3,
  timeoutMs: 420_000,
});

/** Brings the two materialized views up to date; off-peak rhythm, and on demand by an operator. */
export const refreshSeatingViewsJob = defineJob({
  name: 'seating.refresh-views',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  timeoutMs: 300_000,
  schedule: { pattern: '*/10 * * * *', tz: 'UTC' },
});
