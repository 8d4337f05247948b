import { useQuery } from '@tanstack/react-query';
import type { GuestId } from '@wedsync/contracts/ids';
import type { SeatExplanation } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { useState } from 'react';
import { trpc, trpcClient } from '../../../lib/trpc.ts';
import { guestName } from '../../guests/words.ts';
import { placeLine, tableTitle } from '../lists/guest-lines.ts';
import { useSeating } from '../plan-store.ts';
import { costWords } from './cost-words.ts';

interface WhyDialogProps {
  guestId: GuestId;
  onClose: () => void;
}

const firstShown = 5;

type Alternative = SeatExplanation['alternatives'][number];

function AlternativeLine(props: { alternative: Alternative; onTake: (() => void) | null }) {
  const { alternative, onTake } = props;
  const { index } = useSeating();
  const { cost, message, tableLabel, swapWith } = alternative;
  const partner = swapWith ? index.guests.get(swapWith) : undefined;
  const title = tableTitle({ label: tableLabel });
  return (
    <li className="flex items-start gap-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{title}</span>
          <span className="text-ink-soft text-sm">{costWords(cost)}</span>
        </p>
        {message ? <p className="text-ink-soft text-sm">{message}</p> : null}
        {partner ? (
          <p className="text-sm">The table is full: {guestName(partner)} would change places.</p>
        ) : null}
      </div>
      {onTake ? (
        <Button
          size="sm"
          aria-label={
            partner ? `Swap with ${guestName(partner)}` : `Move there: ${title.toLowerCase()}`
          }
          onPress={onTake}
        >
          {partner ? 'Swap' : 'Move there'}
        </Button>
      ) : null}
    </li>
  );
}

function Explanation({ why, onClose }: { why: SeatExplanation; onClose: () => void }) {
  const { actions, canEdit, index } = useSeating();
  const [isWhole, setWhole] = useState(false);
  const isLocked = index.assignments.get(why.guestId)?.isLocked ?? false;
  const possible = why.alternatives.filter(({ cost }) => cost !== null);
  const forbidden = why.alternatives.filter(({ cost }) => cost === null);
  const ordered = [...possible, ...forbidden];
  const take = ({ swapWith, tableId }: Alternative) => {
    if (swapWith) void actions.swap(why.guestId, swapWith);
    else void actions.place([why.guestId], { tableId });
    onClose();
  };
  return (
    <div className="flex flex-col gap-6">
      {why.reasons.length > 0 ? (
        <section>
          <h3 className="font-display text-lg">What speaks for this table, and what against</h3>
          <ul className="m-0 mt-1.5 flex list-none flex-col gap-1.5 p-0">
            {why.reasons.map(({ cost, message }) => (
              <li key={message}>
                <StatusDot tone={cost < 0 ? 'positive' : cost > 0 ? 'caution' : 'neutral'} isLong>
                  <span>
                    <span className="sr-only">{cost < 0 ? 'For it: ' : 'Against it: '}</span>
                    {message}
                  </span>
                </StatusDot>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p className="text-ink-soft">
          Nothing speaks for or against a table: no wish or rule names this guest yet.
        </p>
      )}
      <section>
        <h3 className="font-display text-lg">What if?</h3>
        <ul className="m-0 list-none divide-y divide-line p-0">
          {(isWhole ? ordered : ordered.slice(0, firstShown)).map((alternative) => (
            <AlternativeLine
              key={alternative.tableId}
              alternative={alternative}
              onTake={
                canEdit && !isLocked && alternative.cost !== null ? () => take(alternative) : null
              }
            />
          ))}
        </ul>
        {ordered.length > firstShown && !isWhole ? (
          <Button size="sm" className="mt-2" onPress={() => setWhole(true)}>
            All {ordered.length} tables
          </Button>
        ) : null}
      </section>
    </div>
  );
}

/** Why a guest sits where they sit, and what every other table would mean. */
export function WhyDialog({ guestId, onClose }: WhyDialogProps) {
  const { weddingId, eventId, index, plan } = useSeating();
  const input = { weddingId, eventId, guestId };
  const query = useQuery({
    // True of this revision of the plan only.
    queryKey: [...trpc.seating.explainSeat.queryKey(input), plan.layout.revision],
    queryFn: ({ signal }) => trpcClient.seating.explainSeat.query(input, { signal }),
  });
  const guest = index.guests.get(guestId);
  const seat = index.assignments.get(guestId) ?? null;
  const place = placeLine(seat, seat ? index.tables.get(seat.tableId)?.table : undefined);
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      kind="drawer"
      title={`${place ? 'Why here' : 'Where to'}: ${guest ? guestName(guest) : 'guest'}`}
      subtitle={place ? `At ${place}` : 'Without a seat'}
    >
      {query.error ? (
        <FailureState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Explanation why={query.data} onClose={onClose} />
      ) : (
        <SkeletonRows label="The reasons are being worked out" />
      )}
    </Dialog>
  );
}
