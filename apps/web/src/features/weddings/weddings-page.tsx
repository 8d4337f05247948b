import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Heart, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useProfile } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { WeddingCard } from './wedding-card.tsx';

const FirstOrganization = lazyRouteComponent(
  () => import('../organizations/first-organization.tsx'),
  'FirstOrganization',
);

const NewWeddingDialog = lazyRouteComponent(
  () => import('./new-wedding-dialog.tsx'),
  'NewWeddingDialog',
);

/** Every wedding the person takes part in, the nearest first. */
export function WeddingsPage() {
  const profile = useProfile();
  const [showsArchived, setShowsArchived] = useState(false);
  const [isNewOpen, setNewOpen] = useState(false);
  const weddings = useQuery(trpc.weddings.list.queryOptions({ archived: showsArchived }));
  const canCreate = profile.organizations.some(({ role }) => role !== 'assistant');
  const list = weddings.data ?? [];
  const create = (
    <Button variant="primary" onPress={() => setNewOpen(true)}>
      <Plus aria-hidden="true" />
      New wedding
    </Button>
  );
  return (
    <Page
      title={showsArchived ? 'Archived weddings' : 'Weddings'}
      actions={
        <>
          <Button variant="quiet" onPress={() => setShowsArchived(!showsArchived)}>
            {showsArchived ? 'Current weddings' : 'Archived'}
          </Button>
          {canCreate && list.length > 0 ? create : null}
        </>
      }
    >
      {weddings.error ? (
        <FailureState error={weddings.error} onRetry={() => void weddings.refetch()} />
      ) : weddings.isPending ? (
        <SkeletonRows rows={4} label="The weddings are loading" />
      ) : list.length > 0 ? (
        <ul className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(min(100%,21rem),1fr))] gap-4 p-0">
          {list.map((wedding) => (
            <WeddingCard key={wedding.weddingId} wedding={wedding} />
          ))}
        </ul>
      ) : showsArchived ? (
        <EmptyState icon={<Heart />} title="Nothing is archived">
          Weddings that are over can be archived in their settings.
        </EmptyState>
      ) : canCreate ? (
        <EmptyState icon={<Heart />} title="Which wedding comes first?" actions={create}>
          A wedding holds its guests, events, invitations and answers.
        </EmptyState>
      ) : (
        <Suspense>
          <FirstOrganization />
        </Suspense>
      )}
      <Suspense>
        <NewWeddingDialog
          isOpen={isNewOpen}
          onOpenChange={setNewOpen}
          organizations={profile.organizations.filter(({ role }) => role !== 'assistant')}
        />
      </Suspense>
    </Page>
  );
}
