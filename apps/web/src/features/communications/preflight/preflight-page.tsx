import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, Navigate, useParams } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import type { Preflight } from '@wedsync/contracts/communications-control';
import { Breadcrumb } from '@wedsync/ui/breadcrumb';
import { Callout } from '@wedsync/ui/callout';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Suspense } from 'react';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { ChecksCard } from './checks-card.tsx';
import { ComplianceCard } from './compliance-card.tsx';
import { SendBar } from './send-bar.tsx';
import { SmsCostCard } from './sms-cost-card.tsx';
import { TimesCard } from './times-card.tsx';
import { WordsCard } from './words-card.tsx';

// The grid of recipients is large; what matters most stands before it arrives.
const RecipientsCard = lazyRouteComponent(() => import('./recipients-card.tsx'), 'RecipientsCard');

/** Everything that can be known before a message leaves; from here it is sent or planned. */
export function PreflightPage() {
  const { weddingId, messageId } = useParams({
    from: '/app/weddings/$weddingId/messages/$messageId/check',
  });
  const message = useQuery(
    trpc.communications.getMessage.queryOptions({ weddingId, id: messageId }),
  );
  const preflight = useQuery({
    ...trpc.communications.preflightMessage.queryOptions({ weddingId, id: messageId }),
    // What is true of a guest list a minute ago is no ground for sending.
    staleTime: 0,
  });
  const { data } = message;
  const isOver = data && !['draft', 'scheduled', 'held'].includes(data.state);
  if (isOver) {
    return (
      <Navigate to="/weddings/$weddingId/messages/$messageId" params={{ weddingId, messageId }} />
    );
  }
  const error = message.error ?? preflight.error;
  return (
    <Page
      title="Check and send"
      note="Nothing leaves before you say so at the foot of this page."
      above={
        <Breadcrumb
          crumbs={[
            { label: 'Messages', href: paths.messages(weddingId) },
            { label: data?.title ?? 'Message', href: paths.message(weddingId, messageId) },
            { label: 'Check and send' },
          ]}
        />
      }
    >
      {error ? (
        <FailureState
          error={error}
          onRetry={() => {
            void message.refetch();
            void preflight.refetch();
          }}
        />
      ) : data && preflight.data ? (
        <Findings weddingId={weddingId} message={data} preflight={preflight.data} />
      ) : (
        <SkeletonRows rows={8} label="The check is loading" />
      )}
    </Page>
  );
}

interface FindingsProps {
  weddingId: string;
  message: Message;
  preflight: Preflight;
}

function Findings({ weddingId, message, preflight }: FindingsProps) {
  const { warnings, obstacles } = preflight;
  return (
    <div className="flex flex-col gap-5">
      {obstacles.map(({ code, message: words, remedy }) => (
        <Callout key={code} tone="critical" title={words}>
          {remedy}
        </Callout>
      ))}
      {warnings.length > 0 ? (
        <Callout
          tone="caution"
          title={warnings.length === 1 ? 'Look at this first' : 'Look at these first'}
        >
          <ul className="m-0 list-disc space-y-1 pl-5">
            {warnings.map(({ code, message: words }) => (
              <li key={code}>{words}</li>
            ))}
          </ul>
        </Callout>
      ) : obstacles.length > 0 ? null : preflight.checks?.state === 'done' ? (
        <Callout tone="positive" title="Nothing stands in the way" />
      ) : (
        <Callout tone="info" title="Nothing stands in the way so far">
          Links and sender have not been looked at yet: press “Look now” below.
        </Callout>
      )}
      <Suspense fallback={<SkeletonRows rows={8} label="The recipients are loading" />}>
        <RecipientsCard weddingId={weddingId} message={message} preflight={preflight} />
      </Suspense>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <TimesCard weddingId={weddingId} preflight={preflight} />
        <WordsCard preflight={preflight} />
        {preflight.sms ? <SmsCostCard estimate={preflight.sms} /> : null}
        <ChecksCard weddingId={weddingId} message={message} first={preflight.checks} />
        <ComplianceCard score={preflight.compliance} />
      </div>
      <SendBar weddingId={weddingId} message={message} preflight={preflight} />
    </div>
  );
}
