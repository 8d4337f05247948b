import { useQuery } from '@tanstack/react-query';
import type { GuestImport } from '@wedsync/contracts/guest-imports';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { formatMoment, plural } from '../../lib/format.ts';
import { undoKeptDays } from '../../lib/limits.ts';
import { trpc } from '../../lib/trpc.ts';
import { UndoImportDialog, useUndoImport } from './undo-import.tsx';

const stateWords: Record<GuestImport['state'], string> = {
  applied: 'Imported',
  partly_undone: 'Partly undone',
  undone: 'Undone',
};

/** What an import replaced is erased in time, and with it the way back. */
const isKept = ({ appliedAt }: GuestImport) =>
  Date.now() - Date.parse(appliedAt) < undoKeptDays * 24 * 3_600_000;

/** Files that were imported before, each with its undo. */
export function EarlierImports({ weddingId }: { weddingId: string }) {
  const imports = useQuery(trpc.guests.listImports.queryOptions({ weddingId }));
  const undo = useUndoImport(weddingId);
  const list = imports.data ?? [];
  if (list.length === 0) return null;
  return (
    <Card title="Earlier imports" isFlush>
      <ul id="earlier" className="m-0 list-none divide-y divide-line border-line border-t p-0">
        {list.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-1 basis-60">
              <p className="truncate font-medium">{entry.fileName}</p>
              <p className="text-ink-soft text-sm">
                {formatMoment(entry.appliedAt)}
                {entry.appliedByName ? `, ${entry.appliedByName}` : ''} ·{' '}
                {plural(entry.counts.guestsCreated, 'guest')} added,{' '}
                {plural(entry.counts.guestsUpdated, 'guest')} changed
              </p>
            </div>
            <Badge tone={entry.state === 'applied' ? 'positive' : 'neutral'}>
              {stateWords[entry.state]}
            </Badge>
            {entry.state === 'undone' ? null : isKept(entry) ? (
              <Button size="sm" onPress={() => undo.start(entry.id)} isPending={undo.isPending}>
                Undo
              </Button>
            ) : (
              <span className="text-ink-soft text-sm">No undo after {undoKeptDays} days</span>
            )}
          </li>
        ))}
      </ul>
      <UndoImportDialog undo={undo} />
    </Card>
  );
}
