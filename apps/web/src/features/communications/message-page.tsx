import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import type { MessageState } from '@wedsync/contracts/communications';
import { Breadcrumb } from '@wedsync/ui/breadcrumb';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Suspense } from 'react';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { channelWords, kindWords, stateTones, stateWords } from './message-words.ts';

const SendingView = lazyRouteComponent(() => import('./sending/sending-view.tsx'), 'SendingView');
const Composer = lazyRouteComponent(() => import('./composer/composer.tsx'), 'Composer');

const pollMs = 1_000;
const isMoving = (state: MessageState | undefined) => state === 'queued' || state === 'sending';

/** One message: to write as long as it is a draft, to watch from then on. */
export function MessagePage() {
  const { weddingId, messageId } = useParams({
    from: '/app/weddings/$weddingId/messages/$messageId',
  });
  const message = useQuery({
    ...trpc.communications.getMessage.queryOptions({ weddingId, id: messageId }),
    // Progress is too fine for the change feed, which tells of states.
    refetchInterval: ({ state }) => (isMoving(state.data?.state) ? pollMs : false),
  });
  const { data } = message;
  const above = (
    <Breadcrumb
      crumbs={[
        { label: 'Messages', href: paths.messages(weddingId) },
        { label: data?.title ?? 'Message' },
      ]}
    />
  );
  if (message.error && !data) {
    return (
      <Page title="Message" above={above}>
        <FailureState error={message.error} onRetry={() => void message.refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title="Message" above={above}>
        <SkeletonRows label="The message is loading" />
      </Page>
    );
  }
  return (
    <Page
      title={data.title}
      above={above}
      note={
        <span className="flex flex-wrap gap-x-4">
          {kindWords[data.kind]} · {channelWords[data.channel]}
          <StatusDot tone={stateTones[data.state]}>{stateWords[data.state]}</StatusDot>
        </span>
      }
      width="wide"
    >
      <Suspense fallback={<SkeletonRows label="The message is loading" />}>
        {data.state === 'draft' ? (
          <Composer key={data.id} weddingId={weddingId} message={data} />
        ) : (
          <SendingView weddingId={weddingId} message={data} />
        )}
      </Suspense>
    </Page>
  );
}
