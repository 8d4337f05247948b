import { useMutation } from '@tanstack/react-query';
import type { SeatingImportPreview, SeatingMove } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { FileDrop } from '@wedsync/ui/file-drop';
import { plural } from '@wedsync/ui/format';
import { notifyUndo } from '@wedsync/ui/toast';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';

const placeWords = (place: SeatingMove['from']) =>
  place ? `table ${place.tableLabel}, seat ${place.seatNumber}` : 'no seat';

/** A file of seats: chosen, looked at, then imported in one change that can be undone. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { weddingId, plan, actions } = useSeating();
  const { eventId, revision } = plan.layout;
  const [file, setFile] = useState<{ csv: string; revision: number } | null>(null);
  const preview = useMutation(trpc.seating.previewImport.mutationOptions());
  const apply = useMutation(
    trpc.seating.importCsv.mutationOptions({
      onSuccess: (change) => {
        actions.merge(change);
        notifyUndo('The file is imported', () => void actions.undo());
        onClose();
      },
      onError: () => void actions.catchUp(),
    }),
  );
  const look = async (chosen: File) => {
    const csv = await chosen.text();
    setFile({ csv, revision });
    apply.reset();
    preview.mutate({ weddingId, eventId, csv });
  };
  const found = preview.data;
  const canImport = file && found && found.moves.length > 0;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      size="lg"
      title="Import seats"
      subtitle="A CSV file with a column of tables and one of guests, as in an export"
      footer={
        <>
          <Button onPress={onClose}>Leave the plan as it is</Button>
          <Button
            variant="primary"
            isDisabled={!canImport}
            isPending={apply.isPending}
            onPress={() =>
              canImport && apply.mutate({ weddingId, eventId, ...file, digest: found.digest })
            }
          >
            {found ? `Move ${plural(found.moves.length, 'guest')}` : 'Import'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <FileDrop
          accept={['.csv', '.txt', 'text/csv']}
          onFile={(chosen) => void look(chosen)}
          title="Drop the file here"
          note="Nothing changes before you have seen what it does."
          isDisabled={preview.isPending}
        />
        <FailureNote error={preview.error ?? apply.error} />
        {found ? <Found preview={found} /> : null}
      </div>
    </Dialog>
  );
}

const shownMax = 200;

function Found({ preview: { moves, problems } }: { preview: SeatingImportPreview }) {
  return (
    <>
      {problems.length > 0 ? (
        <Callout
          tone="caution"
          title={`${plural(problems.length, 'row')} cannot be imported`}
          isLive
        >
          <ul className="mt-1 list-disc pl-5 text-sm">
            {problems.slice(0, shownMax).map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {moves.length === 0 ? (
        <Callout tone="info" isLive>
          The plan is as the file says: there is nothing to move.
        </Callout>
      ) : (
        <section aria-label="Who moves">
          <ul className="divide-y divide-line">
            {moves.slice(0, shownMax).map(({ guestId, name, from, to }) => (
              <li key={guestId} className="flex flex-wrap justify-between gap-x-4 py-1.5">
                <span className="font-medium">{name}</span>
                <span className="text-ink-soft text-sm">
                  {placeWords(from)} → {placeWords(to)}
                </span>
              </li>
            ))}
          </ul>
          {moves.length > shownMax ? (
            <p className="mt-2 text-ink-soft text-sm">
              and {plural(moves.length - shownMax, 'guest')} more
            </p>
          ) : null}
        </section>
      )}
    </>
  );
}
