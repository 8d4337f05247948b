import { useMutation } from '@tanstack/react-query';
import type { ColumnChoice, ImportDecisions } from '@wedsync/contracts/guest-import';
import { useState } from 'react';
import { importBytesMax } from '../../lib/limits.ts';
import { trpc } from '../../lib/trpc.ts';
import { guestsChanged } from '../guests/guests-changed.ts';

interface ChosenFile {
  fileName: string;
  content: string;
}

const chunk = 0x8000;

/** The bytes of a file as base64, in pieces: one call with all bytes would overflow the stack. */
async function readFile(file: File): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  }
  return { fileName: file.name, content: btoa(binary) };
}

const noDecisions: ImportDecisions = { merges: [], overwrites: [] };

/**
 * One import from the dropped file to the written guests. Every change of a column or decision asks
 * for a new preview; what is applied is exactly the preview on screen (its digest).
 */
export function useImport(weddingId: string) {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [decisions, setDecisions] = useState<ImportDecisions>(noDecisions);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const preview = useMutation(trpc.guests.previewImport.mutationOptions());
  const apply = useMutation(trpc.guests.applyImport.mutationOptions({ onSuccess: guestsChanged }));
  const mapping = preview.data?.columns.map(
    ({ column, field, eventId, person }): ColumnChoice => ({ column, field, eventId, person }),
  );

  const choose = async (picked: File) => {
    apply.reset();
    preview.reset();
    setDecisions(noDecisions);
    setTooLarge(picked.size > importBytesMax ? picked.name : null);
    if (picked.size > importBytesMax) return;
    const next = await readFile(picked);
    setFile(next);
    preview.mutate({ weddingId, ...next });
  };
  const setColumn = (choice: ColumnChoice) => {
    if (!file || !mapping) return;
    const next = mapping.map((old) => (old.column === choice.column ? choice : old));
    preview.mutate({ weddingId, ...file, mapping: next, decisions });
  };
  const decide = (next: ImportDecisions) => {
    if (!file) return;
    setDecisions(next);
    preview.mutate({ weddingId, ...file, mapping, decisions: next });
  };
  const run = () => {
    const digest = preview.data?.digest;
    if (file && digest) apply.mutate({ weddingId, ...file, mapping, decisions, digest });
  };
  const startOver = () => {
    setFile(null);
    setDecisions(noDecisions);
    preview.reset();
    apply.reset();
  };
  return { file, decisions, tooLarge, preview, apply, choose, setColumn, decide, run, startOver };
}

/** State and moves of the import wizard. */
export type ImportState = ReturnType<typeof useImport>;
