import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { CalendarPlus } from 'lucide-react';
import { formatDay } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit, useWedding } from '../../lib/wedding.ts';
import { EventAnswers } from './event-answers.tsx';
import { LatestAnswers } from './latest-answers.tsx';

/** Who comes to what, what they eat, and the answers as they arrive. */
export function AnswersPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/answers' });
  const { wedding, events } = useWedding(weddingId);
  const canEdit = useCanEdit(weddingId);
  const summary = useQuery(trpc.guests.summary.queryOptions({ weddingId }));
  const note = wedding.rsvpDeadline
    ? `Answers are asked for until ${formatDay(wedding.rsvpDeadline, wedding.locale)}.`
    : 'No last day for answers is set.';
  return (
    <Page title="Answers" note={note}>
      {summary.error ? (
        <FailureState error={summary.error} onRetry={() => void summary.refetch()} />
      ) : summary.isPending ? (
        <SkeletonRows label="The answers are loading" />
      ) : events.length === 0 ? (
        <EmptyState
          icon={<CalendarPlus />}
          title="There is no event to answer for"
          actions={
            <LinkButton variant="primary" href={paths.events(weddingId)}>
              Plan the events
            </LinkButton>
          }
        >
          Guests answer for each event they are invited to.
        </EmptyState>
      ) : (
        <div
          className={`grid items-start gap-5 ${canEdit ? 'lg:grid-cols-[minmax(0,1fr)_20rem]' : ''}`}
        >
          <div className="flex min-w-0 flex-col gap-5">
            {events.map((event) => {
              const figures = summary.data.events.find(({ eventId }) => eventId === event.id);
              return figures ? (
                <EventAnswers key={event.id} {...{ weddingId, event, figures }} />
              ) : null;
            })}
          </div>
          {canEdit ? <LatestAnswers weddingId={weddingId} /> : null}
        </div>
      )}
    </Page>
  );
}
