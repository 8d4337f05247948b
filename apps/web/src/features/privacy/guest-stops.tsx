import { useQuery } from '@tanstack/react-query';
import type { Suppression } from '@wedsync/contracts/communications-feedback';
import type { Guest } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { FailureNote } from '@wedsync/ui/failure-view';
import { StatusDot } from '@wedsync/ui/status-dot';
import { useState } from 'react';
import { formatMoment } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { LiftDialog } from './lift-dialog.tsx';
import { suppressionChannelWords, suppressionReasonWords } from './privacy-words.ts';
import { StopDialog } from './stop-dialog.tsx';

interface GuestStopsProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
}

/** By which channels a guest is not written to, and the ways to stop one and to lift a stop. */
export function GuestStops({ weddingId, guest, canEdit }: GuestStopsProps) {
  const [isStopping, setStopping] = useState(false);
  const [lifting, setLifting] = useState<Suppression | null>(null);
  const stops = useQuery(
    trpc.communications.listSuppressions.queryOptions({ weddingId, guestId: guest.id, limit: 10 }),
  );
  const list = stops.data?.items ?? [];
  return (
    <section>
      <h3 className="font-medium">Not written to</h3>
      <FailureNote error={stops.error} />
      {list.length > 0 ? (
        <ul className="m-0 mt-2 list-none divide-y divide-line p-0 text-sm">
          {list.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-2 py-2">
              <span className="min-w-0">
                <StatusDot tone="critical" isLong>
                  {suppressionChannelWords[one.channel]}:{' '}
                  {suppressionReasonWords[one.reason].toLowerCase()}
                </StatusDot>
                <span className="wrap-anywhere block text-ink-soft">
                  {formatMoment(one.createdAt)}
                  {one.note ? ` · ${one.note}` : ''}
                </span>
              </span>
              {canEdit && one.reason !== 'erased' ? (
                <Button size="sm" onPress={() => setLifting(one)}>
                  Write again…
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : stops.isSuccess ? (
        <p className="mt-1 text-ink-soft text-sm">No address of this guest is stopped.</p>
      ) : null}
      {canEdit ? (
        <Button size="sm" className="mt-3" onPress={() => setStopping(true)}>
          Write no more…
        </Button>
      ) : null}
      {isStopping ? (
        <StopDialog weddingId={weddingId} guest={guest} onClose={() => setStopping(false)} />
      ) : null}
      {lifting ? (
        <LiftDialog
          key={lifting.id}
          weddingId={weddingId}
          suppression={lifting}
          onClose={() => setLifting(null)}
        />
      ) : null}
    </section>
  );
}
