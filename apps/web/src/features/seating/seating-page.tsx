import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { WeddingEvent } from '@wedsync/contracts/weddings';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Armchair } from 'lucide-react';
import { Suspense } from 'react';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit, useWedding } from '../../lib/wedding.ts';
import { EventChoice } from './event-choice.tsx';
import { PlanProvider } from './plan-provider.tsx';
import { SeatingWorkspace } from './seating-workspace.tsx';

const SetUpRoom = lazyRouteComponent(() => import('./floor-plan/set-up-room.tsx'), 'SetUpRoom');

/** What people sit down to, most likely first. */
const seatedKinds: readonly WeddingEvent['kind'][] = ['dinner', 'reception', 'party', 'brunch'];

function eventOf(events: readonly WeddingEvent[], eventId: string | undefined) {
  if (eventId) return events.find(({ id }) => id === eventId);
  const likely = seatedKinds.flatMap((kind) => events.filter((event) => event.kind === kind));
  return likely[0] ?? events[0];
}

/** Who sits where at one event: the room, the list, and everything that helps to fill it. */
export function SeatingPage() {
  const { weddingId = '', eventId } = useParams({ strict: false });
  const { events } = useWedding(weddingId);
  const event = eventOf(events, eventId);
  if (!event) {
    return (
      <Page title="Seating">
        <EmptyState
          icon={<Armchair />}
          title={eventId ? 'This event is not here' : 'Which celebration is seated?'}
          actions={
            <LinkButton variant="primary" href={paths.events(weddingId)}>
              To the events
            </LinkButton>
          }
        >
          {eventId
            ? 'It may have been removed from the programme.'
            : 'Add the dinner to the programme first: each event has a seating of its own.'}
        </EmptyState>
      </Page>
    );
  }
  return <EventSeating key={event.id} weddingId={weddingId} event={event} />;
}

function EventSeating({ weddingId, event }: { weddingId: string; event: WeddingEvent }) {
  const canEdit = useCanEdit(weddingId);
  const plan = useQuery(trpc.seating.getPlan.queryOptions({ weddingId, eventId: event.id }));
  if (plan.data) {
    return (
      <PlanProvider {...{ weddingId, canEdit }} eventId={event.id} plan={plan.data}>
        <SeatingWorkspace event={event} />
      </PlanProvider>
    );
  }
  return (
    <Page
      title="Seating"
      width="wide"
      actions={<EventChoice weddingId={weddingId} eventId={event.id} />}
    >
      {plan.error ? (
        <FailureState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.isPending ? (
        <SkeletonRows rows={8} label="The plan is loading" />
      ) : canEdit ? (
        <Suspense fallback={<SkeletonRows rows={6} label="The room is loading" />}>
          <SetUpRoom weddingId={weddingId} event={event} />
        </Suspense>
      ) : (
        <EmptyState icon={<Armchair />} title={`No tables for “${event.name}” yet`}>
          The seating appears here as soon as the hosts have set up the room.
        </EmptyState>
      )}
    </Page>
  );
}
