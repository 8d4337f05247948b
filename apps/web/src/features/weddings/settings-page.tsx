import { useMutation } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { Wedding } from '@wedsync/contracts/weddings';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notifyUndo } from '@wedsync/ui/toast';
import { Suspense } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding, weddingsChanged } from '../../lib/wedding.ts';
import { QuestionsCard } from './questions-card.tsx';

const WeddingForm = lazyRouteComponent(() => import('./wedding-form.tsx'), 'WeddingForm');

/** What the wedding is, what its guests are asked, and its end in the archive. */
export function SettingsPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/settings' });
  const { wedding, orgRole } = useWedding(weddingId);
  return (
    <Page title="Settings" width="text">
      <div className="flex flex-col gap-5">
        <Card title="The wedding">
          <Suspense fallback={<SkeletonRows label="The form is loading" />}>
            <WeddingForm wedding={wedding} />
          </Suspense>
        </Card>
        <QuestionsCard weddingId={weddingId} />
        {orgRole && orgRole !== 'assistant' ? <ArchiveCard wedding={wedding} /> : null}
      </div>
    </Page>
  );
}

function ArchiveCard({ wedding }: { wedding: Wedding }) {
  const isArchived = wedding.archivedAt !== null;
  const archive = useMutation(
    trpc.weddings.archive.mutationOptions({
      onSuccess: weddingsChanged,
      onError: (error) => notifyFailure('Nothing was changed', error),
    }),
  );
  const toggle = () =>
    archive.mutate(
      { weddingId: wedding.id, version: wedding.version, archived: !isArchived },
      {
        onSuccess: ({ version }) => {
          if (isArchived) return;
          notifyUndo('The wedding is in the archive', () =>
            archive.mutate({ weddingId: wedding.id, version, archived: false }),
          );
        },
      },
    );
  return (
    <Card
      title="Archive"
      note="An archived wedding stays complete and readable, and leaves the first page."
    >
      <Button onPress={toggle} isPending={archive.isPending}>
        {isArchived ? 'Bring it back' : 'Archive this wedding'}
      </Button>
    </Card>
  );
}
