import { z } from 'zod';
import {
  type ImportCounts,
  ImportDecisions,
  ImportMapping,
  type ImportPreview,
} from './guest-import.ts';
import { GuestId, ImportId } from './ids.ts';

/** Largest file of a guest list, in bytes. */
export const importBytesMax = 10 * 1024 * 1024;

const file = {
  fileName: z.string().trim().min(1).max(255),
  /** The file's bytes, base64. */
  content: z.base64().max(Math.ceil(importBytesMax / 3) * 4, {
    error: 'The file is larger than 10 MB. Save only the sheet with the guests and try again.',
  }),
  /** Without one, the recogniser's guesses hold. */
  mapping: ImportMapping.optional(),
  decisions: ImportDecisions.optional(),
};

/** Reads a file and says what an import would do. Writes nothing. Answers `GuestImportPreview`. */
export const PreviewImport = z.object(file);
export type PreviewImport = z.input<typeof PreviewImport>;

export type GuestImportPreview = ImportPreview & {
  /** Stands for exactly this plan; `apply` refuses when it would do anything else by now. */
  digest: string;
};

/** Does what the preview with this `digest` showed, in one transaction. Answers `AppliedImport`. */
export const ApplyImport = z.object({ ...file, digest: z.string().length(43) });
export type ApplyImport = z.input<typeof ApplyImport>;
export interface AppliedImport {
  /** null: the file changed nothing, so there is nothing to undo. */
  importId: ImportId | null;
  counts: ImportCounts;
}

/**
 * How many days a removal or an import can be taken back. After that its data serve nobody and are
 * erased (GDPR article 5 (1) e, storage limitation).
 */
export const undoKeptDays = 30;

export interface GuestImport {
  id: ImportId;
  fileName: string;
  format: 'csv' | 'xlsx' | 'vcard';
  state: 'applied' | 'partly_undone' | 'undone';
  counts: ImportCounts;
  appliedAt: string;
  appliedBy: string | null;
  appliedByName: string | null;
  undoneAt: string | null;
}

/**
 * Takes an import back. Entries that somebody changed since are not touched: without
 * `skipChanged` the undo refuses, and `details.changed` (`ChangedSince[]`) names them.
 */
export const UndoImport = z.object({ importId: ImportId, skipChanged: z.boolean().default(false) });
export type UndoImport = z.input<typeof UndoImport>;
export interface ChangedSince {
  entity: 'household' | 'guest';
  id: string;
  name: string;
}
export interface UndoneImport {
  state: 'partly_undone' | 'undone';
  guestsRemoved: number;
  guestsReverted: number;
  kept: ChangedSince[];
}

/** Answers `{ fileName, content }`, CSV as UTF-8 text with BOM; without ids, all guests. */
export const ExportGuests = z.object({ guestIds: z.array(GuestId).max(20_000).optional() });
export type ExportGuests = z.input<typeof ExportGuests>;
