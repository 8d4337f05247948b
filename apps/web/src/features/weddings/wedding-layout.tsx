import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { ErrorState } from '@wedsync/ui/error-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { useLiveWedding } from '../../lib/live.ts';
import { paths } from '../../lib/paths.ts';
import { isReaderOf, weddingQuery } from '../../lib/wedding.ts';
import { isForHosts } from '../../rooms.ts';
import { PageWait } from '../shell/page-wait.tsx';

/** One wedding: fetches what all its rooms need and follows its changes. */
export function WeddingLayout() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId' });
  const { pathname } = useLocation();
  const wedding = useQuery(weddingQuery(weddingId));
  if (wedding.error) {
    return <FailureState error={wedding.error} onRetry={() => void wedding.refetch()} />;
  }
  if (!wedding.data) return <PageWait />;
  const isClosed = isReaderOf(wedding.data) && isForHosts(weddingId, pathname);
  return (
    <>
      <Live key={weddingId} weddingId={weddingId} />
      {isClosed ? <ForHostsOnly weddingId={weddingId} /> : <Outlet />}
    </>
  );
}

/** For photographers and viewers who follow a link into a room of the hosts. */
function ForHostsOnly({ weddingId }: { weddingId: string }) {
  return (
    <ErrorState
      isPage
      title="This is for the couple and the planners"
      message="You see guests, answers and events of this wedding. Ask the couple or their planner if you need more."
      actions={
        <LinkButton variant="primary" href={paths.wedding(weddingId)}>
          To the overview
        </LinkButton>
      }
    />
  );
}

/** Keeps the subscription to a wedding that exists and may be read. */
function Live({ weddingId }: { weddingId: string }) {
  useLiveWedding(weddingId);
  return null;
}
