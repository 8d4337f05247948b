import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Card } from '@wedsync/ui/card';
import { FailureState } from '@wedsync/ui/failure-view';
import { Link } from '@wedsync/ui/link';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { daysUntil, formatCount, formatDay } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit, useWedding } from '../../lib/wedding.ts';
import { LatestAnswers } from '../rsvp/latest-answers.tsx';
import { countdownWords } from './countdown.ts';
import { NextSteps } from './next-steps.tsx';
import { ProgrammeCard } from './programme-card.tsx';

/** The first page of a wedding: how far it is, and what comes next. */
export function OverviewPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/' });
  const { wedding } = useWedding(weddingId);
  const canEdit = useCanEdit(weddingId);
  const summary = useQuery(trpc.guests.summary.queryOptions({ weddingId }));
  const { data, error } = summary;
  const { date, timeZone, venue, locale } = wedding;
  const note = [date ? formatDay(date, locale) : null, venue].filter(Boolean).join(' · ');
  const guests = paths.guests(weddingId);
  const asked = data?.events.filter(({ invited }) => invited > 0) ?? [];
  const outstanding = asked.reduce((sum, event) => sum + event.outstanding, 0);
  return (
    <Page
      title={wedding.title}
      note={note || 'Day and venue are not fixed yet'}
      actions={
        date ? (
          <p className="font-display text-accent-ink text-xl">
            {countdownWords(daysUntil(date, timeZone))}
          </p>
        ) : null
      }
    >
      {error ? (
        <FailureState error={error} onRetry={() => void summary.refetch()} />
      ) : data ? (
        <div
          className={`grid items-start gap-5 ${canEdit ? 'lg:grid-cols-[minmax(0,1fr)_20rem]' : ''}`}
        >
          <div className="flex min-w-0 flex-col gap-5">
            <Card>
              <StatRow>
                <Stat
                  label="Guests"
                  value={
                    <Link variant="quiet" href={guests}>
                      {formatCount(data.guests)}
                    </Link>
                  }
                  note={`in ${formatCount(data.households)} households`}
                />
                <Stat
                  label="Answers outstanding"
                  value={
                    <Link variant="quiet" href={`${guests}?answer=outstanding`}>
                      {formatCount(outstanding)}
                    </Link>
                  }
                  note="over all events"
                />
                <Stat
                  label="Out of reach"
                  value={
                    <Link variant="quiet" href={`${guests}?missing=contact`}>
                      {formatCount(data.unreachable)}
                    </Link>
                  }
                  note="no contact in the household"
                />
              </StatRow>
            </Card>
            <NextSteps weddingId={weddingId} summary={data} />
            <ProgrammeCard weddingId={weddingId} figures={data.events} />
          </div>
          {canEdit ? <LatestAnswers weddingId={weddingId} /> : null}
        </div>
      ) : (
        <SkeletonRows label="The overview is loading" />
      )}
    </Page>
  );
}
