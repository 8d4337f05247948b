import { lazyRouteComponent } from '@tanstack/react-router';
import { Skeleton } from '@wedsync/ui/skeleton';
import { Suspense } from 'react';
import { useWedding } from '../../lib/wedding.ts';

// Lists that open are large and not needed to see the plan: they arrive after it.
const EventSelect = lazyRouteComponent(() => import('./event-select.tsx'), 'EventSelect');

/** The choice of another event's seating; nothing where there is only one. */
export function EventChoice(props: { weddingId: string; eventId: string }) {
  const { events } = useWedding(props.weddingId);
  if (events.length < 2) return null;
  return (
    <Suspense fallback={<Skeleton className="h-9.5 w-44" />}>
      <EventSelect {...props} />
    </Suspense>
  );
}
