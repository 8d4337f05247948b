import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { PageWait } from '../shell/page-wait.tsx';

const WeddingMembers = lazyRouteComponent(() => import('./wedding-members.tsx'), 'WeddingMembers');

/** Who takes part in this wedding. */
export function PeoplePage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/people' });
  return (
    <Suspense fallback={<PageWait />}>
      <WeddingMembers weddingId={weddingId} />
    </Suspense>
  );
}
