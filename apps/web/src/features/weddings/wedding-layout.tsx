import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { FailureState } from '@wedsync/ui/failure-view';
import { useLiveWedding } from '../../lib/live.ts';
import { weddingQuery } from '../../lib/wedding.ts';
import { PageWait } from '../shell/page-wait.tsx';

/** One wedding: fetches what all its rooms need and follows its changes. */
export function WeddingLayout() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId' });
  const wedding = useQuery(weddingQuery(weddingId));
  if (wedding.error) {
    return <FailureState error={wedding.error} onRetry={() => void wedding.refetch()} />;
  }
  if (!wedding.data) return <PageWait />;
  return (
    <>
      <Live key={weddingId} weddingId={weddingId} />
      <Outlet />
    </>
  );
}

/** Keeps the subscription to a wedding that exists and may be read. */
function Live({ weddingId }: { weddingId: string }) {
  useLiveWedding(weddingId);
  return null;
}
