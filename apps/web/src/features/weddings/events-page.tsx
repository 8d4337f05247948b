import { useMutation } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { WeddingEvent } from '@wedsync/contracts/weddings';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { IconButton } from '@wedsync/ui/icon-button';
import { Page } from '@wedsync/ui/page-shell';
import { ArrowDown, ArrowUp, CalendarPlus, Pencil, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit, useWedding, weddingsChanged } from '../../lib/wedding.ts';
import { eventKindWords, whenWords } from './event-words.ts';

const EventDialog = lazyRouteComponent(() => import('./event-dialog.tsx'), 'EventDialog');

/** The programme of the wedding, in its order. */
export function EventsPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/events' });
  const { wedding, events } = useWedding(weddingId);
  const canEdit = useCanEdit(weddingId);
  const [open, setOpen] = useState<WeddingEvent | 'new' | null>(null);
  const order = useMutation(
    trpc.weddings.orderEvents.mutationOptions({
      onSuccess: weddingsChanged,
      onError: (error) => notifyFailure('The order was not changed', error),
    }),
  );
  const move = (from: number, by: -1 | 1) => {
    const ids = events.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved) ids.splice(from + by, 0, moved);
    order.mutate({ weddingId, eventIds: ids });
  };
  const add = (
    <Button variant="primary" onPress={() => setOpen('new')}>
      <Plus aria-hidden="true" />
      Add event
    </Button>
  );
  return (
    <Page
      title="Events"
      note="Guests are invited to each event on its own and answer for each."
      actions={canEdit && events.length > 0 ? add : null}
    >
      {events.length === 0 ? (
        <EmptyState
          icon={<CalendarPlus />}
          title="What will be celebrated?"
          actions={canEdit ? add : null}
        >
          The ceremony, the dinner, the brunch on the day after: each event has its own guests.
        </EmptyState>
      ) : (
        <ol className="m-0 flex list-none flex-col gap-3 p-0">
          {events.map((event, index) => (
            <li
              key={event.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-surface px-5 py-4 shadow-card"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-display text-ink text-xl">{event.name}</span>
                  <Badge tone="accent">{eventKindWords[event.kind]}</Badge>
                </p>
                <p className="text-ink-soft">{whenWords(event, wedding.locale)}</p>
                <p className="text-ink-soft text-sm">
                  {[event.venue, event.address].filter(Boolean).join(', ')}
                </p>
              </div>
              {canEdit ? (
                <div className="flex gap-1">
                  <IconButton
                    label={`Move ${event.name} up`}
                    isDisabled={index === 0 || order.isPending}
                    onPress={() => move(index, -1)}
                  >
                    <ArrowUp aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label={`Move ${event.name} down`}
                    isDisabled={index === events.length - 1 || order.isPending}
                    onPress={() => move(index, 1)}
                  >
                    <ArrowDown aria-hidden="true" />
                  </IconButton>
                  <IconButton label={`Edit ${event.name}`} onPress={() => setOpen(event)}>
                    <Pencil aria-hidden="true" />
                  </IconButton>
                </div>
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {open ? (
        <Suspense>
          <EventDialog
            weddingId={weddingId}
            event={open === 'new' ? null : open}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      ) : null}
    </Page>
  );
}
